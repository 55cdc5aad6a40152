import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Matrix } from "../../src/array/matrix.js";
import { accuracy } from "../../src/metrics/accuracy.js";
import { confusionMatrix } from "../../src/metrics/confusionMatrix.js";
import { f1 } from "../../src/metrics/f1.js";
import { precision } from "../../src/metrics/precision.js";
import { predictedClasses } from "../../src/metrics/predictedClasses.js";
import { recall } from "../../src/metrics/recall.js";

// Ten examples, two classes. Predicted 1 where p > 0.5:
//   p          .9 .8 .7 .6 .55 .5 .4 .3 .2 .1
//   truth       1  1  0  1  0   1  1  0  0  0
//   predicted   1  1  1  1  1   0  0  0  0  0
// TP = 3 (.9 .8 .6), FP = 2 (.7 .55), FN = 2 (.5 .4), TN = 3
const P = Matrix.row([0.9, 0.8, 0.7, 0.6, 0.55, 0.5, 0.4, 0.3, 0.2, 0.1]);
const Y = Matrix.row([1, 1, 0, 1, 0, 1, 1, 0, 0, 0]);

// Six examples, three classes; each column is one example.
//   truth      0 0 1 1 2 2
//   predicted  0 1 1 1 2 0
const P3 = Matrix.from([
  [0.7, 0.3, 0.1, 0.2, 0.1, 0.5],
  [0.2, 0.6, 0.8, 0.5, 0.2, 0.3],
  [0.1, 0.1, 0.1, 0.3, 0.7, 0.2],
]);
const Y3 = Matrix.from([
  [1, 1, 0, 0, 0, 0],
  [0, 0, 1, 1, 0, 0],
  [0, 0, 0, 0, 1, 1],
]);

describe("two classes, by hand", () => {
  it("counts by truth (rows) and prediction (columns)", () => {
    expect(confusionMatrix(P, Y).toArray()).toEqual([
      [3, 2],
      [2, 3],
    ]);
  });
  it("accuracy is (3 + 3) / 10", () => expect(accuracy(P, Y)).toBe(0.6));
  it("precision is 3 / (3 + 2)", () => expect(precision(P, Y)).toBe(0.6));
  it("recall is 3 / (3 + 2)", () => expect(recall(P, Y)).toBe(0.6));
  it("F1 is 2·3 / (2·3 + 2 + 2)", () => expect(f1(P, Y)).toBe(0.6));

  it("a lower threshold trades precision for recall", () => {
    // p > 0.35 adds the examples at .5 and .4, both of class 1: TP = 5, FP = 2, FN = 0, TN = 3.
    expect(confusionMatrix(P, Y, 0.35).toArray()).toEqual([
      [3, 2],
      [0, 5],
    ]);
    expect(accuracy(P, Y, 0.35)).toBe(0.8);
    expect(precision(P, Y, 0.35)).toBe(5 / 7);
    expect(recall(P, Y, 0.35)).toBe(1);
    expect(f1(P, Y, 0.35)).toBe(10 / 12);
  });

  it("a probability equal to the threshold is class 0", () => {
    expect(predictedClasses(Matrix.row([0.5, 0.5 + Number.EPSILON]))).toEqual([0, 1]);
    expect(predictedClasses(Matrix.row([0, 1]), 1)).toEqual([0, 0]);
  });
});

describe("three classes, by hand", () => {
  it("counts by truth and prediction", () => {
    expect(confusionMatrix(P3, Y3).toArray()).toEqual([
      [1, 1, 0],
      [0, 2, 0],
      [1, 0, 1],
    ]);
  });
  it("accuracy is 4 / 6", () => expect(accuracy(P3, Y3)).toBe(4 / 6));
  // Predicted 0: {right, wrong}; predicted 1: {wrong, right, right}; predicted 2: {right}.
  it("precision is the mean of 1/2, 2/3 and 1", () => expect(precision(P3, Y3)).toBeCloseTo(13 / 18, 15));
  it("recall is the mean of 1/2, 1 and 1/2", () => expect(recall(P3, Y3)).toBeCloseTo(2 / 3, 15));
  // 2·1/(2·1+1+1) = 1/2; 2·2/(2·2+1+0) = 4/5; 2·1/(2·1+0+1) = 2/3
  it("F1 is the mean of 1/2, 4/5 and 2/3", () => expect(f1(P3, Y3)).toBeCloseTo(59 / 90, 15));

  it("a class that neither occurs nor is predicted does not enter the mean", () => {
    const padded = (A: Matrix): Matrix => Matrix.from([...A.toArray(), new Array(A.columns).fill(0)]);
    expect(precision(padded(P3), padded(Y3))).toBe(precision(P3, Y3));
    expect(recall(padded(P3), padded(Y3))).toBe(recall(P3, Y3));
    expect(f1(padded(P3), padded(Y3))).toBe(f1(P3, Y3));
  });

  it("the first of equal probabilities wins", () => {
    expect(predictedClasses(Matrix.from([[0.25], [0.375], [0.375]]))).toEqual([1]);
  });
});

describe("what is not defined is 0", () => {
  it("precision, where nothing is predicted positive", () => {
    expect(precision(Matrix.row([0.1, 0.2]), Matrix.row([1, 0]))).toBe(0);
  });
  it("recall, where there are no positives", () => {
    expect(recall(Matrix.row([0.9, 0.2]), Matrix.row([0, 0]))).toBe(0);
  });
  it("F1, where there are neither", () => {
    expect(f1(Matrix.row([0.1, 0.2]), Matrix.row([0, 0]))).toBe(0);
  });
});

describe("bad input is named", () => {
  it.each([
    ["shapes that differ", Matrix.row([0.5]), Matrix.row([1, 0]), "predictions are 1 × 1 and targets 1 × 2"],
    ["no examples", Matrix.zeros(1, 0), Matrix.zeros(1, 0), "at least one example, got a 1 × 0 matrix"],
    ["a label of 2", Matrix.row([0.5, 0.5]), Matrix.row([1, 2]), "targets must be 0 or 1, example 1 has 2"],
    ["a NaN prediction", Matrix.row([0.5, Number.NaN]), Matrix.row([1, 0]), "predictions hold NaN at example 1"],
    ["a NaN label", Matrix.row([0.5, 0.5]), Matrix.row([Number.NaN, 0]), "targets hold NaN at example 0"],
    ["two classes at once", Matrix.zeros(2, 1), Matrix.filled(2, 1, 1), "example 0 belongs to 2 classes"],
    ["no class at all", Matrix.zeros(3, 1), Matrix.zeros(3, 1), "example 0 belongs to 0 classes"],
  ])("%s", (_, predictions, labels, message) => {
    expect(() => accuracy(predictions, labels)).toThrow(message);
    expect(() => confusionMatrix(predictions, labels)).toThrow(message);
    expect(() => f1(predictions, labels)).toThrow(message);
  });

  it("a threshold that is no probability", () => {
    for (const threshold of [-0.1, 1.1, Number.NaN]) {
      expect(() => accuracy(P, Y, threshold)).toThrow(`threshold must be a probability from 0 to 1, got ${threshold}`);
    }
  });
});

describe("properties", () => {
  const examples = fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 1)), {
    minLength: 1,
    maxLength: 40,
  });
  const matrices = (pairs: readonly (readonly [number, number])[]): [Matrix, Matrix] => [
    Matrix.row(pairs.map(([p]) => p)),
    Matrix.row(pairs.map(([, y]) => y)),
  ];

  it("the confusion matrix adds up: all entries to m, the diagonal to accuracy · m, each row to its class", () => {
    fc.assert(
      fc.property(examples, fc.double({ min: 0, max: 1, noNaN: true }), (pairs, threshold) => {
        const [scores, labels] = matrices(pairs);
        const [[trueNegatives, falsePositives], [falseNegatives, truePositives]] = confusionMatrix(
          scores,
          labels,
          threshold,
        ).toArray();
        expect(falseNegatives + truePositives).toBe(pairs.filter(([, y]) => y === 1).length);
        expect(trueNegatives + falsePositives).toBe(pairs.filter(([, y]) => y === 0).length);
        expect(accuracy(scores, labels, threshold)).toBe((trueNegatives + truePositives) / pairs.length);
      }),
    );
  });

  it("F1 is the harmonic mean of precision and recall", () => {
    fc.assert(
      fc.property(examples, (pairs) => {
        const [scores, labels] = matrices(pairs);
        const p = precision(scores, labels);
        const r = recall(scores, labels);
        // 1e-15: both sides are quotients of whole numbers up to 80, a few roundings apart.
        expect(f1(scores, labels)).toBeCloseTo(p + r === 0 ? 0 : (2 * p * r) / (p + r), 15);
      }),
    );
  });

  it("float32 gives the same counts", () => {
    expect(confusionMatrix(P3.as("float32"), Y3.as("float32")).toArray()).toEqual(confusionMatrix(P3, Y3).toArray());
  });
});
