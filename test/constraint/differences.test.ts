import { describe, expect, it } from "vitest";
import { describeDifference, differences, valueText } from "../../src/constraint/differences.js";

describe("differences", () => {
  it("are found at any depth, and named by the way there", () => {
    const then = {
      optimizer: { type: "adam", beta1: 0.9 },
      layers: [{ units: 3 }, { units: 1 }],
      keep: [1, 0.5],
      l2: 0,
    };
    const now = {
      optimizer: { type: "adam", beta1: 0.8 },
      layers: [{ units: 4 }, { units: 1 }],
      keep: [1, 0.6],
      l2: 0,
    };
    expect(differences(then, now)).toEqual([
      { path: "optimizer.beta1", values: [0.9, 0.8] },
      { path: "layers[0].units", values: [3, 4] },
      {
        path: "keep",
        values: [
          [1, 0.5],
          [1, 0.6],
        ],
      },
    ]);
    expect(differences(then, then)).toEqual([]);
  });

  it("are found among any number of pieces, some without the place", () => {
    expect(differences({ a: 1 }, { a: 1 }, { a: 1, b: { c: 2 } })).toEqual([
      { path: "b.c", values: [undefined, undefined, 2] },
    ]);
    expect(differences({ layers: [{ n: 1 }] }, { layers: [{ n: 1 }, { n: 2 }] })).toEqual([
      { path: "layers[1].n", values: [undefined, 2] },
    ]);
    expect(differences({ a: { b: 1 } }, { a: "b" })).toEqual([{ path: "a", values: [{ b: 1 }, "b"] }]);
    expect(differences(1, 2)).toEqual([{ path: "", values: [1, 2] }]);
  });

  it("do not depend on the order of keys, nor trust their names", () => {
    expect(differences({ a: 1, b: 2 }, { b: 2, a: 1 })).toEqual([]);
    const hostile = JSON.parse('{"__proto__": {"x": 1}, "constructor": 2}');
    expect(differences({}, hostile)).toEqual([
      { path: "__proto__.x", values: [undefined, 1] },
      { path: "constructor", values: [undefined, 2] },
    ]);
  });

  it("read well", () => {
    expect(describeDifference({ path: "keep", values: [[1], undefined] })).toBe("keep: [1] then, none now");
    expect([valueText([]), valueText([32, 16]), valueText("he"), valueText({ a: 1 }), valueText(false)]).toEqual([
      ...["none", "32, 16", "he", '{"a":1}', "false"],
    ]);
  });
});
