import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Matrix } from "../../src/array/matrix.js";
import { calibrationCurve } from "../../src/metrics/calibrationCurve.js";

const golden: {
  readonly label: number[];
  readonly probability: number[];
  readonly calibration: { readonly bins: number; readonly observed: number[]; readonly predicted: number[] }[];
} = JSON.parse(readFileSync(new URL("../fixtures/explain.json", import.meta.url), "utf8"));

describe("calibrationCurve", () => {
  it("by hand: two bins of three, .1 .2 .3 of which one came true, and .7 .8 .9 of which two did", () => {
    const curve = calibrationCurve(Matrix.row([0.7, 0.1, 0.8, 0.2, 0.9, 0.3]), Matrix.row([0, 0, 1, 1, 1, 0]), {
      bins: 2,
    });
    expect(curve.counts).toEqual([3, 3]);
    for (const [b, [predicted, observed]] of [[0.2, 1 / 3] as const, [0.8, 2 / 3] as const].entries()) {
      expect(curve.predicted[b]).toBeCloseTo(predicted, 15);
      expect(curve.observed[b]).toBeCloseTo(observed, 15);
    }
  });

  it("three classes, by hand: the predicted ones have .5, .6, .8 and .7, and the second is wrong", () => {
    const P = Matrix.from([
      [0.5, 0.6, 0.1, 0.2],
      [0.3, 0.3, 0.8, 0.1],
      [0.2, 0.1, 0.1, 0.7],
    ]);
    const Y = Matrix.from([
      [1, 0, 0, 0],
      [0, 1, 1, 0],
      [0, 0, 0, 1],
    ]);
    const { predicted, observed, counts } = calibrationCurve(P, Y, { bins: 2 });
    expect([predicted, observed, counts]).toEqual([
      [0.55, 0.75],
      [0.5, 1],
      [2, 2],
    ]);
  });

  it.each(golden.calibration)(
    "has scikit-learn's numbers in $bins bins, with ties",
    ({ bins, observed, predicted }) => {
      const curve = calibrationCurve(Matrix.row(golden.probability), Matrix.row(golden.label), { bins });
      expect(curve.counts).toHaveLength(observed.length);
      for (const b of observed.keys()) {
        expect(curve.observed[b]).toBeCloseTo(observed[b], 14);
        expect(curve.predicted[b]).toBeCloseTo(predicted[b], 14);
      }
    },
  );

  it("counts each example once, whatever the probabilities", () => {
    const example = fc.record({ p: fc.double({ noNaN: true, min: 0, max: 1 }), y: fc.constantFrom(0, 1) });
    fc.assert(
      fc.property(fc.array(example, { minLength: 1 }), fc.integer({ min: 2, max: 40 }), (examples, bins) => {
        const P = Matrix.row(examples.map(({ p }) => p));
        const { predicted, observed, counts } = calibrationCurve(P, Matrix.row(examples.map(({ y }) => y)), { bins });
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(examples.length);
        const positives = observed.reduce((sum, share, b) => sum + share * counts[b], 0);
        expect(positives).toBeCloseTo(examples.filter(({ y }) => y === 1).length, 9);
        for (let b = 1; b < predicted.length; b++) expect(predicted[b]).toBeGreaterThan(predicted[b - 1]);
      }),
    );
  });

  it("refuses bins that are none", () => {
    expect(() => calibrationCurve(Matrix.row([0.5]), Matrix.row([1]), { bins: 1 })).toThrow("bins");
  });
});
