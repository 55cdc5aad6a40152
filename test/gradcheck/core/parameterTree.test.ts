import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Matrix } from "../../../src/array/matrix.js";
import { ShapeError } from "../../../src/array/shapeError.js";
import { OptionError } from "../../../src/constraint/constraint.js";
import { ParameterTree } from "../../../src/gradcheck/parameterTree.js";

const where = "checkGradients()";
const tree = (parameters: unknown): ParameterTree => new ParameterTree(where, parameters);

describe("parameters as one vector", () => {
  const parameters = {
    W1: [
      [1, 2],
      [3, 4],
    ],
    b1: [5, 6],
    scale: 7,
    output: { W: Matrix.from([[8, 9]]), b: Float64Array.of(10), g: Float32Array.of(0.1) },
    none: [],
  };

  it("lie one after the other, row after row, with names joined by dots", () => {
    const { theta, blocks } = tree(parameters);
    expect(Array.from(theta)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, Math.fround(0.1)]);
    expect(blocks.map(({ name, offset, length, shape }) => [name, offset, length, shape])).toEqual([
      ["W1", 0, 4, [2, 2]],
      ["b1", 4, 2, [2]],
      ["scale", 6, 1, []],
      ["output.W", 7, 2, [1, 2]],
      ["output.b", 9, 1, [1]],
      ["output.g", 10, 1, [1]],
      ["none", 11, 0, [0]],
    ]);
  });

  it("come back as copies of the same kinds", () => {
    const t = tree(parameters);
    const built = t.build(t.theta, false) as typeof parameters;
    expect(built).toEqual(parameters);
    built.W1[0][0] = 99;
    built.output.W.data[0] = 99;
    built.output.b[0] = 99;
    expect(Array.from(tree(parameters).theta)).toEqual(Array.from(t.theta));
  });

  it("come to the cost in 64 bits where they are stored in 32, so that small steps are not lost", () => {
    const t = tree({ w: Float32Array.of(1), M: Matrix.from([[1]], "float32"), rows: [Float32Array.of(1)] });
    const moved = t.theta.map((value) => value + 1e-12);
    const exact = t.build(moved, true) as { w: Float64Array; M: Matrix; rows: Float64Array[] };
    expect([exact.w[0], exact.M.data[0], exact.rows[0][0]]).toEqual(Array(3).fill(1 + 1e-12));
    const stored = t.build(moved, false) as { w: Float32Array };
    expect(stored.w).toEqual(Float32Array.of(1));
  });

  it("may be called anything", () => {
    const odd = tree(JSON.parse('{ "__proto__": [1], "constructor": 2, "toString": { "hasOwnProperty": 3 } }'));
    expect(odd.blocks.map(({ name }) => name)).toEqual(["__proto__", "constructor", "toString.hasOwnProperty"]);
    const built = odd.build(odd.theta, true);
    expect(Object.getPrototypeOf(built)).toBe(Object.prototype);
    expect(Array.from(odd.readGradients(built))).toEqual([1, 2, 3]);
  });

  it.each<[string, unknown, string]>([
    ["no object", 3, "parameters must be an object such as"],
    ["nothing", undefined, "got undefined"],
    ["an array", [[1]], "parameters must be an object such as"],
    ["a Matrix", Matrix.zeros(1, 1), "an object of class Matrix"],
    ["a text", { W: "1" }, "parameters.W must be a number, an array of numbers, rows of numbers"],
    ["a text among numbers", { W: [[1, "2"]] }, 'parameters.W[0][1] must be a number, got "2"'],
    ["a hole", { W: Array(2) }, "parameters.W[0] must be a number, got undefined"],
    ["a Map", { W: new Map() }, "an object of class Map"],
    ["null deep down", { layer: { W: null } }, "parameters.layer.W must be"],
    ["rows of different lengths", { W: [[1, 2], [3]] }, "parameters.W: row 1 has 1 entries, row 0 has 2"],
    ["NaN", { W: [[1, Number.NaN]] }, "parameters.W[0, 1] is NaN; parameters must be finite"],
    ["an infinite number", { s: Number.NEGATIVE_INFINITY }, "parameters.s is -Infinity"],
    ["two of one name", { "a.b": 1, a: { b: 2 } }, "two parameters are both called a.b"],
  ])("are refused: %s", (_, parameters, message) => {
    expect(() => tree(parameters)).toThrow(message);
    expect(() => tree(parameters)).toThrow(where);
  });

  it("are refused where they contain themselves", () => {
    const circle: Record<string, unknown> = {};
    circle.inner = circle;
    expect(() => tree(circle)).toThrow("parameters.inner contains itself");
  });
});

describe("gradients as one vector", () => {
  const t = tree({ W: [[1, 2]], b: Matrix.from([[1], [2]]), c: 3, deep: { v: [4] } });
  const right = { dW: [[1, 2]], b: [[3], [4]], dc: 5, deep: { dv: [6] } };
  const read = (changes: object): number[] => Array.from(t.readGradients({ ...right, ...changes }));

  it("are found under the parameter's name or that with a d", () => {
    expect(read({})).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it("may be flat, of another kind, and 1 × 1 for a number", () => {
    expect(read({ dW: Float32Array.of(7, 8), b: [9, 10], dc: [[11]] })).toEqual([7, 8, 9, 10, 11, 6]);
  });

  it("may come with what backward hands on, dZ2 and dA1", () => {
    expect(read({ dZ2: [[1]], dA1: "anything" })).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it.each<[string, object, string]>([
    [
      "a missing one",
      { dW: undefined },
      "gradients() returned nothing for W: no W and no dW (it returned b, dc, deep.dv)",
    ],
    ["one too many", { dW2: 1 }, "gradients() returned dW2, but there is no such parameter (did you mean W?)"],
    ["a transposed one", { b: [[1, 2]] }, "b is 2 × 1, but gradients() returned 1 × 2 for it"],
    ["one too short", { deep: { dv: [] } }, "deep.v is a vector of 1, but gradients() returned a vector of 0 for it"],
    ["a text", { dc: "5" }, "gradients() dc must be a number"],
  ])("are refused: %s", (_, changes, message) => {
    const changed = Object.fromEntries(
      Object.entries({ ...right, ...changes }).filter(([, value]) => value !== undefined),
    );
    expect(() => t.readGradients(changed)).toThrow(message);
  });

  it("are refused where they are no object", () => {
    for (const nothing of [undefined, null, 3, "x", [1], () => 1]) {
      expect(() => t.readGradients(nothing)).toThrow("gradients() must return an object such as");
    }
  });

  it("whatever they are, give a clear error or a vector", () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true, withTypedArray: true, withSparseArray: true }), (value) => {
        try {
          expect(t.readGradients(value)).toHaveLength(6);
        } catch (error) {
          expect(error instanceof OptionError || error instanceof ShapeError).toBe(true);
        }
      }),
    );
  });
});

describe("parameters, whatever they are", () => {
  it("give a clear error or come back the same", () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true, withTypedArray: true, withSparseArray: true }), (value) => {
        let t: ParameterTree;
        try {
          t = tree(value);
        } catch (error) {
          expect(error instanceof OptionError || error instanceof ShapeError || error instanceof RangeError).toBe(true);
          return;
        }
        expect(Array.from(tree(t.build(t.theta, false)).theta)).toEqual(Array.from(t.theta));
      }),
    );
  });
});
