import { describe, expect, it, vi } from "vitest";
import { Matrix } from "../../src/array/matrix.js";
import { OptionError } from "../../src/constraint/constraint.js";
import type { Dataset } from "../../src/data/dataset.js";
import { circles } from "../../src/data/generators/circles.js";
import { backward } from "../../src/network/backward.js";
import { cost } from "../../src/network/cost.js";
import { dense } from "../../src/network/dense.js";
import { forward } from "../../src/network/forward.js";
import { type Network, network } from "../../src/network/network.js";
import { evaluate } from "../../src/training/evaluate.js";
import { NonFiniteCostError } from "../../src/training/nonFinite.js";
import type { Progress, TrainOptions } from "../../src/training/options.js";
import { train } from "../../src/training/train.js";

const data = circles({ examples: 60, noise: 0.05, seed: 1 });
const validation = circles({ examples: 40, noise: 0.05, seed: 2 });
const small = (options: Partial<Parameters<typeof network>[0]> = {}): Network =>
  network({ inputs: 2, layers: [dense(8, "relu"), dense(1, "sigmoid")], seed: 3, ...options });

async function thetaAfter(options: TrainOptions, model = small()): Promise<number[]> {
  await train(model, data, options);
  return Array.from(model.theta);
}

describe("train", () => {
  it("takes the steps of the readable backward pass", async () => {
    const model = small();
    const oracle = small();
    const learningRate = 0.1;
    const l2 = 0.7;
    const run = await train(model, data, { optimizer: "gradientDescent", learningRate, l2, iterations: 20 });
    for (let t = 0; t < 20; t++) {
      const pass = forward(oracle, data.X);
      const expected = cost(oracle, pass, data.Y, { l2 });
      const entry = run.history[t];
      expect(entry.iteration).toBe(t);
      // 60 terms summed in another order: 60 u.
      expect(Math.abs(entry.cost - expected.cost)).toBeLessThan(1e-14);
      expect(Math.abs(entry.penalty - expected.penalty)).toBeLessThan(1e-14);
      expect(entry.cost).toBe(entry.dataCost + entry.penalty);
      const { dTheta } = backward(oracle, pass.cache, data.Y, { l2 });
      for (let k = 0; k < dTheta.length; k++) oracle.theta[k] -= learningRate * dTheta[k];
    }
    for (let k = 0; k < model.theta.length; k++) expect(Math.abs(model.theta[k] - oracle.theta[k])).toBeLessThan(1e-13);
    // One entry more: the state after the last step.
    expect(run.history).toHaveLength(21);
    expect(run.history[20].iteration).toBe(20);
    expect(run).toMatchObject({ stopped: "finished", iterations: 20, epochs: 20 });
  });

  it("repeats itself from the same seed, and not from another", async () => {
    const options = { epochs: 5, batchSize: 16, keep: 0.8, inputKeep: 0.9, seed: 5 };
    const first = await thetaAfter(options);
    expect(await thetaAfter(options)).toEqual(first);
    expect(await thetaAfter({ ...options, seed: 6 })).not.toEqual(first);
  });

  it("meets every example once an epoch, in another order each time", async () => {
    // Gradient descent at a tiny α on a linear model without hidden layer: the sum of all steps of one epoch is the
    // full-batch step, up to the change of θ within the epoch.
    const linear = (): Network => network({ inputs: 2, layers: [dense(1, "linear")], initializer: "zeros" });
    const options = { optimizer: "gradientDescent" as const, learningRate: 1e-9 };
    const full = await thetaAfter({ ...options, iterations: 1 }, linear());
    const batches = await thetaAfter({ ...options, epochs: 1, batchSize: 20 }, linear());
    // Three batches of 20 each average a third of the examples.
    for (const [k, value] of batches.entries()) expect(Math.abs(value / 3 - full[k])).toBeLessThan(1e-15);
    // A smaller last batch: 60 = 2 · 25 + 10, six steps in two epochs.
    const run = await train(linear(), data, { epochs: 2, batchSize: 25 });
    expect(run.iterations).toBe(6);
    expect(run.history.map(({ iteration, epoch }) => [iteration, epoch])).toEqual([
      [0, 1],
      [3, 2],
      [6, 2],
    ]);
  });

  it("drops other units at each step, none at prediction, and the same ones in reference mode", async () => {
    const options = {
      optimizer: "gradientDescent" as const,
      learningRate: 1e-12,
      iterations: 6,
      keep: 0.5,
      recordEvery: 1,
    };
    // θ hardly moves, so the costs differ by the masks alone.
    const fresh = (await train(small(), data, options)).history.map((entry) => entry.cost);
    expect(new Set(fresh).size).toBe(fresh.length);
    const reseeded = (await train(small(), data, { ...options, dropoutReseed: 1 })).history.map((entry) => entry.cost);
    for (const value of reseeded) expect(Math.abs(value - reseeded[0])).toBeLessThan(1e-9);
    const clean = (await train(small(), data, { ...options, recordCleanCost: true })).history;
    const expected = evaluate(small(), data).cost;
    for (const entry of clean) expect(Math.abs((entry.cleanCost ?? 0) - expected)).toBeLessThan(1e-9);
  });

  it("weights examples and classes: a weight of 2 counts as two copies", async () => {
    const twice: Dataset = {
      X: Matrix.from([[1, 2, 3, 3]]),
      Y: Matrix.row([0, 0, 1, 1]),
    };
    const once: Dataset = { X: Matrix.from([[1, 2, 3]]), Y: Matrix.row([0, 0, 1]) };
    const model = (): Network => network({ inputs: 1, layers: [dense(1, "sigmoid")] });
    const options = { optimizer: "gradientDescent" as const, learningRate: 0.5, iterations: 50 };
    const copied = model();
    await train(copied, twice, options);
    // (1/4)(a + b + 2c) against (1/3)(3/4 a + 3/4 b + 6/4 c).
    const weighted = model();
    await train(weighted, once, { ...options, sampleWeights: [0.75, 0.75, 1.5] });
    // balanced: m / (K · mₖ) = 3 / (2 · 2), 3 / (2 · 1): the same numbers.
    const balanced = model();
    await train(balanced, once, { ...options, classWeight: "balanced" });
    const listed = model();
    await train(listed, once, { ...options, classWeight: [0.75, 1.5] });
    for (const other of [weighted, balanced, listed]) {
      for (let k = 0; k < 2; k++) expect(Math.abs(other.theta[k] - copied.theta[k])).toBeLessThan(1e-14);
    }
  });

  it("stops early and gives the best weights back", async () => {
    const model = network({ inputs: 2, layers: [dense(30, "relu"), dense(1, "sigmoid")], seed: 1 });
    const few = circles({ examples: 12, noise: 0.3, seed: 4 });
    const run = await train(model, few, {
      learningRate: 0.05,
      iterations: 5000,
      recordEvery: 5,
      validation,
      earlyStopping: { patience: 10 },
    });
    expect(run.stopped).toBe("earlyStopping");
    const watched = run.history.map((entry) => entry.validation?.cost ?? Number.NaN);
    const best = Math.min(...watched);
    expect(run.best?.value).toBe(best);
    expect(run.best?.iteration).toBe(run.history[watched.indexOf(best)].iteration);
    // Ten checks after the best one, none of them better.
    expect(watched.length - 1 - watched.indexOf(best)).toBe(10);
    expect(evaluate(model, validation).cost).toBe(best);
  });

  it("gives the best weights back when patience is never used up, and when it is aborted", async () => {
    for (const abortAfter of [Number.POSITIVE_INFINITY, 3]) {
      const model = small();
      const controller = new AbortController();
      let reports = 0;
      const run = await train(model, data, {
        optimizer: "gradientDescent",
        learningRate: 3,
        iterations: abortAfter === 3 ? 10_000_000 : 200,
        validation,
        earlyStopping: { patience: 1_000_000, metric: "accuracy" },
        recordEvery: 1,
        signal: controller.signal,
        onProgress: () => {
          reports++;
          if (reports >= abortAfter) controller.abort();
        },
      });
      expect(run.stopped).toBe(abortAfter === 3 ? "aborted" : "finished");
      const best = Math.max(...run.history.map((entry) => entry.validation?.accuracy ?? 0));
      expect(run.best?.value).toBe(best);
      expect(evaluate(model, validation).accuracy).toBe(best);
    }
  });

  it("gives the best weights back when the caller's own code throws", async () => {
    const model = small();
    let best = Number.POSITIVE_INFINITY;
    const thrown = train(model, data, {
      optimizer: "gradientDescent",
      learningRate: 3,
      iterations: 10_000_000,
      recordEvery: 1,
      validation,
      earlyStopping: { patience: 1_000_000 },
      onProgress: (progress) => {
        best = progress.best?.value ?? best;
        throw new Error("mine");
      },
    });
    await expect(thrown).rejects.toThrow("mine");
    expect(evaluate(model, validation).cost).toBe(best);
  });

  it("keeps the last weights where validation is only watched", async () => {
    const watched = small();
    await train(watched, data, { iterations: 50, validation });
    expect(Array.from(watched.theta)).toEqual(await thetaAfter({ iterations: 50 }));
  });

  it("stops at a cost that is not finite, says where and why, and keeps the last finite weights", async () => {
    const model = network({ inputs: 2, layers: [dense(4, "relu"), dense(1, "linear")], seed: 1 });
    const error = await train(model, data, {
      optimizer: "gradientDescent",
      learningRate: 1e60,
      iterations: 100,
    }).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(NonFiniteCostError);
    if (!(error instanceof NonFiniteCostError)) return;
    expect(error.message).toContain("learning rate 1e+60 is probably too large");
    expect(error.where.iteration).toBeGreaterThan(0);
    expect(error.run.stopped).toBe("nonFinite");
    expect(model.theta.every(Number.isFinite)).toBe(true);
    expect(Number.isFinite(evaluate(model, data).cost)).toBe(true);

    const huge = network({
      inputs: 2,
      layers: [dense(4, "relu"), dense(1, "linear")],
      initializer: { type: "normal", scale: 1e200 },
    });
    await expect(train(huge, data, { iterations: 1 })).rejects.toThrow("broke before the first update");
  });

  it("yields at least every 8 ms, so that timers run while it trains", async () => {
    // A clock that goes on by a millisecond at each look.
    let looks = 0;
    const clock = vi.spyOn(performance, "now").mockImplementation(() => looks++);
    let turns = 0;
    let next = setImmediate(function count() {
      turns++;
      next = setImmediate(count);
    });
    await train(small(), data, { iterations: 2000 });
    clearImmediate(next);
    clock.mockRestore();
    expect(looks).toBeGreaterThan(2000);
    // A step looks twice, so that a slice ends after 8 or 9 ms, and one look begins the next.
    expect(turns).toBeGreaterThanOrEqual(Math.floor(looks / 11));
  });

  it("reports progress that only grows and ends at the last step", async () => {
    const seen: Progress[] = [];
    await train(small(), data, {
      epochs: 400,
      batchSize: 20,
      validation,
      onProgress: (progress) => seen.push(progress),
    });
    const last = seen[seen.length - 1];
    expect(last).toMatchObject({ iteration: 1200, iterations: 1200, epoch: 400, epochs: 400, secondsLeft: 0 });
    expect(last.best?.metric).toBe("cost");
    for (const [k, progress] of seen.entries()) {
      expect(progress.iteration).toBeGreaterThanOrEqual(seen[Math.max(0, k - 1)].iteration);
      expect(progress.latest.iteration).toBeLessThanOrEqual(progress.iteration);
    }
  });

  it("returns at once when the signal is already aborted", async () => {
    const run = await train(small(), data, { iterations: 1e6, signal: AbortSignal.abort() });
    expect(run).toMatchObject({ stopped: "aborted", iterations: 0 });
  });

  it("trains in float32", async () => {
    const model = small({ dtype: "float32" });
    await train(model, { X: data.X.as("float32"), Y: data.Y.as("float32") }, { iterations: 300, learningRate: 0.01 });
    const double = small();
    await train(double, data, { iterations: 300, learningRate: 0.01 });
    expect(Math.abs(evaluate(model, data).cost - evaluate(double, data).cost)).toBeLessThan(1e-3);
  });

  it.each([
    ["features that do not fit", { X: Matrix.zeros(3, 4), Y: Matrix.zeros(1, 4) }, {}, "takes 2 features"],
    ["targets that do not fit", { X: Matrix.zeros(2, 4), Y: Matrix.zeros(2, 4) }, {}, "Y is 2 × 4"],
    ["numbers of examples that differ", { X: Matrix.zeros(2, 4), Y: Matrix.zeros(1, 3) }, {}, "Y has 3"],
    ["no examples", { X: Matrix.zeros(2, 0), Y: Matrix.zeros(1, 0) }, {}, "there are no examples"],
    [
      "NaN",
      {
        X: Matrix.from([
          [1, Number.NaN],
          [0, 0],
        ]),
        Y: Matrix.row([0, 1]),
      },
      {},
      "feature 0 of example 1 is NaN",
    ],
    ["labels outside {0, 1}", { X: Matrix.zeros(2, 2), Y: Matrix.row([0, 2]) }, {}, "example 1: the label is 2"],
    [
      "keep of another length",
      data,
      { keep: [0.5, 0.5] },
      "needs one number per hidden layer; the network has 1, got 2",
    ],
    ["patience without validation", data, { earlyStopping: { patience: 3 } }, "give one as options.validation"],
    ["too few weights", data, { sampleWeights: [1, 2] }, "60 examples need 60 sampleWeights, got 2"],
    ["a negative weight", data, { sampleWeights: new Float64Array(60).fill(-1) }, "sampleWeights[0]"],
    ["weights that are all 0", data, { sampleWeights: new Float64Array(60) }, "all 0, which leaves nothing to learn"],
    ["class weights of another length", data, { classWeight: [1] }, "2 classes need 2 class weights, got 1"],
  ])("refuses %s", async (_what, bad, options, message) => {
    await expect(train(small(), bad, options)).rejects.toThrow(message);
  });

  it("refuses a metric that the validation set does not have", async () => {
    const oneClass = { X: Matrix.zeros(2, 3), Y: Matrix.zeros(1, 3) };
    const options = { validation: oneClass, earlyStopping: { patience: 2, metric: "rocAuc" as const } };
    await expect(train(small(), data, options)).rejects.toThrow(OptionError);
    await expect(train(small(), data, options)).rejects.toThrow("cannot watch rocAuc on this validation set");
  });
});
