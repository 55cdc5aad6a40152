import { describe, expect, it } from "vitest";
import { checkGradients } from "../../../src/gradcheck/checkGradients.js";
import type { GradientReport } from "../../../src/gradcheck/report.js";
import { RandomState } from "../../../src/random/randomState.js";
import { said } from "../said.js";

type Parameters = Record<"W1" | "b1" | "W2" | "b2", number[][]>;

const random = new RandomState(5);
const X = random.randn(6, 2).toArray();
const Y = X.map(([a, b]) => (a * b > 0 ? 1 : 0));

function start(scale: number): Parameters {
  const of = (rows: number, columns: number): number[][] =>
    random
      .randn(rows, columns)
      .toArray()
      .map((row) => row.map((value) => scale * value));
  return { W1: of(4, 2), b1: of(4, 1), W2: of(1, 4), b2: of(1, 1) };
}

/** A 2-4-1 network by hand: the first layer's activation and its derivative, from z and a. */
interface Activation {
  readonly f: (z: number) => number;
  readonly derivative: (z: number, a: number) => number;
}

const tanh: Activation = { f: Math.tanh, derivative: (_, a) => 1 - a * a };

function layers({ W1, b1, W2, b2 }: Parameters, x: readonly number[], { f }: Activation) {
  const z = W1.map((w, i) => w[0] * x[0] + w[1] * x[1] + b1[i][0]);
  const a = z.map(f);
  return { z, a, output: a.reduce((sum, value, i) => sum + W2[0][i] * value, b2[0][0]) };
}

function cost(p: Parameters, g: Activation): number {
  const each = X.map((x, j) => {
    const { output } = layers(p, x, g);
    return Math.log1p(Math.exp(-Math.abs(output))) + Math.max(output, 0) - Y[j] * output;
  });
  return each.reduce((sum, value) => sum + value, 0) / X.length;
}

function gradients(p: Parameters, g: Activation): Parameters {
  const d = { W1: p.W1.map((row) => row.map(() => 0)), b1: p.b1.map(() => [0]), W2: [p.W2[0].map(() => 0)], b2: [[0]] };
  for (const [j, x] of X.entries()) {
    const { z, a, output } = layers(p, x, g);
    const dOutput = (1 / (1 + Math.exp(-output)) - Y[j]) / X.length;
    d.b2[0][0] += dOutput;
    for (const [i, value] of a.entries()) {
      d.W2[0][i] += dOutput * value;
      const dz = dOutput * p.W2[0][i] * g.derivative(z[i], value);
      d.b1[i][0] += dz;
      for (const [k, xk] of x.entries()) d.W1[i][k] += dz * xk;
    }
  }
  return d;
}

function squares(blocks: readonly number[][][]): number {
  return blocks.flat(2).reduce((sum, value) => sum + value * value, 0);
}

function plus(gradient: Parameters, p: Parameters, factor: number, names: readonly (keyof Parameters)[]): Parameters {
  return Object.fromEntries(
    Object.entries(gradient).map(([name, rows]) => {
      const own = names.some((other) => other === name) ? factor : 0;
      return [name, rows.map((row, i) => row.map((value, j) => value + own * p[name as keyof Parameters][i][j]))];
    }),
  ) as Parameters;
}

function explanations({ blocks }: GradientReport): Record<string, string> {
  return Object.fromEntries(
    blocks.flatMap(({ name, verdict, explanation }) => (verdict === "wrong" ? [[name, said(explanation)]] : [])),
  );
}

describe("what several blocks say together", () => {
  const parameters = start(0.7);
  const weights = ["W1", "W2"] as const;
  const biases = ["b1", "b2"] as const;
  /** The gradient's penalty and the cost's, as λ/m on some blocks. */
  const penalized = (
    own: readonly [number, readonly (keyof Parameters)[]],
    costs: readonly [number, readonly (keyof Parameters)[]],
    g: Activation = tanh,
    at = parameters,
  ): Record<string, string> =>
    explanations(
      checkGradients({
        parameters: at,
        cost: (p) => cost(p, g) + (costs[0] / 2) * squares(costs[1].map((name) => p[name])),
        gradients: (p) => plus(gradients(p, g), p, ...own),
      }),
    );

  it("a penalty of the cost on the biases: the cost first, since a penalty is usually on W alone", () => {
    const all = [...weights, ...biases];
    const found = penalized([0.1, weights], [0.1, all]);
    expect(Object.keys(found)).toEqual(["b1", "b2"]);
    expect(found.b2).toBe(
      "db2 lacks 0.1 × b2, and every other db the same: either the cost has a penalty (λ/m = 0.1) on the biases, or every db " +
        "lacks it. A penalty is usually on W alone: look at the cost first",
    );
    expect(penalized([0.1, all], [0.1, weights]).b1).toContain("a penalty on the biases that the cost does not have");
  });

  it("the same k in every W: both readings, where nothing shows which is meant", () => {
    // ½ is missing in the cost.
    expect(penalized([0.1, weights], [0.2, weights]).W2).toBe(
      "dW2 lacks 0.1 × W2, and every other dW the same: either every dW lacks the penalty (λ/m = 0.1), or the cost has it with " +
        "another factor than dW: look for the ½ of (λ/2m) ‖W‖², and for 1/m, in the cost",
    );
    expect(penalized([0, weights], [0.1, weights]).W1).toContain("either every dW lacks the penalty (λ/m = 0.1)");
    expect(penalized([0.1, weights], [0, weights]).W1).toContain("either the cost lacks the penalty (λ/m = 0.1)");
  });

  it("one of them, where some entries hold nothing but the penalty", () => {
    const relu: Activation = { f: (z) => Math.max(z, 0), derivative: (z) => (z > 0 ? 1 : 0) };
    // Units 0 and 1 are dead.
    const dead = { ...parameters, b1: parameters.b1.map(([b], i) => [i < 2 ? -50 : b]) };
    expect(penalized([0.1, weights], [0.2, weights], relu, dead).W1).toBe(
      "dW1 has a penalty 0.1 × W1, the cost's gives 0.2 × W1, 2 times as much, and so in every W: ½ is missing in the cost's " +
        "(λ/2m) ‖W‖²",
    );
    expect(penalized([0.1, weights], [0.6, weights], relu, dead).W1).toContain("½ or 1/m stands in one of them only");
    expect(penalized([0, weights], [0.1, weights], relu, dead).W2).toBe(
      "dW2 lacks the cost's penalty 0.1 × W2, and so does every other dW",
    );
    expect(penalized([0.1, weights], [0, weights], relu, dead).W2).toContain("the cost has none");
  });

  it("clipping by the norm of all blocks, of a block, and of entries", () => {
    const clipped = (clip: (g: Parameters) => Parameters): Record<string, string> =>
      explanations(
        checkGradients({
          parameters,
          cost: (p) => 30 * cost(p, tanh),
          gradients: (p) => clip(scaled(gradients(p, tanh), 30)),
        }),
      );
    const scaled = (g: Parameters, k: number): Parameters => plus(g, g, k - 1, [...weights, ...biases]);
    const together = clipped((g) => scaled(g, 0.5 / Math.sqrt(squares(Object.values(g)))));
    expect(Object.keys(together)).toHaveLength(4);
    expect(new Set(Object.values(together))).toEqual(
      new Set([
        "all blocks are too small by the same factor and have a norm of exactly 0.5 together, as clipping by norm gives; clip " +
          "after the check",
      ]),
    );
    const alone = clipped((g) => plus(g, g, 0.25 / Math.sqrt(squares([g.W1])) - 1, ["W1"]));
    expect(alone.W1).toMatch(/^dW1 has the right direction and a norm of exactly 0\.25, as clipping by norm gives/);
    const entries = clipped((g) => ({ ...g, W1: g.W1.map((row) => row.map((a) => Math.max(-0.5, Math.min(0.5, a)))) }));
    expect(entries.W1).toMatch(
      /^dW1 is the numerical gradient clipped to ±0\.5 \(\d of its entries are at the limit\)/,
    );
  });

  it("the gradient of one block under the name of another", () => {
    const found = explanations(
      checkGradients({
        parameters: { Q: [1, 2, 3], K: [0.5, 0.1, -0.7] },
        cost: ({ Q, K }) => Q.reduce((sum, q, i) => sum + Math.sin(q) * K[i] ** 3, 0),
        gradients: ({ Q, K }) => ({
          dQ: Q.map((q, i) => 3 * Math.sin(q) * K[i] ** 2),
          dK: Q.map((q, i) => Math.cos(q) * K[i] ** 3),
        }),
      }),
    );
    expect(found.Q).toBe("dQ is not the gradient of Q: its numbers are returned as that of K");
    expect(found.K).toContain("returned as that of Q");
  });
});

describe("where an error enters", () => {
  /** tanh' left out: an error of about a², of the size of the weights squared. */
  const withoutDerivative: Activation = { f: Math.tanh, derivative: () => 1 };

  it.each([1e-4, 3e-4, 1e-3, 3e-3, 0.5])("is not said of dZ1 where W1 would not show it: weights of %d", (scale) => {
    for (let draw = 0; draw < 5; draw++) {
      const report = checkGradients({
        parameters: start(scale),
        cost: (p) => cost(p, tanh),
        gradients: (p) => gradients(p, withoutDerivative),
      });
      expect(report.verdict).toBe("wrong");
      for (const text of Object.values(explanations(report))) expect(text).not.toContain("so dZ1 is right");
    }
  });

  it("is said of the formula of dW1 where b1 shows that dZ1 is right", () => {
    const found = explanations(
      checkGradients({
        parameters: start(0.5),
        cost: (p) => cost(p, tanh),
        gradients: (p) => {
          const g = gradients(p, tanh);
          return { ...g, W1: g.W1.map((row) => row.map((value) => value + value ** 2)) };
        },
      }),
    );
    expect(Object.keys(found)).toEqual(["W1"]);
    expect(found.W1).toMatch(/no other block is wrong, so dZ1 is right: look at dW1 = \(1\/m\) dZ1 Xᵀ$/);
  });

  it("is said with its condition where nothing else is made of dZ", () => {
    const found = explanations(
      checkGradients({
        parameters: { W1: [[0.3, 0.4, 0.9]], W2: [[0.5, 0.2, -0.3]] },
        cost: ({ W1, W2 }) => W1[0].reduce((sum, w, i) => sum + Math.sin(w) * W2[0][i], 0),
        gradients: ({ W1, W2 }) => ({
          dW1: [W1[0].map((w, i) => Math.cos(w) * W2[0][i] + w ** 2)],
          dW2: [W1[0].map(Math.sin)],
        }),
      }),
    );
    expect(found.W1).toMatch(/look at dW1 = \(1\/m\) dZ1 Xᵀ, and at dZ1: an error of this size in it need not show/);
  });
});
