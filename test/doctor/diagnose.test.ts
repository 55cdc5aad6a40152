import { describe, expect, it } from "vitest";
import { Matrix } from "../../src/array/matrix.js";
import { chanceCost, leastCost, zeroCost } from "../../src/doctor/chance.js";
import { diagnose } from "../../src/doctor/diagnose.js";
import { findingInWords } from "../../src/doctor/findingInWords.js";
import { dense } from "../../src/network/dense.js";
import { network } from "../../src/network/network.js";
import { log } from "../../src/numeric/log.js";
import type { ActivationName, LossSpec } from "../../src/ops/names.js";
import { doctorSection } from "../../src/plot/doctorSection.js";
import { train } from "../../src/training/train.js";

describe("the cost of chance", () => {
  it("is the entropy of the classes, or the variance of the targets", () => {
    const model = (outputs: number, output: "sigmoid" | "softmax" | "linear") =>
      network({ inputs: 1, layers: [dense(outputs, output)] });
    const X = Matrix.row([0, 0, 0, 0]);
    expect(chanceCost(model(1, "sigmoid"), { X, Y: Matrix.row([1, 0, 1, 0]) })).toBeCloseTo(Math.LN2, 14);
    // −¼ ln ¼ − ¾ ln ¾
    expect(chanceCost(model(1, "sigmoid"), { X, Y: Matrix.row([1, 0, 0, 0]) })).toBeCloseTo(0.5623351446188083, 14);
    const Y = Matrix.from([
      [1, 0, 0, 0],
      [0, 1, 0, 0],
      [0, 0, 1, 1],
    ]);
    // −2 · ¼ ln ¼ − ½ ln ½
    expect(chanceCost(model(3, "softmax"), { X, Y })).toBeCloseTo(1.0397207708399179, 14);
    // mean 2, squares 1 + 1 + 1 + 1
    expect(chanceCost(model(1, "linear"), { X, Y: Matrix.row([1, 3, 1, 3]) })).toBe(1);
    // Of two outputs the mean of both variances, 1 and 0.
    expect(
      chanceCost(model(2, "linear"), {
        X,
        Y: Matrix.from([
          [1, 3, 1, 3],
          [2, 2, 2, 2],
        ]),
      }),
    ).toBe(0.5);
  });

  it("is that of the mean target where the loss is no square", () => {
    const model = network({ inputs: 1, layers: [dense(1, "linear")], loss: "huber" });
    const X = Matrix.row([0, 0, 0, 0]);
    // Mean 1: errors 1, 1, 1 and 3 cost ½, ½, ½ and 3 − ½.
    expect(chanceCost(model, { X, Y: Matrix.row([0, 0, 0, 4]) })).toBe(1);
    // Weights 3 and 1: mean 1, (3 · ½ + 1 · 2½) / 4, times the mean weight 1.
    expect(chanceCost(model, { X, Y: Matrix.row([0, 4, 7, 7]) }, [3, 1, 0, 0])).toBe(1);
  });
});

describe("the cost of chance with weights", () => {
  const sigmoid = network({ inputs: 1, layers: [dense(1, "sigmoid")] });
  const numbers = network({ inputs: 1, layers: [dense(1, "linear")] });
  const X = Matrix.row([0, 0, 0, 0]);

  it("counts each example by its weight", () => {
    // Balanced, the one of four weighs as much as the other three: entropy ln 2, mean weight 1.
    const balanced = [2, 2 / 3, 2 / 3, 2 / 3];
    expect(chanceCost(sigmoid, { X, Y: Matrix.row([1, 0, 0, 0]) }, balanced)).toBeCloseTo(Math.LN2, 14);
    // Mean weight 2 and equal shares: 2 ln 2; of numbers: mean (3 · 1 + 1 · 5)/4 = 2, squares (3 · 1 + 1 · 9)/4, times 2.
    expect(chanceCost(sigmoid, { X, Y: Matrix.row([1, 0, 1, 0]) }, [2, 2, 2, 2])).toBeCloseTo(2 * Math.LN2, 14);
    expect(chanceCost(numbers, { X, Y: Matrix.row([1, 5, 0, 0]) }, [6, 2, 0, 0])).toBeCloseTo(2 * 3, 14);
    expect(zeroCost(sigmoid, { X, Y: Matrix.row([1, 0, 1, 0]) }, [2, 2, 2, 2])).toBeCloseTo(2 * Math.LN2, 14);
  });

  it("is what the doctor takes for weighted classes: a balanced cost is no divergence", async () => {
    const x = Array.from({ length: 200 }, (_, j) => Math.sin(j));
    const data = { X: Matrix.row(x), Y: Matrix.row(x.map((_, j) => (j % 50 === 7 ? 1 : 0))) };
    const model = network({ inputs: 1, layers: [dense(4, "tanh"), dense(1, "sigmoid")] });
    const run = await train(model, data, { iterations: 200, classWeight: "balanced" });
    // Unweighted, chance costs 0.098; the weighted cost ends near ln 2, 7 times that.
    expect(run.history[run.history.length - 1].dataCost).toBeGreaterThan(0.3);
    expect(diagnose({ network: model, data, run }).map(({ symptom }) => symptom)).not.toContain("divergence");
  });
});

describe("the cost of logits of 0", () => {
  const model = (outputs: number, output: ActivationName, loss?: LossSpec) =>
    network({ inputs: 1, layers: [dense(outputs, output)], ...(loss && { loss }) });
  const X = Matrix.row([0, 0, 0, 0]);
  const one = Matrix.row([1, 0, 0, 0]);

  it("is that of even odds, ln 2 a sigmoid and ln K of K classes, however rare", () => {
    const Y = Matrix.from([
      [1, 1, 1, 1],
      [0, 0, 0, 0],
      [0, 0, 0, 0],
    ]);
    expect(zeroCost(model(1, "sigmoid"), { X, Y: one })).toBeCloseTo(Math.LN2, 15);
    expect(zeroCost(model(3, "sigmoid"), { X, Y })).toBeCloseTo(3 * Math.LN2, 15);
    expect(zeroCost(model(3, "softmax"), { X, Y })).toBeCloseTo(log(3), 15);
    expect(zeroCost(model(1, "sigmoid", { type: "binaryCrossEntropy", smoothing: 0.2 }), { X, Y: one })).toBeCloseTo(
      Math.LN2,
      15,
    );
  });

  it("is that of the answer 0 to numbers, and of the rate 1 to counts", () => {
    // (1 + 9 + 1 + 9) / 4, and the mean of 1 − y + y log y: (0 + 3 log 3 − 2) / 2.
    expect(zeroCost(model(1, "linear"), { X, Y: Matrix.row([1, 3, 1, 3]) })).toBe(5);
    const counts = { X, Y: Matrix.row([1, 3, 1, 3]) };
    expect(zeroCost(model(1, "exponential", "poisson"), counts)).toBeCloseTo((3 * Math.log(3) - 2) / 2, 14);
  });
});

describe("the least cost", () => {
  it("is the entropy of smoothed labels, and 0 otherwise", () => {
    const X = Matrix.row([0, 0, 0]);
    const smoothed = network({
      inputs: 1,
      layers: [dense(1, "sigmoid")],
      loss: { type: "binaryCrossEntropy", smoothing: 0.4 },
    });
    const Y = Matrix.row([1, 0, 0]);
    // The labels are 0.8 and 0.2.
    const entropy = -0.8 * Math.log(0.8) - 0.2 * Math.log(0.2);
    expect(leastCost(smoothed, { X, Y })).toBeCloseTo(entropy, 14);
    expect(leastCost(smoothed, { X, Y }, [2, 1, 3])).toBeCloseTo(2 * entropy, 14);
    const classes = network({
      inputs: 1,
      layers: [dense(3, "softmax")],
      loss: { type: "categoricalCrossEntropy", smoothing: 0.3 },
    });
    const oneHot = Matrix.from([
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ]);
    // 0.8, 0.1 and 0.1.
    expect(leastCost(classes, { X, Y: oneHot })).toBeCloseTo(-0.8 * Math.log(0.8) - 0.2 * Math.log(0.1), 14);
    expect(leastCost(network({ inputs: 1, layers: [dense(1, "sigmoid")] }), { X, Y })).toBe(0);
    expect(leastCost(network({ inputs: 1, layers: [dense(1, "linear")] }), { X, Y })).toBe(0);
  });
});

describe("a finding", () => {
  it("names the symptom, the layer, the number and its threshold, and a change that can be applied", async () => {
    const data = {
      X: Matrix.from([
        [1, -1, 2, -2],
        [0, 1, 0, 1],
      ]),
      Y: Matrix.row([1, 0, 1, 0]),
    };
    const model = network({ inputs: 2, layers: [dense(3, "tanh"), dense(1, "sigmoid")], initializer: "zeros" });
    const run = await train(model, data, { iterations: 50, optimizer: "gradientDescent" });
    const [finding] = diagnose({ network: model, data, run });
    expect(finding).toMatchObject({
      symptom: "symmetry",
      layer: 1,
      measured: 1,
      threshold: 2,
      why: { id: "doctor.why.symmetry", numbers: { units: 3, layer: 1 }, names: {} },
      advice: { id: "doctor.advice.breakSymmetry", numbers: {}, names: { initializer: "xavier" } },
      patch: { network: { initializer: "xavier" } },
    });
    expect(findingInWords(finding)).toEqual({
      symptom: "symmetry",
      why: "all 3 units of layer 1 are equal, so they learn the same: the layer is worth one unit",
      advice: "start from Xavier instead of zeros or a constant",
    });
    const page = doctorSection([[finding]]).source;
    expect(page).toContain("all 3 units of layer 1 are equal");
    expect(doctorSection([[]]).source).toContain("Healthy");
  });

  it("is not made up where there is nothing to read", async () => {
    const model = network({ inputs: 1, layers: [dense(1, "sigmoid")] });
    const data = { X: Matrix.row([0, 1]), Y: Matrix.row([0, 1]) };
    const run = await train(model, data, { iterations: 5 });
    expect(diagnose({ network: model, data, run: { ...run, history: [] } })).toEqual([]);
  });

  it("holds examples of few values to be alike by chance", async () => {
    // 4,000 values: with 1 − e^(−400/4000), 10 in 100, an example meets one of 400 others.
    let state = 1;
    const draw = (): number => {
      state = (state * 48271) % 2147483647;
      return (state % 4000) / 400;
    };
    const set = (m: number) => {
      const x = Array.from({ length: m }, draw);
      return { X: Matrix.row(x), Y: Matrix.row(x.map((value) => (value > 5 ? 1 : 0))) };
    };
    const [data, validation] = [set(400), set(200)];
    const model = network({ inputs: 1, layers: [dense(1, "sigmoid")] });
    const run = await train(model, data, { iterations: 5 });
    const known = new Set(data.X.data);
    expect(validation.X.data.filter((x) => known.has(x)).length).toBeGreaterThan(10);
    const found = diagnose({ network: model, data, validation, run });
    expect(found.filter(({ symptom }) => symptom === "leakedRows")).toEqual([]);
  });

  it("judges nothing after one epoch, in which each example was met once", async () => {
    const X = Matrix.row(Array.from({ length: 64 }, (_, j) => j % 7));
    const Y = Matrix.row(Array.from({ length: 64 }, (_, j) => j % 2));
    const symptomsAfter = async (epochs: number) => {
      const model = network({ inputs: 1, layers: [dense(1, "sigmoid")], initializer: "zeros" });
      const run = await train(model, { X, Y }, { epochs, batchSize: 16, learningRate: 1e-6 });
      return diagnose({ network: model, data: { X, Y }, run }).map(({ symptom }) => symptom);
    };
    expect(await symptomsAfter(1)).not.toContain("nothingLearned");
    expect(await symptomsAfter(3)).toContain("nothingLearned");
  });

  it("counts rows in both sets, 0 and −0 alike, and only those", async () => {
    const rows = 40;
    const X = Matrix.from([
      Array.from({ length: rows }, (_, j) => (j % 2) * j),
      Array.from({ length: rows }, (_, j) => ((j + 1) % 2) * j),
      new Array<number>(rows).fill(0),
    ]);
    const Y = Matrix.row(Array.from({ length: rows }, (_, j) => j % 2));
    const model = network({ inputs: 3, layers: [dense(1, "sigmoid")] });
    const run = await train(model, { X, Y }, { iterations: 5 });
    const leaked = (validation: Matrix) =>
      diagnose({ network: model, data: { X, Y }, validation: { X: validation, Y }, run }).filter(
        ({ symptom }) => symptom === "leakedRows",
      );
    const half = Matrix.from(
      X.toArray().map((row, i) => row.map((x, j) => (j < rows / 2 ? (i === 2 ? -0 : x) : x + 0.5))),
    );
    expect(leaked(half)).toMatchObject([{ measured: 0.5 }]);
    // Every example twice, both in the set they were drawn from: no chance makes that of three features.
    const twice = Matrix.from(X.toArray().map((row) => row.map((_, j) => row[j - (j % 2)])));
    const findings = diagnose({ network: model, data: { X, Y }, validation: { X: twice, Y }, run });
    expect(findings.map(({ symptom }) => symptom)).toContain("leakedRows");
    // The same numbers in other places.
    const [first, second, third] = X.toArray();
    expect(leaked(Matrix.from([third, first, second]))).toEqual([]);
  });
});
