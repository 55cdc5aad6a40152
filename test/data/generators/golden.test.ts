import { describe, expect, it } from "vitest";
import type { Dataset } from "../../../src/data/dataset.js";
import { circles } from "../../../src/data/generators/circles.js";
import { pitch } from "../../../src/data/generators/pitch.js";
import { course } from "../../course.js";

function expectGolden({ X, Y }: Dataset, golden: { X: number[][]; Y: number[][] }): void {
  expect(Y.toArray()).toEqual(golden.Y);
  for (const [i, row] of golden.X.entries()) {
    // cos, sin and log may round otherwise than the C library's, each by one ulp of numbers below 1.
    for (const [j, value] of row.entries()) expect(Math.abs(X.get(i, j) - value)).toBeLessThan(1e-15);
  }
}

describe("golden points", () => {
  it.each(["train", "test"] as const)("circles are scikit-learn's, %s", (part) => {
    const { n, noise, seed } = course.circles[part];
    expectGolden(circles({ examples: n, noise, seed }), course.circles[part]);
  });

  it("pitch follows its recipe", () => {
    expectGolden(pitch({ seed: 1 }), course.pitch.train);
    expectGolden(pitch({ seed: 2 }), course.pitch.test);
  });
});
