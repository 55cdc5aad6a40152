import { describe, expect, it } from "vitest";
import { augment } from "../../src/data/augmentation/augment.js";
import type { Augmentation } from "../../src/data/augmentation/spec.js";
import type { Dataset } from "../../src/data/dataset.js";
import { digits } from "../../src/data/generators/digits.js";
import { dense } from "../../src/network/dense.js";
import { type Network, network } from "../../src/network/network.js";
import type { Checkpoint } from "../../src/training/checkpoint.js";
import { evaluate } from "../../src/training/evaluate.js";
import type { TrainOptions } from "../../src/training/options.js";
import { train } from "../../src/training/train.js";

const augmentation: Augmentation = { height: 28, width: 28, steps: ["rotation", "shift", "elastic"] };
const model = (): Network =>
  network({ inputs: 784, layers: [dense(12, "tanh"), dense(10, "softmax")], initializer: "xavier", seed: 1 });
const trained = async (data: Dataset, options: TrainOptions) => {
  const net = model();
  return { net, run: await train(net, data, { optimizer: "gradientDescent", learningRate: 0.1, seed: 7, ...options }) };
};
const data = digits({ examples: 60, seed: 2 });

describe("train() with augmentation", () => {
  it.each(["wasm", "readable"] as const)("shows every epoch its own images, on the engine %s", async (engine) => {
    const before = { X: data.X.data.slice(), Y: data.Y.data.slice() };
    const { run } = await trained(data, { epochs: 3, augmentation, engine, recordEvery: 1 });
    // Full batches: each step is an epoch. The same by hand, a run of one step an epoch on its images.
    const net = model();
    for (const [i, entry] of run.history.slice(0, 3).entries()) {
      const images = { ...data, X: augment(data.X, augmentation, { seed: 7, epoch: i + 1 }) };
      expect(Math.abs(entry.cost - evaluate(net, images).cost)).toBeLessThan(1e-12);
      await train(net, images, { optimizer: "gradientDescent", learningRate: 0.1, iterations: 1, engine });
    }
    expect(data.X.data).toEqual(before.X);
    expect(data.Y.data).toEqual(before.Y);
  });

  it("gives the same run again, in mini-batches and however often it is recorded", async () => {
    const first = await trained(data, { epochs: 4, batchSize: 16, augmentation });
    const again = await trained(data, { epochs: 4, batchSize: 16, augmentation, recordEvery: 3 });
    const readable = await trained(data, { epochs: 4, batchSize: 16, augmentation, engine: "readable" });
    const without = await trained(data, { epochs: 4, batchSize: 16 });
    expect(again.net.theta).toEqual(first.net.theta);
    expect(without.net.theta).not.toEqual(first.net.theta);
    for (const [i, value] of readable.net.theta.entries())
      expect(Math.abs(first.net.theta[i] - value)).toBeLessThan(1e-12);
  });

  it("trains the same network as without where the steps do nothing", async () => {
    const nothing: Augmentation = { ...augmentation, steps: [{ type: "rotation", degrees: 0 }] };
    for (const batchSize of [16, 60]) {
      const a = await trained(data, { epochs: 3, batchSize, augmentation: nothing });
      const b = await trained(data, { epochs: 3, batchSize });
      expect(a.net.theta).toEqual(b.net.theta);
    }
  });

  it("keeps the augmentation, with its defaults, in the configuration of the run", async () => {
    const { run } = await trained(data, { epochs: 1, augmentation });
    expect(JSON.parse(JSON.stringify(run.spec.augmentation))).toEqual({
      ...{ height: 28, width: 28, channels: 1 },
      steps: [
        { type: "rotation", degrees: 10 },
        { type: "shift", pixels: 2 },
        { type: "elastic", pixels: 0.5, spacing: 7 },
      ],
    });
  });

  it("refuses images of another size", async () => {
    await expect(trained(data, { augmentation: { ...augmentation, channels: 3 } })).rejects.toThrow(
      "train(): data.X has 784 features (rows), but images of 28 × 28 pixels with 3 values each have 2352",
    );
  });

  it("reads digits it was not taught better than without", async () => {
    const training = digits({ examples: 500, seed: 1 });
    const test = digits({ examples: 1000, seed: 100 });
    const accuracyWith = async (extra: TrainOptions): Promise<number> => {
      const net = network({
        inputs: 784,
        layers: [dense(32, "relu"), dense(10, "softmax")],
        initializer: "he",
        seed: 1,
      });
      await train(net, training, { epochs: 15, batchSize: 50, learningRate: 0.003, seed: 1, ...extra });
      return evaluate(net, test).accuracy ?? 0;
    };
    const without = await accuracyWith({});
    const augmented = await accuracyWith({ augmentation });
    // One accuracy on 1,000 images has a standard error of 0.013.
    expect(augmented).toBeGreaterThan(without + 0.04);
  });
});

describe("onRecord", () => {
  it("hears of every history entry while the network holds the weights it speaks of", async () => {
    const net = model();
    const heard: number[] = [];
    const run = await train(net, data, {
      ...{ optimizer: "gradientDescent", learningRate: 0.1, iterations: 20, recordEvery: 5 },
      onRecord: (entry) => {
        heard.push(entry.iteration);
        expect(Math.abs(evaluate(net, data).cost - entry.cost)).toBeLessThan(1e-12);
      },
    });
    expect(heard).toEqual(run.history.map(({ iteration }) => iteration));
    expect(heard).toEqual([0, 5, 10, 15, 20]);
  });
});

describe("a checkpoint of an augmented run", () => {
  it("goes on with the images of its epoch, to the same bits", async () => {
    const options = { epochs: 6, batchSize: 16, augmentation, checkpoint: undefined } as const;
    const whole = await trained(data, options);
    const points: Checkpoint[] = [];
    await trained(data, { ...options, checkpoint: { every: 2, save: async (point) => void points.push(point) } });
    expect(points.length).toBeGreaterThan(1);
    const resumed = await trained(data, { ...options, resume: points[0] });
    expect(resumed.net.theta).toEqual(whole.net.theta);
    expect(resumed.run.history).toEqual(whole.run.history);
  });
});
