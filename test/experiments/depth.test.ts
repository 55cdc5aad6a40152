import { describe, expect, it } from "vitest";
import { depthExperiment, powersOf } from "../../src/experiments/depth.js";

describe("depth", () => {
  it("makes powers of the weight: 1.5^L and 0.5^L, and the same of the gradient on its way down", () => {
    for (const weight of [1.5, 0.5]) {
      const { output, gradient } = powersOf(weight, 30);
      expect(output / weight ** 30).toBeCloseTo(1, 12);
      // J = A[L]²: dZ[L] = 2 w^L, and each layer below multiplies by w.
      expect(gradient / (2 * weight ** 30 * weight ** 29)).toBeCloseTo(1, 12);
    }
  });

  it("shows why before a single step: Xavier halves the variance of a ReLU's signals in each layer, He keeps it", async () => {
    const { runs } = await depthExperiment({ iterations: 1 });
    const signals = (name: string): readonly number[] =>
      runs.find((run) => run.activation === "relu" && run.name === name)?.signals ?? [];
    const [xavier, he] = [signals("xavier"), signals("he")];
    expect(xavier).toHaveLength(30);
    // √½ a layer over 28 layers is 6e-5; networks of 40 units stray from it by some factor of 10.
    expect(xavier[28] / xavier[0]).toBeGreaterThan(1e-6);
    expect(xavier[28] / xavier[0]).toBeLessThan(1e-3);
    expect(he[28] / he[0]).toBeGreaterThan(0.05);
    expect(he[28] / he[0]).toBeLessThan(20);
  });
});
