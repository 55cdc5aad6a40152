import { describe, expect, it } from "vitest";
import { checkGradients } from "../../../src/gradcheck/checkGradients.js";

/** Cross-entropy of a softmax over W x for one example, class 2 of 0, 1, 2; its gradient is (p − y) xᵀ. */
const x = [0.5, -1.5, 2];
const logits = (W: number[][]): number[] => W.map((row) => row.reduce((sum, w, j) => sum + w * x[j], 0));
const outer = (dz: number[]): number[][] => dz.map((d) => x.map((xj) => d * xj));
const naive = (z: number[]): number[] => {
  const e = z.map(Math.exp);
  const sum = e.reduce((a, b) => a + b, 0);
  return e.map((value) => value / sum);
};
const W = [
  [0.3, -0.2, 0.1],
  [0.9, 0.4, -0.7],
  [-0.5, 0.2, 0.6],
];
const problem = (scale: number) => ({
  parameters: { W: W.map((row) => row.map((w) => scale * w)) },
  cost: ({ W }: { W: number[][] }): number => -Math.log(naive(logits(W))[2]),
  gradients: ({ W }: { W: number[][] }) => ({ dW: outer(naive(logits(W)).map((p, k) => p - (k === 2 ? 1 : 0))) }),
});

describe("a softmax without the shift by its maximum", () => {
  it("is right where nothing overflows", () => {
    expect(checkGradients(problem(1)).verdict).toBe("correct");
  });

  it("ends in a clear error where it overflows at the given parameters", () => {
    // The largest logits are 0.65 · 1200: e^780 = ∞, and ∞ / ∞ is NaN.
    expect(() => checkGradients(problem(1200))).toThrow(
      /cost\(\) is NaN at the given parameters; it must give a finite number/,
    );
  });

  it("does not become wrong where it overflows only at a distance", () => {
    // The largest logits are 705, and e^709.8 is the last that is finite.
    const { verdict } = checkGradients(problem(1085));
    expect(verdict).not.toBe("wrong");
  });
});

describe("a backward pass in float32 with a forward pass in float64", () => {
  const f = Math.fround;
  const target = [0.2, -0.4, 0.9];
  const cost = ({ W }: { W: number[][] }): number =>
    logits(W).reduce((sum, z, k) => sum + (Math.tanh(z) - target[k]) ** 2, 0);
  const single = ({ W }: { W: number[][] }): Float32Array[] =>
    logits(W).map((z, k) => {
      const a = f(Math.tanh(f(z)));
      const dz = f(f(2 * f(a - f(target[k]))) * f(1 - f(a * a)));
      return Float32Array.from(x, (xj) => f(dz * xj));
    });

  it("is correct within the precision of its numbers", () => {
    const report = checkGradients({
      parameters: { W },
      cost,
      gradients: (p) => ({ dW: single(p).map((row) => [...row]) }),
    });
    expect(report.verdict).toBe("correct");
  });

  it("is still wrong when it is wrong by more than that", () => {
    const gradients = (p: { W: number[][] }) => ({ dW: single(p).map((row) => [...row].map((v) => v * 1.001)) });
    expect(checkGradients({ parameters: { W }, cost, gradients }).verdict).toBe("wrong");
  });
});
