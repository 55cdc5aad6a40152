import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { closest } from "../../src/constraint/closest.js";
import {
  describeRange,
  OptionError,
  requireName,
  requireNumber,
  requireObject,
  show,
} from "../../src/constraint/constraint.js";

describe("closest", () => {
  it.each([
    ["learnigRate", "learningRate"],
    ["lernRate", undefined],
    ["L2", "l2"],
    ["kepe", "keep"], // a swap of neighbours is one error
    ["zzz", undefined],
    ["z", undefined],
    ["x".repeat(100_000), undefined],
  ])("finds the name meant (%#)", (name, expected) => {
    expect(closest(name, ["learningRate", "l2", "keep"])).toBe(expected);
  });
});

describe("constraints", () => {
  it("describe their range in words", () => {
    expect(describeRange({ kind: "number" })).toBe("a finite number");
    expect(describeRange({ kind: "number", above: 0, max: 1 })).toBe("a finite number above 0 and of at most 1");
    expect(describeRange({ kind: "number", whole: true, min: 1 })).toBe("a whole number of at least 1");
  });

  it("let exactly the numbers of their range through", () => {
    const range = { kind: "number", what: "", above: 0, max: 1 } as const;
    fc.assert(
      fc.property(fc.oneof(fc.double(), fc.double({ min: 0, max: 1 })), (value) => {
        if (value > 0 && value <= 1) expect(requireNumber("x", value, range)).toBe(value);
        else expect(() => requireNumber("x", value, range)).toThrow(OptionError);
      }),
    );
    for (const value of ["1", null, undefined, 1n, [1], {}, Symbol("x"), () => 1]) {
      expect(() => requireNumber("x", value, range)).toThrow(OptionError);
    }
  });

  it("suggest the nearest name", () => {
    expect(() => requireName("x", "rleu", ["relu", "tanh"])).toThrow(
      'one of relu, tanh, got "rleu" (did you mean relu?)',
    );
    expect(requireName("x", "tanh", ["relu", "tanh"])).toBe("tanh");
  });

  it("never find an inherited key", () => {
    const object = requireObject("x", JSON.parse('{"a": 1}'), ["a", "toString", "__proto__"]);
    expect(object.toString).toBeUndefined();
    expect(() => requireObject("x", JSON.parse('{"__proto__": 1}'), ["a"])).toThrow('unknown option "__proto__"');
  });

  it("show any value in a short text", () => {
    fc.assert(
      fc.property(fc.anything({ withBigInt: true, withTypedArray: true, withDate: true }), (value) => {
        expect(show(value).length).toBeLessThanOrEqual(60);
      }),
    );
    const circular: { self?: unknown } = {};
    circular.self = circular;
    expect(show(circular)).toBe("an object that is no plain data");
  });
});
