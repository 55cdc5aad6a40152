import { describe, expect, it } from "vitest";
import { Matrix } from "../../src/array/matrix.js";
import { bootstrapIntervals } from "../../src/metrics/bootstrapIntervals.js";
import { dense } from "../../src/network/dense.js";
import { network } from "../../src/network/network.js";
import { intervalsOf } from "../../src/pipeline/intervals.js";
import { judged } from "../../src/pipeline/measure.js";
import { RandomStream } from "../../src/random/streams.js";

const several = network({ inputs: 1, layers: [dense(3, "softmax")] });
const binary = network({ inputs: 1, layers: [dense(1, "sigmoid")] });

describe("what held-out predictions are judged by", () => {
  it("is log loss beside the metrics of two classes, by hand", () => {
    const metrics = judged(Matrix.row([0.8, 0.5]), Matrix.row([1, 0]), "binary", 0.6);
    expect(metrics.logLoss).toBeCloseTo(-(Math.log(0.8) + Math.log(0.5)) / 2, 12);
    expect([metrics.accuracy, metrics.rocAuc]).toEqual([1, 1]);
  });

  it("has the area of several classes, and root and mean absolute errors of numbers", () => {
    const P = Matrix.from([
      [0.7, 0.2, 0.3],
      [0.2, 0.5, 0.4],
      [0.1, 0.3, 0.3],
    ]);
    const Y = Matrix.from([
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ]);
    expect(judged(P, Y, "multiclass").rocAuc).toBeCloseTo(0.9166666666666666, 12); // scikit-learn's roc_auc_score, ovr
    // A part of one class alone has no area.
    expect(judged(P.selectColumns([0]), Y.selectColumns([0]), "multiclass")).not.toHaveProperty("rocAuc");
    const numbers = judged(Matrix.row([1, 2, 6]), Matrix.row([2, 2, 4]), "regression");
    expect([numbers.mse, numbers.rmse, numbers.mae]).toEqual([5 / 3, Math.sqrt(5 / 3), 1]);
  });

  it("has intervals around it that hold the share of a known accuracy, the same for every call", () => {
    const m = 400;
    const Y = Matrix.row(Array.from({ length: m }, (_, j) => j % 2));
    const P = Matrix.row(Array.from({ length: m }, (_, j) => (j % 10 === 0 ? 1 - (j % 2) : j % 2) * 0.8 + 0.1)); // 90 % right
    const { accuracy, cost, logLoss } = intervalsOf({ P, part: { X: P, Y } }, { network: binary });
    expect(cost).toBeUndefined();
    const [from = 0, to = 0] = accuracy ?? [];
    // Of a binomial share: 0.9 ± 1.96 √(0.9 · 0.1 / 400) = 0.9 ± 0.029, within what 200 draws scatter.
    expect(Math.abs(from - 0.871)).toBeLessThan(0.012);
    expect(Math.abs(to - 0.929)).toBeLessThan(0.012);
    expect(intervalsOf({ P, part: { X: P, Y } }, { network: binary })).toMatchObject({ accuracy, logLoss });
  });

  it("has those of several classes by what judges all of them, on the same draws", () => {
    const [classes, m] = [3, 60];
    const random = new RandomStream(5, "data");
    const P = Matrix.zeros(classes, m);
    const Y = Matrix.zeros(classes, m);
    for (let j = 0; j < m; j++) {
      const scores = Array.from({ length: classes }, () => random.random());
      const sum = scores.reduce((a, b) => a + b, 0);
      for (const [k, score] of scores.entries()) P.data[k * m + j] = score / sum;
      Y.data[random.below(classes) * m + j] = 1;
    }
    const plain = bootstrapIntervals(P, Y, (drawn, labels) => judged(drawn, labels, "multiclass"));
    const intervals = intervalsOf({ P, part: { X: P, Y } }, { network: several });
    expect(Object.keys(intervals)).toEqual(["logLoss", "accuracy", "precision", "recall", "f1", "rocAuc"]);
    for (const [name, [from = Number.NaN, to = Number.NaN] = []] of Object.entries(intervals)) {
      expect(from, name).toBeCloseTo(plain[name]?.[0] ?? Number.NaN, 12);
      expect(to, name).toBeCloseTo(plain[name]?.[1] ?? Number.NaN, 12);
      expect(from, name).toBeLessThan(to);
    }
  });
});
