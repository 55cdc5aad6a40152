import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Matrix } from "../../../src/array/matrix.js";
import { ShapeError } from "../../../src/array/shapeError.js";
import { OptionError } from "../../../src/constraint/constraint.js";
import { ParameterTree } from "../../../src/gradcheck/parameterTree.js";

const where = "checkGradients()";
function endless(): unknown[] {
  const list: unknown[] = [];
  list.push(list);
  return list;
}

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
    ["a text", { W: "1" }, "parameters.W must be a number, an array of numbers in any number of dimensions"],
    ["a text among numbers", { W: [[1, "2"]] }, 'parameters.W[0][1] must be a number, got "2"'],
    ["a hole", { W: Array(2) }, "parameters.W[0] must be a number, got undefined"],
    ["a Map", { W: new Map() }, "an object of class Map"],
    ["null deep down", { layer: { W: null } }, "parameters.layer.W must be"],
    [
      "rows of different lengths",
      { W: [[1, 2], [3]] },
      "parameters.W[1] is a vector of 1, but [0] beside it a vector of 2",
    ],
    ["slices of different shapes", { W: [[[1, 2]], [[3]]] }, "parameters.W[1] is 1 × 1, but [0] beside it 1 × 2"],
    ["a list that holds itself", { W: endless() }, "lists in lists in more than 32 levels"],
    ["NaN in four dimensions", { W: [[[[1, 2]], [[3, Number.NaN]]]] }, "parameters.W[0, 1, 0, 1] is NaN"],
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

  it.each(["dZ2", "dA1", "dz1", "da2", "dx", "dX", "Z1", "dscores", "cache", "dout", "dh0", "dZ_1"])(
    "may come with what backward hands on: %s",
    (name) => {
      const own = tree({ W: [1] });
      expect(Array.from(own.readGradients({ dW: [2], [name]: "anything" }))).toEqual([2]);
      expect(own.remarks.size).toBe(0);
    },
  );

  it("say what else came with them", () => {
    const own = tree({ W: [1] });
    own.readGradients({ dW: [2], dW2: [3] });
    expect([...own.remarks.values()].map(({ id, names }) => [id, names])).toEqual([
      ["check.extraGradients", { names: ["dW2"] }],
    ]);
  });

  it("prefer dW to a W that is handed back beside it", () => {
    expect(Array.from(tree({ W: [1] }).readGradients({ W: [1], dW: [2] }))).toEqual([2]);
    expect(Array.from(tree({ W: [1], dW: [5] }).readGradients({ W: [3], dW: [4] }))).toEqual([3, 4]);
  });

  it("are zero where they are null, which is said", () => {
    const own = tree({ W: [1], unused: [1, 2] });
    expect(Array.from(own.readGradients({ dW: [2], dunused: null }))).toEqual([2, 0, 0]);
    expect([...own.remarks.values()].map(({ id, names }) => [id, names])).toEqual([
      ["check.noGradient", { parameters: ["unused"] }],
    ]);
  });

  it.each<[string, unknown, unknown, string[]]>([
    ["a vector for a column", [[1], [2], [3]], [4, 5, 6], ["3", "3"]],
    ["a vector for a row", [[1, 2, 3]], [4, 5, 6], ["1", "3"]],
    ["a column for a vector", [1, 2, 3], [[4], [5], [6]], ["3", "3"]],
    [
      "a vector for a matrix",
      [
        [1, 2],
        [3, 4],
      ],
      [1, 2, 3, 4],
      [],
    ],
  ])("of another rank are told: %s", (_, b, db, becomes) => {
    const own = tree({ b });
    for (const gradients of [{ db }, { b: db }]) {
      own.readGradients(gradients);
      const message = own.misshapen.get("b");
      expect([message?.id, message?.names.gradient, message?.names.becomes]).toEqual([
        "cause.otherRank",
        "db",
        becomes,
      ]);
    }
  });

  it.each<[string, unknown, unknown]>([
    ["typed arrays have no rank", [[1], [2]], Float64Array.of(1, 2)],
    ["nor has a parameter that is one", Float64Array.of(1, 2), [[1], [2]]],
    ["a Matrix may stand for a vector", [1, 2], Matrix.from([[1], [2]])],
    ["one entry is one entry", [[1]], [2]],
  ])("of another rank are right where %s", (_, b, db) => {
    const own = tree({ b });
    own.readGradients({ db });
    expect(own.misshapen.size).toBe(0);
  });

  it.each<[string, object, string]>([
    [
      "a missing one",
      { dW: undefined },
      "gradients() returned nothing for W: no W and no dW (it returned b, dc, deep.dv)",
    ],
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

describe("arrays of any number of dimensions", () => {
  const shapes = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 6 });
  const build = (shape: readonly number[], leaf: (length: number) => unknown): unknown => {
    if (shape.length === 1) return leaf(shape[0]);
    return Array.from({ length: shape[0] }, () => build(shape.slice(1), leaf));
  };

  it("come back as they were, with their shape", () => {
    fc.assert(
      fc.property(shapes, fc.constantFrom("lists", "Float64Array", "Float32Array"), (shape, kind) => {
        let next = 0;
        const leaf = (length: number): unknown => {
          const numbers = Array.from({ length }, () => next++ / 8);
          if (kind === "lists") return numbers;
          return kind === "Float64Array" ? Float64Array.from(numbers) : Float32Array.from(numbers);
        };
        const W = build(shape, leaf);
        const t = tree({ W });
        expect(t.blocks[0].shape).toEqual(shape);
        expect(Array.from(t.theta)).toEqual(Array.from({ length: next }, (_, k) => k / 8));
        expect(t.build(t.theta, false)).toEqual({ W });
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
