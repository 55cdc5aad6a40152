import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Matrix } from "../../src/array/matrix.js";
import { prAuc } from "../../src/metrics/prAuc.js";
import { precisionRecallCurve } from "../../src/metrics/precisionRecallCurve.js";
import { rocAuc } from "../../src/metrics/rocAuc.js";
import { rocCurve } from "../../src/metrics/rocCurve.js";

// Six examples by falling score; the two at 0.6 are tied.
//   score  .9 .8 .6 .6 .4 .2
//   truth   1  0  1  0  1  0
const P = Matrix.row([0.4, 0.9, 0.6, 0.2, 0.8, 0.6]);
const Y = Matrix.row([1, 1, 1, 0, 0, 0]);

describe("by hand", () => {
  it("ROC curve: one point a distinct score, ties in one step", () => {
    // TP after each distinct score: 1 1 2 3 3; FP: 0 1 2 2 3; of 3 each.
    const curve = rocCurve(P, Y);
    expect(curve.thresholds).toEqual([Number.POSITIVE_INFINITY, 0.9, 0.8, 0.6, 0.4, 0.2]);
    expect(curve.truePositiveRate).toEqual([0, 1 / 3, 1 / 3, 2 / 3, 1, 1]);
    expect(curve.falsePositiveRate).toEqual([0, 0, 1 / 3, 2 / 3, 2 / 3, 1]);
  });

  it("ROC-AUC is 5.5 of 9 pairs", () => {
    // .9 beats .8 .6 .2: 3; .6 beats .2 and ties with .6: 1.5; .4 beats .2: 1.
    expect(rocAuc(P, Y)).toBe(5.5 / 9);
  });

  it("precision-recall curve", () => {
    const curve = precisionRecallCurve(P, Y);
    expect(curve.thresholds).toEqual([Number.POSITIVE_INFINITY, 0.9, 0.8, 0.6, 0.4, 0.2]);
    expect(curve.recall).toEqual([0, 1 / 3, 1 / 3, 2 / 3, 1, 1]);
    expect(curve.precision).toEqual([1, 1, 1 / 2, 2 / 4, 3 / 5, 3 / 6]);
  });

  it("PR-AUC is 1/3 · (1 + 2/4 + 3/5)", () => {
    // 1 ulp apart at most: the sum is formed in another order.
    expect(prAuc(P, Y)).toBeCloseTo(0.7, 15);
  });

  it("scikit-learn's own examples", () => {
    // roc_auc_score and average_precision_score of these four examples are 0.75 and 0.8333… in scikit-learn's manual.
    const scores = Matrix.row([0.1, 0.4, 0.35, 0.8]);
    const labels = Matrix.row([0, 0, 1, 1]);
    expect(rocAuc(scores, labels)).toBe(0.75);
    expect(prAuc(scores, labels)).toBeCloseTo(5 / 6, 15);
  });

  it("a perfect, a useless and a reversed ranking", () => {
    const labels = Matrix.row([0, 0, 1, 1]);
    expect(rocAuc(Matrix.row([1, 2, 3, 4]), labels)).toBe(1);
    expect(rocAuc(Matrix.row([1, 1, 1, 1]), labels)).toBe(0.5);
    expect(rocAuc(Matrix.row([4, 3, 2, 1]), labels)).toBe(0);
    expect(prAuc(Matrix.row([1, 2, 3, 4]), labels)).toBe(1);
    expect(prAuc(Matrix.row([1, 1, 1, 1]), labels)).toBe(0.5);
  });
});

describe("one class only", () => {
  it("has no ROC curve", () => {
    const message = "needs examples of both classes, got 2 of class 1 and 0 of class 0";
    expect(() => rocAuc(Matrix.row([0.1, 0.9]), Matrix.row([1, 1]))).toThrow(`rocAuc(): ${message}`);
    expect(() => rocCurve(Matrix.row([0.1, 0.9]), Matrix.row([1, 1]))).toThrow(`rocCurve(): ${message}`);
  });

  it("has no recall without positives, and precision 1 without negatives", () => {
    expect(() => prAuc(Matrix.row([0.1, 0.9]), Matrix.row([0, 0]))).toThrow(
      "prAuc(): needs at least one example of class",
    );
    expect(() => precisionRecallCurve(Matrix.row([0.1]), Matrix.row([0]))).toThrow("precisionRecallCurve(): needs at");
    expect(prAuc(Matrix.row([0.1, 0.9]), Matrix.row([1, 1]))).toBe(1);
  });
});

it("several classes are refused", () => {
  const Y3 = Matrix.from([[1], [0], [0]]);
  expect(() => rocAuc(Y3, Y3)).toThrow(
    "rocAuc(): is defined for two classes, with predictions of 1 × examples; got 3 × 1",
  );
});

describe("properties", () => {
  // Scores of few values, so that ties abound; whole numbers, so that the maps below keep their order exactly.
  const ranking = fc
    .array(fc.tuple(fc.integer({ min: -6, max: 6 }), fc.constantFrom(0, 1)), { minLength: 2, maxLength: 60 })
    .filter((pairs) => pairs.some(([, y]) => y === 1) && pairs.some(([, y]) => y === 0));
  const scoresOf = (pairs: readonly (readonly [number, number])[], map: (s: number) => number = (s) => s): Matrix =>
    Matrix.row(pairs.map(([s]) => map(s)));
  const labelsOf = (pairs: readonly (readonly [number, number])[]): Matrix => Matrix.row(pairs.map(([, y]) => y));

  it("ROC-AUC is the share of pairs put in order, a tie counting half", () => {
    fc.assert(
      fc.property(ranking, (pairs) => {
        const positives = pairs.filter(([, y]) => y === 1);
        const negatives = pairs.filter(([, y]) => y === 0);
        let won = 0;
        for (const [s1] of positives) {
          for (const [s0] of negatives) won += s1 > s0 ? 1 : s1 === s0 ? 0.5 : 0;
        }
        expect(rocAuc(scoresOf(pairs), labelsOf(pairs))).toBe(won / (positives.length * negatives.length));
      }),
    );
  });

  it("both areas depend on the order of the scores alone", () => {
    fc.assert(
      fc.property(ranking, (pairs) => {
        const Y = labelsOf(pairs);
        for (const map of [(s: number) => 3 * s + 7, Math.exp, (s: number) => s ** 3]) {
          expect(rocAuc(scoresOf(pairs, map), Y)).toBe(rocAuc(scoresOf(pairs), Y));
          expect(prAuc(scoresOf(pairs, map), Y)).toBe(prAuc(scoresOf(pairs), Y));
        }
      }),
    );
  });

  it("and not on the order of the examples", () => {
    fc.assert(
      fc.property(ranking, (pairs) => {
        const reversed = pairs.toReversed();
        expect(prAuc(scoresOf(reversed), labelsOf(reversed))).toBe(prAuc(scoresOf(pairs), labelsOf(pairs)));
        expect(rocCurve(scoresOf(reversed), labelsOf(reversed))).toEqual(rocCurve(scoresOf(pairs), labelsOf(pairs)));
      }),
    );
  });

  it("the curves agree with the areas", () => {
    fc.assert(
      fc.property(ranking, (pairs) => {
        const [P, Y] = [scoresOf(pairs), labelsOf(pairs)];
        const { falsePositiveRate: x, truePositiveRate: y } = rocCurve(P, Y);
        const { precision, recall } = precisionRecallCurve(P, Y);
        let trapezoids = 0;
        let steps = 0;
        for (let k = 1; k < x.length; k++) {
          trapezoids += ((x[k] - x[k - 1]) * (y[k] + y[k - 1])) / 2;
          steps += (recall[k] - recall[k - 1]) * precision[k];
        }
        // 1e-14: up to 13 terms of rounded rates.
        expect(rocAuc(P, Y)).toBeCloseTo(trapezoids, 14);
        expect(prAuc(P, Y)).toBeCloseTo(steps, 14);
      }),
    );
  });

  it("swapping the classes and the sign of the scores leaves ROC-AUC as it is", () => {
    fc.assert(
      fc.property(ranking, (pairs) => {
        const swapped = Matrix.row(pairs.map(([, y]) => 1 - y));
        expect(
          rocAuc(
            scoresOf(pairs, (s) => -s),
            swapped,
          ),
        ).toBe(rocAuc(scoresOf(pairs), labelsOf(pairs)));
      }),
    );
  });

  it("infinite scores rank as they should", () => {
    const P = Matrix.row([Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]);
    expect(rocAuc(P, Matrix.row([1, 0, 0]))).toBe(0.75);
  });
});
