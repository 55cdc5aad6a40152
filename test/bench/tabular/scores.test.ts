import { describe, expect, it } from "vitest";
import { expectedCalibrationError, scoresOf } from "../../../bench/tabular/scores.js";

describe("scoresOf()", () => {
  it("scores two classes", () => {
    const job = { task: "classes", classes: 2, y: [9, 0, 1, 1, 0], test: [1, 2, 3, 4] } as const;
    const scores = scoresOf(job, [
      [0.75, 0.25],
      [0.5, 0.5],
      [0.25, 0.75],
      [0.25, 0.75],
    ]);
    // Row 2 is a tie, which the first class wins; row 4 is wrong.
    expect(scores.hit).toBe(0.5);
    expect(scores.loss).toBeCloseTo(-(Math.log(0.75) + Math.log(0.5) + Math.log(0.75) + Math.log(0.25)) / 4, 12);
    // Pairs of one of class 1 and one of class 0: .5 > .25, .5 < .75, .75 > .25, .75 = .75
    expect(scores.auc).toBe((1 + 0 + 1 + 0.5) / 4);
    // Bins .2: |.25 − 0|, .5: |.5 − 1|, .7: |1.5 − 1|
    expect(scores.ece).toBeCloseTo((0.25 + 0.5 + 0.5) / 4, 12);
  });

  it("scores several classes by the mean area of those that occur", () => {
    const job = { task: "classes", classes: 3, y: [0, 1], test: [0, 1] } as const;
    const scores = scoresOf(job, [
      [0.5, 0.25, 0.25],
      [0.25, 0.25, 0.5],
    ]);
    expect(scores).toEqual({ hit: 0.5, loss: (Math.log(2) + Math.log(4)) / 2, auc: (1 + 0.5) / 2 });
  });

  it("scores numbers by R² and RMSE", () => {
    const job = { task: "numbers", classes: 0, y: [0, 2, 4], test: [0, 1, 2] } as const;
    expect(scoresOf(job, [0, 2, 1])).toEqual({ hit: 1 - 9 / 8, loss: Math.sqrt(3) });
  });

  it("bounds what a probability of 0 costs", () => {
    const job = { task: "classes", classes: 2, y: [1], test: [0] } as const;
    expect(scoresOf(job, [[1, 0]]).loss).toBeCloseTo(15 * Math.log(10), 12);
  });

  it("refuses predictions that are none", () => {
    const job = { task: "numbers", classes: 0, y: [1, 2], test: [0, 1] } as const;
    expect(() => scoresOf(job, [Number.NaN, 1])).toThrow(RangeError);
    expect(() => scoresOf(job, [1])).toThrow(RangeError);
  });
});

describe("expectedCalibrationError()", () => {
  it("is 0 where shares are as said, and counts 1 into the last bin", () => {
    expect(expectedCalibrationError([0.5, 0.5, 1], [0, 1, 1])).toBe(0);
    expect(expectedCalibrationError([1, 0.95], [1, 0])).toBeCloseTo(0.95 / 2, 12);
  });
});
