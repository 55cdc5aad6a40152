import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Matrix } from "../../src/array/matrix.js";
import { meanSquaredError } from "../../src/metrics/meanSquaredError.js";
import { r2 } from "../../src/metrics/r2.js";

const P = Matrix.row([2.5, 0, 2, 8]);
const Y = Matrix.row([3, -0.5, 2, 7]);

describe("by hand", () => {
  it("mean squared error is (0.25 + 0.25 + 0 + 1) / 4", () => expect(meanSquaredError(P, Y)).toBe(0.375));

  it("R² is 1 − 1.5 / 29.1875", () => {
    // mean 2.875; (0.125² + 3.375² + 0.875² + 4.125²) = 0.015625 + 11.390625 + 0.765625 + 17.015625 = 29.1875
    expect(r2(P, Y)).toBe(1 - 1.5 / 29.1875);
  });

  it("several outputs: the error over all entries, R² the mean of each output's", () => {
    // Output 2 is off by 1 each time: squares 4; its R² is 1 − 4 / 20 (targets 0 2 4 6, mean 3: 9 + 1 + 1 + 9).
    const P2 = Matrix.from([P.toArray()[0], [1, 3, 5, 7]]);
    const Y2 = Matrix.from([Y.toArray()[0], [0, 2, 4, 6]]);
    expect(meanSquaredError(P2, Y2)).toBe((1.5 + 4) / 8);
    expect(r2(P2, Y2)).toBe((1 - 1.5 / 29.1875 + 0.8) / 2);
  });

  it("always predicting the mean explains nothing", () => {
    expect(r2(Matrix.row([2, 2, 2]), Matrix.row([1, 2, 3]))).toBe(0);
  });
});

describe("a target that never varies", () => {
  // 0.1 + 0.1 + 0.1 is not 3 · 0.1: a mean taken as it comes would make this target vary by 1e-17 and R² by 1e30.
  const constant = Matrix.row([0.1, 0.1, 0.1]);
  it("gives 1 for exact predictions", () => expect(r2(constant.clone(), constant)).toBe(1));
  it("gives 0 for any other", () => expect(r2(Matrix.row([0.1, 0.1, 0.2]), constant)).toBe(0));
  it("also with a single example", () => expect(r2(Matrix.row([1]), Matrix.row([2]))).toBe(0));
});

it("bad input is named", () => {
  expect(() => meanSquaredError(P, Matrix.row([1]))).toThrow(
    "meanSquaredError(): predictions are 1 × 4 and targets 1 × 1",
  );
  expect(() => r2(Matrix.zeros(1, 0), Matrix.zeros(1, 0))).toThrow("r2(): needs at least one example");
  expect(() => r2(P, Matrix.row([1, 2, Number.NaN, 4]))).toThrow("r2(): targets hold NaN at example 2");
});

it("R² does not change when prediction and target are shifted and scaled alike", () => {
  const number = fc.integer({ min: -1000, max: 1000 });
  fc.assert(
    fc.property(fc.array(fc.tuple(number, number), { minLength: 2, maxLength: 30 }), (pairs) => {
      const row = (map: (pair: readonly [number, number]) => number): Matrix => Matrix.row(pairs.map(map));
      const before = r2(
        row(([p]) => p),
        row(([, y]) => y),
      );
      const after = r2(
        row(([p]) => 4 * p + 5),
        row(([, y]) => 4 * y + 5),
      );
      // Relative 1e-12: sums of thirty squares near 1e6, each rounded once.
      expect(Math.abs(after - before)).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(before)));
    }),
  );
});
