import { describe, expect, it } from "vitest";
import { Matrix } from "../../../src/array/matrix.js";
import { sum } from "../../../src/array/reduce.js";
import { checkActivation } from "../../../src/gradcheck/parts/checkActivation.js";
import { checkLayer, checkLayerAsync, type LayerCheckOptions } from "../../../src/gradcheck/parts/checkLayer.js";
import { checkLoss } from "../../../src/gradcheck/parts/checkLoss.js";
import { activationOf } from "../../../src/network/activation.js";
import { lossOf } from "../../../src/network/loss.js";
import { lossIn } from "../../../src/network/network.js";
import { scalarOf } from "../../../src/ops/activation/activation.js";
import { activations } from "../../../src/ops/generated/activations.js";
import { activationNamed } from "../../../src/ops/names.js";
import { RandomState } from "../../../src/random/randomState.js";
import { heads } from "../../problems.js";
import { said } from "../said.js";

describe("checkActivation", () => {
  it.each(Object.keys(activations) as (keyof typeof activations)[])("finds ours correct: %s", (name) => {
    const { options } = activationOf(name);
    const { pieces, parameters } = activationNamed(name);
    if (pieces === undefined) return; // the softmax is a layer: checkLayer, below
    const learned = (parameters?.([{ rows: 1 }], options) ?? []).map(({ role, start }) => [role, start]);
    const { value, derivative } = scalarOf({ pieces }, { ...options, ...Object.fromEntries(learned) });
    expect(checkActivation({ f: value, derivative }).verdict).toBe("correct");
  });

  it.each([
    ["ELU", (z: number) => (z > 0 ? z : Math.expm1(z)), (z: number, a: number) => (z > 0 ? 1 : a + 1)],
    ["softplus", (z: number) => Math.log1p(Math.exp(z)), (z: number) => 1 / (1 + Math.exp(-z))],
    ["sine", Math.sin, Math.cos],
  ])("finds one's own correct: %s", (_name, f, derivative) => {
    expect(checkActivation({ f, derivative }).verdict).toBe("correct");
  });

  it("finds wrong derivatives, and says how", () => {
    const wrong = checkActivation({ f: Math.tanh, derivative: (_z, a) => 2 * (1 - a * a) });
    expect(wrong.verdict).toBe("wrong");
    expect(said(wrong.blocks[0].explanation)).toContain("an extra factor 2");
    const oneMinusA = checkActivation({ f: Math.tanh, derivative: (_z, a) => 1 - a });
    expect(said(oneMinusA.blocks[0].explanation)).toMatch(/^unknown/);
    // Leaky below zero alone: the half that is right shows.
    const half = checkActivation(
      { f: (z) => Math.max(z, 0.1 * z), derivative: (z) => (z > 0 ? 1 : 0) },
      { z: [-2, -1, 1, 2] },
    );
    expect(said(half.blocks[0].explanation)).toContain("[0], [1] of dz are zero; the rest is right");
  });

  it("cannot say what a derivative at a kink is", () => {
    const { verdict, blocks } = checkActivation({ f: Math.abs, derivative: Math.sign }, { z: [0], mode: "exhaustive" });
    expect(verdict).not.toBe("wrong");
    expect(blocks[0].entries?.[0].error).toBeGreaterThan(0.9);
  });

  it("refuses what is no activation", () => {
    expect(() => checkActivation({ f: Math.sin } as never)).toThrow("checkActivation(): expected { f, derivative }");
    expect(() => checkActivation({ f: () => "1", derivative: () => 1 } as never)).toThrow(
      "f() must return a number, got",
    );
    expect(() => checkActivation({ f: Math.sin, derivative: Math.cos }, { x: [1] } as never)).toThrow(
      'unknown option "x"',
    );
    expect(() => checkActivation({ f: Math.sqrt, derivative: Math.sqrt }, { z: [-1] })).toThrow("cost() is NaN");
  });
});

describe("checkLoss", () => {
  it("finds ours correct, by the logits", () => {
    for (const [activation, spec] of heads) {
      const network = { loss: lossIn(spec) };
      if (network.loss.by === "output" && !activationNamed(activation).traits.identity) continue;
      const { forward } = activationOf(activation);
      const loss = lossOf(network);
      const report = checkLoss<Matrix>({
        cost: (Z, Y) => sum(loss.perExample(Z, forward(Z), Y), "columns").get(0, 0),
        gradient: (Z, Y) => loss.derivative(Z, forward(Z), Y),
      });
      expect([spec, report.verdict]).toEqual([spec, "correct"]);
    }
  });

  it("takes rows of numbers, and says what is wrong", () => {
    const A = [[0.2, 0.6, 0.9]];
    const Y = [[0, 1, 1]];
    const cost = (P: number[][], T: number[][]): number =>
      P[0].reduce((J, a, j) => J - (T[0][j] * Math.log(a) + (1 - T[0][j]) * Math.log(1 - a)), 0) / 3;
    const right = (P: number[][], T: number[][]): number[][] => [P[0].map((a, j) => (a - T[0][j]) / (a * (1 - a)) / 3)];
    expect(checkLoss({ cost, gradient: right }, { A, Y }).verdict).toBe("correct");
    const wrong = checkLoss({ cost, gradient: (P, T) => right(P, T).map((row) => row.map((g) => -g)) }, { A, Y });
    expect(said(wrong.blocks[0].explanation)).toBe(
      "dA is -1.000 × the numerical gradient in all 3 entries: the sign is wrong",
    );
  });

  it("refuses what is no loss", () => {
    expect(() => checkLoss({ cost: () => 1 } as never)).toThrow("checkLoss(): expected { cost, gradient }");
    expect(() => checkLoss({ cost: () => 1, gradient: () => 0 }, { A: 1 })).toThrow("give A and Y, or neither");
    expect(() => checkLoss({ cost: () => 1, gradient: () => [1] }, { A: [1, 2], Y: [1, 2] })).toThrow(
      "A is a vector of 2",
    );
  });
});

describe("checkLayer", () => {
  const random = new RandomState(4);
  const X = random.randn(3, 4).toArray();
  const W = random.randn(2, 3).toArray();
  const b = [0.1, -0.2];
  const affine = {
    parameters: { W, b },
    forward: (x: number[][], p: { W: number[][]; b: number[] }) =>
      p.W.map((row, i) => x[0].map((_, j) => row.reduce((z, w, k) => z + w * x[k][j], p.b[i]))),
    backward: (dA: number[][], x: number[][], p: { W: number[][] }) => ({
      dX: x.map((_, k) => x[0].map((__, j) => dA.reduce((sum, row, i) => sum + p.W[i][k] * row[j], 0))),
      dW: dA.map((row) => x.map((line) => line.reduce((sum, value, j) => sum + row[j] * value, 0))),
      db: dA.map((row) => row.reduce((sum, value) => sum + value, 0)),
    }),
  };

  it("finds an affine layer correct", () => {
    const report = checkLayer(affine, { X });
    expect(report.blocks.map(({ name, verdict }) => `${name} ${verdict}`)).toEqual([
      "X correct",
      "W correct",
      "b correct",
    ]);
  });

  it("names what is wrong", () => {
    const summed = {
      ...affine,
      backward: (...args: Parameters<typeof affine.backward>) => ({ ...affine.backward(...args), db: [9, 9] }),
    };
    expect(checkLayer(summed, { X }).blocks.map(({ verdict }) => verdict)).toEqual(["correct", "correct", "wrong"]);
  });

  it("finds layers without parameters correct, and layers that remember", () => {
    const softmax = activationOf("softmax");
    expect(
      checkLayer(
        { forward: softmax.forward, backward: (dA, Z) => ({ dX: softmax.backward(dA, Z, softmax.forward(Z)) }) },
        { X: Matrix.from(X) },
      ).verdict,
    ).toBe("correct");
    let remembered: readonly number[] = [];
    const squares = {
      forward: (x: number[]) => {
        remembered = x;
        return x.map((value) => value ** 2);
      },
      backward: (dA: number[]) => ({ dX: dA.map((value, k) => 2 * value * remembered[k]) }),
    };
    expect(checkLayer(squares, { X: [1, -2, 0.5] }).verdict).toBe("correct");
  });

  it("takes several inputs and outputs, and hands integers on as they are", () => {
    const table = [
      [1, 2],
      [3, 4],
      [5, 6],
    ];
    const seen = new Set<unknown>();
    const indices = Int32Array.of(2, 0, 2);
    const lookup = {
      forward: ({ table, scale, rows }: { table: number[][]; scale: number; rows: Int32Array }) => {
        seen.add(rows);
        return { out: Array.from(rows, (i) => table[i].map((t) => scale * t)), total: scale ** 2 };
      },
      backward: (
        dA: { out: number[][]; total: number },
        { table, scale, rows }: { table: number[][]; scale: number; rows: Int32Array },
      ) => {
        const dtable = table.map((row) => row.map(() => 0));
        let dscale = dA.total * 2 * scale;
        for (const [k, i] of rows.entries()) {
          for (let j = 0; j < 2; j++) {
            dtable[i][j] += scale * dA.out[k][j];
            dscale += table[i][j] * dA.out[k][j];
          }
        }
        return { dtable, dscale };
      },
    };
    const X = { table, scale: 0.5, rows: indices };
    expect(checkLayer(lookup, { X }).blocks.map(({ name, verdict }) => `${name} ${verdict}`)).toEqual([
      "table correct",
      "scale correct",
    ]);
    expect([...seen]).toEqual([indices]);
    // Row 2 is read twice: what sets it instead of adding to it is wrong there alone.
    const setting = {
      ...lookup,
      backward: (dA: { out: number[][]; total: number }, inputs: typeof X) => {
        const { dtable, dscale } = lookup.backward(dA, inputs);
        dtable[2] = dA.out[2].map((d) => inputs.scale * d);
        return { dtable, dscale };
      },
    };
    const wrong = checkLayer(setting, { X });
    expect(wrong.blocks.map(({ verdict }) => verdict)).toEqual(["wrong", "correct"]);
    expect(wrong.blocks[0].entries?.map(({ index }) => index)).toEqual([
      [2, 0],
      [2, 1],
    ]);
  });

  it("takes the derivative by its output as it is given", () => {
    const seen: unknown[] = [];
    const double = {
      forward: (x: number[]) => x.map((value) => 2 * value),
      backward: (dA: number[]) => {
        seen.push(dA);
        return { dX: dA.map((d) => 2 * d) };
      },
    };
    expect(checkLayer(double, { X: [1, 2], dA: [3, -4] }).verdict).toBe("correct");
    expect(seen[0]).toEqual([3, -4]);
    expect(() => checkLayer(double, { X: [1, 2], dA: [3] })).toThrow(
      "forward() returned a vector of 2, but dA is a vector of 1",
    );
    expect(() => checkLayer(double, { X: [1, 2], dA: [0, 0] })).toThrow("dA is zero everywhere");
  });

  it("waits for layers that return promises", async () => {
    const report = await checkLayerAsync(
      {
        parameters: { w: [0.5, -1, 2] },
        forward: async (X: number[][][], { w }) => X.map((a) => a.map((row) => row.map((x, i) => w[i] * x))),
        backward: async (dA, X, { w }) => ({
          dX: dA.map((a) => a.map((row) => row.map((d, i) => d * w[i]))),
          dw: w.map((_, i) => dA.flatMap((a, j) => a.map((row, k) => row[i] * X[j][k][i])).reduce((s, d) => s + d, 0)),
        }),
      },
      {
        X: [
          [
            [1, 2, 3],
            [4, 5, 6],
          ],
        ],
      },
    );
    expect(report.blocks.map(({ name, shape, verdict }) => `${name} ${shape} ${verdict}`)).toEqual([
      "X 1,2,3 correct",
      "w 3 correct",
    ]);
  });

  it("refuses what is no layer", () => {
    expect(() => checkLayer({ forward: affine.forward } as never, { X })).toThrow(
      "checkLayer(): expected { forward, backward }",
    );
    expect(() => checkLayer(affine, {} as LayerCheckOptions<number[][], number[][]>)).toThrow(
      "options.X must be the inputs",
    );
    expect(() => checkLayer({ ...affine, parameters: { X: 1 } } as never, { X })).toThrow(
      "X is an input and a parameter; call one otherwise",
    );
    expect(() => checkLayer({ ...affine, forward: () => "A" } as never, { X })).toThrow("forward() must be a number");
    expect(() => checkLayer({ ...affine, backward: () => ({ dW: W, db: b }) } as never, { X })).toThrow(
      "returned nothing for X",
    );
    let calls = 0;
    const growing = { ...affine, forward: () => new Array<number>(++calls).fill(1) };
    expect(() => checkLayer(growing as never, { X })).toThrow("returned a vector of 2 after a vector of 1");
  });
});
