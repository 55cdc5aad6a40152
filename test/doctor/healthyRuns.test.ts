import { describe, expect, it } from "vitest";
import { Matrix } from "../../src/array/matrix.js";
import type { Dataset } from "../../src/data/dataset.js";
import { moons } from "../../src/data/generators/moons.js";
import { diagnose } from "../../src/doctor/diagnose.js";
import { diagnoseEnded } from "../../src/doctor/diagnoseEnded.js";
import { batchNorm } from "../../src/network/batchNorm.js";
import { dense } from "../../src/network/dense.js";
import { dropout } from "../../src/network/dropout.js";
import { type Network, network } from "../../src/network/network.js";
import { piecewiseLinear } from "../../src/network/piecewiseLinear.js";
import type { LayerSpec } from "../../src/network/spec.js";
import type { ActivationName, LossSpec } from "../../src/ops/names.js";
import { RandomStream } from "../../src/random/streams.js";
import type { TrainingSpec } from "../../src/training/spec.js";
import { train } from "../../src/training/train.js";

const examples = 300;
const random = new RandomStream(1, "data", 9, 0);
const X = new Matrix(
  2,
  examples,
  Float64Array.from({ length: 2 * examples }, () => random.normal()),
);
const noise = Array.from({ length: examples }, () => random.normal());
const labels = moons({ examples, noise: 0.1, seed: 1 });
/** The same points with a feature between 18,000 and 22,000. */
const wide: Dataset = { X: scaled(labels.X), Y: labels.Y };

function scaled({ rows, columns, data }: Matrix): Matrix {
  return new Matrix(
    rows,
    columns,
    data.map((x, k) => (k < columns ? 1000 * x + 20_000 : x)),
  );
}

/** The inputs with a target of the first feature, and noise. */
function numbers(of: (x: number, e: number) => number): Dataset {
  return { X, Y: Matrix.row(noise.map((e, j) => of(X.get(0, j), e))) };
}

function model(output: ActivationName, loss: LossSpec, hidden: readonly LayerSpec[] = [dense(16, "tanh")]): Network {
  return network({ inputs: 2, layers: [...hidden, dense(1, output)], loss, seed: 1 }) as Network;
}

const even = (tau: number): readonly number[] => Array.from({ length: 17 }, (_, t) => tau * (t - 8));
const relu = [dense(16, "relu")];
const smooth = (smoothing: number): LossSpec => ({ type: "binaryCrossEntropy", smoothing });
const cases: Readonly<Record<string, readonly [Network, Dataset, TrainingSpec?]>> = {
  "labels so smooth that all answers cost nearly the same": [model("sigmoid", smooth(0.9), relu), labels],
  "counts of about 100, which begin at a rate of 1": [
    model("exponential", "poisson"),
    numbers((x) => Math.round(100 * Math.exp(0.3 * x))),
    { epochs: 100 },
  ],
  "numbers about 10, which begin at 0": [model("linear", "meanSquaredError"), numbers((x) => 10 + x)],
  "a high quantile of noisy numbers": [model("linear", { type: "quantile", tau: 0.99 }), numbers((x, e) => x + e)],
  "numbers of which most are 0": [model("linear", "meanAbsoluteError"), numbers((x) => Math.max(0, x - 0.5))],
  "a target that is always the same": [model("linear", "meanSquaredError"), numbers(() => 1)],
  "features of any scale that a batch norm takes": [
    model("sigmoid", "binaryCrossEntropy", [batchNorm(), ...relu]),
    wide,
  ],
  "features of any scale that an encoding takes": [
    model("sigmoid", "binaryCrossEntropy", [piecewiseLinear([even(250).map((x) => x + 20_000), even(0.2)]), ...relu]),
    wide,
  ],
  "L1 that leaves a tenth of many units": [
    model("sigmoid", "binaryCrossEntropy", [dense(128, "relu"), dense(32, "relu")]),
    labels,
    { l1: 0.5, epochs: 300 },
  ],
  "a warm-up over half of the run": [
    model("sigmoid", "binaryCrossEntropy", relu),
    labels,
    { schedule: { type: "cosine", warmup: 0.5 } },
  ],
};
const usual = { learningRate: 0.01, epochs: 60, batchSize: 20, seed: 1 } as const;

describe("a healthy run", () => {
  it.each(Object.entries(cases))("has no findings: %s", async (_name, [network, data, training]) => {
    const run = await train(network, data, { ...usual, ...training });
    expect(await diagnoseEnded({ network, data, run }, new AbortController().signal)).toEqual([]);
  });

  it("may have more than half of its units dead where it learned all that smoothed labels leave", async () => {
    const made = model("sigmoid", smooth(0.5), relu);
    made.parameters.b1.data.fill(-20, 0, 11);
    const run = await train(made, labels, usual);
    expect(diagnose({ network: made, data: labels, run })).toEqual([]);
  });

  it("of one class alone is only uneven", async () => {
    const made = model("sigmoid", "binaryCrossEntropy");
    const data = numbers(() => 1);
    const run = await train(made, data, usual);
    expect(diagnose({ network: made, data, run }).map(({ symptom }) => symptom)).toEqual(["imbalance"]);
  });
});

describe("dropout that leaves too little", () => {
  const said = async (made: Network, training: TrainingSpec = {}) => {
    const run = await train(made, labels, { ...usual, ...training, epochs: 5 });
    return diagnose({ network: made, data: labels, run }).filter(({ symptom }) => symptom === "dropoutMisused");
  };

  it("is found in dropout layers, which no setting of the training changes", async () => {
    const [finding, ...more] = await said(model("sigmoid", "binaryCrossEntropy", [...relu, dropout(0.2)]));
    expect(finding).toMatchObject({ measured: 0.2, why: { id: "doctor.why.dropoutMisused" } });
    expect([finding.patch, more]).toEqual([undefined, []]);
    expect(await said(model("sigmoid", "binaryCrossEntropy", [...relu, dropout(0.8)]))).toEqual([]);
  });

  it("is found of the features", async () => {
    const made = model("sigmoid", "binaryCrossEntropy", relu);
    expect(await said(made, { inputKeep: 0.2, keep: 0.4 })).toMatchObject([
      { measured: 0.2, why: { id: "doctor.why.featuresDropped" } },
    ]);
  });

  it("is found of the layer that keeps the fewest units", async () => {
    const made = model("sigmoid", "binaryCrossEntropy", [dense(16, "relu"), dense(16, "relu")]);
    expect(await said(made, { keep: [0.9, 0.3] })).toMatchObject([{ layer: 2, measured: 0.3 }]);
  });
});
