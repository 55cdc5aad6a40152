import { describe, expect, it } from "vitest";
import { dense } from "../../src/network/dense.js";
import { networkWith } from "../../src/network/network.js";
import { names, type OptimizerSpec } from "../../src/ops/names.js";
import { optimizerOf } from "../../src/training/optimizerOf.js";
import { parseTrainingSpec } from "../../src/training/parseTraining.js";

/** θ = (W, b) after each of the given gradients, from (1, 1), with α = 0.1. */
function path(spec: OptimizerSpec, gradients: readonly (readonly [number, number])[]): number[][] {
  const model = networkWith({ inputs: 1, layers: [dense(1, "linear")] }, Float64Array.of(1, 1));
  const optimizer = optimizerOf(parseTrainingSpec({ optimizer: spec }).optimizer, model);
  return gradients.map((gradient) => {
    optimizer.step(model.theta, Float64Array.from(gradient), 0.1);
    return Array.from(model.theta);
  });
}

const expectClose = (obtained: number[][], expected: number[][]): void => {
  // A few roundings of numbers near 1.
  for (const [t, theta] of expected.entries()) {
    for (const [k, value] of theta.entries()) expect(Math.abs(obtained[t][k] - value)).toBeLessThan(1e-15);
  }
};

describe("optimizers, two steps by hand", () => {
  it("gradient descent", () => {
    // 1 − 0.1·2 = 0.8; 0.8 − 0.1·(−1) = 0.9.
    expectClose(
      path("gradientDescent", [
        [2, 0],
        [-1, 4],
      ]),
      [
        [0.8, 1],
        [0.9, 0.6],
      ],
    );
  });

  it("momentum", () => {
    // β = 0.9. v = 0.1·2 = 0.2, θ = 1 − 0.02; v = 0.9·0.2 + 0.1·(−1) = 0.08, θ = 0.98 − 0.008.
    expectClose(
      path("momentum", [
        [2, 0],
        [-1, 0],
      ]),
      [
        [0.98, 1],
        [0.972, 1],
      ],
    );
    // β = 0 is gradient descent.
    expectClose(path({ type: "momentum", momentum: 0 }, [[2, 0]]), [[0.8, 1]]);
  });

  it("Nesterov's momentum", () => {
    // β = 0.9. v = 0.1·2 = 0.2, θ = 1 − 0.1 (0.9·0.2 + 0.1·2); v = 0.9·0.2 + 0.1·(−1) = 0.08, θ = 0.962 − 0.1 (0.072 − 0.1).
    expectClose(
      path("nesterov", [
        [2, 0],
        [-1, 0],
      ]),
      [
        [0.962, 1],
        [0.9648, 1],
      ],
    );
    // β = 0 is gradient descent.
    expectClose(path({ type: "nesterov", momentum: 0 }, [[2, 0]]), [[0.8, 1]]);
  });

  it("RMSprop", () => {
    // β = 0.75: s = 0.25·4 = 1, θ = 1 − 0.1·2/1 = 0.8; s = 0.75·1 + 0.25·1 = 1, θ = 0.8 + 0.1·1/1.
    const spec = { type: "rmsprop", decay: 0.75, epsilon: 1e-300 } as const;
    expectClose(
      path(spec, [
        [2, 2],
        [-1, 0],
      ]),
      [
        [0.8, 0.8],
        [0.9, 0.8],
      ],
    );
  });

  it("Adam", () => {
    // The first step is α · sign(g) whatever the size of g: v̂ = g, ŝ = g².
    const spec = { type: "adam", beta1: 0.5, beta2: 0.75, epsilon: 1e-300 } as const;
    // Second, g = 2 then −1: v = 0.5·1 + 0.5·(−1) = 0, so θ stays; for b, g = 2 then 2: v̂ = 2, ŝ = 4, step α again.
    expectClose(
      path(spec, [
        [2, 2],
        [-1, 2],
      ]),
      [
        [0.9, 0.9],
        [0.9, 0.8],
      ],
    );
  });

  it("Adagrad", () => {
    // s = 4, θ = 1 − 0.1·2/2 = 0.9; s = 4 + 1, θ = 0.9 + 0.1·1/√5.
    expectClose(
      path({ type: "adagrad", epsilon: 1e-300 }, [
        [2, 2],
        [-1, 0],
      ]),
      [
        [0.9, 0.9],
        [0.9 + 0.1 / Math.sqrt(5), 0.9],
      ],
    );
  });

  it("NAdam", () => {
    // With ψ = 0 every μ is β₁/2 = 0.4. v = 0.2·2 = 0.4, s = 0.25·4 = 1, ŝ = 4; the step is 0.4·0.4/(1 − 0.16) + 0.6·2/0.6
    // over 2. Then v = 0.8·0.4 − 0.2 = 0.12, s = 0.75 + 0.25 = 1, ŝ = 1/(1 − 0.75²); Πμ = 0.16, and with the next μ 0.064.
    const spec = { type: "nadam", beta1: 0.8, beta2: 0.75, epsilon: 1e-300, momentumDecay: 0 } as const;
    const first = 1 - (0.1 * (0.16 / 0.84 + 2)) / 2;
    const second = first - 0.1 * ((0.4 * 0.12) / 0.936 - 0.6 / 0.84) * Math.sqrt(1 - 0.5625);
    expectClose(
      path(spec, [
        [2, 0],
        [-1, 0],
      ]),
      [
        [first, 1],
        [second, 1],
      ],
    );
  });

  it("Lion moves by α along the sign, and not at all where it is 0", () => {
    // c = 0.5·2, θ − 0.1, v = 0.25·2 = 0.5; c = 0.5·0.5 + 0.5·(−0.5) = 0, θ stays, v = 0.375 − 0.125 = 0.25; c < 0, θ + 0.1.
    expectClose(
      path({ type: "lion", beta1: 0.5, beta2: 0.75 }, [
        [2, 0],
        [-0.5, 0],
        [-1, -3],
      ]),
      [
        [0.9, 1],
        [0.9, 1],
        [1, 1.1],
      ],
    );
  });

  it.each(names.optimizers)("%s decays the weights, never the biases, by α λ W before its step", (type) => {
    // Without a gradient nothing else happens: 1 − 0.1·0.5·1, then 0.95 − 0.1·0.5·0.95.
    expectClose(
      path({ type, weightDecay: 0.5 }, [
        [0, 0],
        [0, 0],
      ]),
      [
        [0.95, 1],
        [0.9025, 1],
      ],
    );
  });

  it("AdamW decays the weights, never the biases, apart from the gradient", () => {
    // W first shrinks by α · 0.5 · W = 0.05, then moves by α · sign(g) = 0.1; b only moves.
    const spec = { type: "adam", weightDecay: 0.5, epsilon: 1e-300 } as const;
    expectClose(path(spec, [[3, 3]]), [[0.85, 0.9]]);
  });

  it("do not divide by zero where the gradient vanishes", () => {
    for (const type of names.optimizers) expectClose(path(type, [[0, 0]]), [[1, 1]]);
  });
});
