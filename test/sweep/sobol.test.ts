import { describe, expect, it } from "vitest";
import { sobolDimensions, sobolWord } from "../../src/sweep/sobol.js";

describe("Sobol's sequence", () => {
  // SciPy 1.10.1: scipy.stats.qmc.Sobol(10, scramble=False).random(8)[1:7], whose order is the Gray code's too.
  it("is the one of Joe and Kuo's direction numbers", () => {
    const points = Array.from({ length: 6 }, (_, n) =>
      Array.from({ length: sobolDimensions }, (_, d) => sobolWord(n + 1, d) / 2 ** 32),
    );
    expect(points).toEqual([
      [0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5],
      [0.75, 0.25, 0.25, 0.25, 0.75, 0.75, 0.25, 0.75, 0.75, 0.75],
      [0.25, 0.75, 0.75, 0.75, 0.25, 0.25, 0.75, 0.25, 0.25, 0.25],
      [0.375, 0.375, 0.625, 0.875, 0.375, 0.125, 0.375, 0.875, 0.875, 0.625],
      [0.875, 0.875, 0.125, 0.375, 0.875, 0.625, 0.875, 0.375, 0.375, 0.125],
      [0.625, 0.125, 0.875, 0.625, 0.625, 0.875, 0.125, 0.125, 0.125, 0.375],
    ]);
  });

  it("puts one of 2ᵏ points in a row into each of 2ᵏ slices of every axis", () => {
    for (let d = 0; d < sobolDimensions; d++) {
      for (const start of [0, 64, 640]) {
        const slices = new Set(
          Array.from({ length: 64 }, (_, n) => Math.floor((sobolWord(start + n, d) / 2 ** 32) * 64)),
        );
        expect(slices.size).toBe(64);
      }
    }
  });
});
