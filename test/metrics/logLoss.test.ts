import { describe, expect, it } from "vitest";
import { Matrix } from "../../src/array/matrix.js";
import { logLoss } from "../../src/metrics/logLoss.js";

describe("logLoss", () => {
  it("two classes, by hand: −(log ½ + log ¼ + log ½) / 3 = 4/3 · log 2", () => {
    // p = .5 with y = 1, p = .75 with y = 0, p = .5 with y = 0
    expect(logLoss(Matrix.row([0.5, 0.75, 0.5]), Matrix.row([1, 0, 0]))).toBeCloseTo((4 / 3) * Math.LN2, 15);
  });

  it("three classes, by hand: −(log ½ + log ⅛) / 2 = 2 · log 2", () => {
    const P = Matrix.from([
      [0.5, 0.125],
      [0.25, 0.375],
      [0.25, 0.5],
    ]);
    const Y = Matrix.from([
      [1, 1],
      [0, 0],
      [0, 0],
    ]);
    expect(logLoss(P, Y)).toBeCloseTo(2 * Math.LN2, 15);
  });

  it("a certain mistake costs −log 2⁻⁵² = 52 log 2, not Infinity", () => {
    expect(logLoss(Matrix.row([0]), Matrix.row([1]))).toBeCloseTo(52 * Math.LN2, 13);
    expect(logLoss(Matrix.row([1]), Matrix.row([0]))).toBeCloseTo(52 * Math.LN2, 13);
    expect(logLoss(Matrix.from([[0], [1]]), Matrix.from([[1], [0]]))).toBeCloseTo(52 * Math.LN2, 13);
  });

  it("a certain success costs no more than the clipping", () => {
    expect(logLoss(Matrix.row([1, 0]), Matrix.row([1, 0]))).toBeLessThan(3e-16);
  });

  it("refuses what is not a probability", () => {
    expect(() => logLoss(Matrix.row([0.5, 1.5]), Matrix.row([1, 0]))).toThrow(
      "logLoss(): probabilities must be from 0 to 1, example 1 has 1.5",
    );
  });
});
