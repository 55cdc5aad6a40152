import { describe, expect, it } from "vitest";
import { Matrix } from "../../../src/array/matrix.js";
import type { Dataset } from "../../../src/data/dataset.js";
import type { CheckProgress } from "../../../src/gradcheck/checkOptions.js";
import { checkNetwork } from "../../../src/gradcheck/network/checkNetwork.js";
import { FrozenPass } from "../../../src/gradcheck/network/frozenPass.js";
import { MovedEntry } from "../../../src/gradcheck/network/movedEntry.js";
import type { NetworkCheckOptions } from "../../../src/gradcheck/network/networkOptions.js";
import { parseNetworkCheck } from "../../../src/gradcheck/network/networkOptions.js";
import { firstStep } from "../../../src/gradcheck/network/trainingStep.js";
import { backward } from "../../../src/network/backward.js";
import { cost } from "../../../src/network/cost.js";
import { dense } from "../../../src/network/dense.js";
import { forward } from "../../../src/network/forward.js";
import { type Network, network, networkWith } from "../../../src/network/network.js";
import { type ActivationSpec, hiddenActivations, type LossSpec } from "../../../src/ops/names.js";
import { RandomState } from "../../../src/random/randomState.js";
import { heads as lossHeads, targetsFor } from "../../problems.js";
import { said } from "../said.js";
import { backprop } from "./student.js";

const leaky: ActivationSpec = { type: "leakyRelu", slope: 0.1 };
const hidden: readonly ActivationSpec[] = [...hiddenActivations, leaky];
type Head = readonly [ActivationSpec, LossSpec, number];
const heads: readonly Head[] = [
  ["sigmoid", "binaryCrossEntropy", 1],
  ...lossHeads.map(([activation, loss]): Head => [activation, loss, 3]),
];
const regularizers: Readonly<Record<string, NetworkCheckOptions>> = {
  none: {},
  l2: { l2: 0.7 },
  elastic: { l1: 0.5, l2: [0.7, 0, 0.2] },
  dropout: { keep: 0.7, inputKeep: 0.9 },
  "l2, dropout and mini-batches": { l2: 0.7, keep: 0.7, batchSize: 4 },
  "weights and reference masks": { sampleWeights: [0.5, 2, 0, 1, 3, 1, 1], keep: 0.7, dropoutReseed: 3 },
};
/** Every activation with every regularizer, and with every head and itself as the output. */
const cases = hidden.flatMap((g, i) => {
  const own: readonly Head[] = [...heads, [g, "meanSquaredError", 2]];
  return Object.keys(regularizers).flatMap((r, k) =>
    [0, 2].map((turn) => [g, ...own[(i + k + turn) % own.length], r] as const),
  );
});

function problem(sizes: readonly number[], g: ActivationSpec, output: ActivationSpec, loss: LossSpec, m = 7) {
  const random = new RandomState(11);
  const last = sizes.length - 1;
  const model = network({
    inputs: sizes[0],
    layers: sizes.slice(1).map((units, index) => dense(units, index === last - 1 ? output : g)),
    initializer: "xavier",
    loss,
    seed: 5,
  });
  for (const { b } of model.layers) b.data.set(random.randn(b.rows, 1).data);
  const data: Dataset = { X: random.randn(sizes[0], m), Y: targetsFor(loss, sizes[last], m, random) };
  return { model, data };
}

describe("the gradient of our own networks", () => {
  it.each(cases)("%j then %j with %s (%i outputs), %s, is correct", async (g, output, loss, outputs, regularizer) => {
    const { model, data } = problem([3, 4, 3, outputs], g, output, loss);
    const options = regularizers[regularizer];
    for (const engine of ["wasm", "readable"] as const) {
      const report = await checkNetwork(model, data, { ...options, engine });
      expect([engine, report.verdict, String(report)]).toEqual([engine, "correct", String(report)]);
    }
  });

  it("is correct in float32, whose rounding is no error", async () => {
    for (const g of hidden) {
      const { model, data } = problem([3, 4, 3, 2], g, "linear", "meanSquaredError");
      const single = network({ ...model.spec, dtype: "float32" });
      const report = await checkNetwork(single, data, { l2: 0.3, keep: 0.8 });
      expect(report.verdict).toBe("correct");
    }
  });

  it("is correct at kinks: biases and inputs of 0", async () => {
    const { model, data } = problem([3, 6, 5, 1], "relu", "sigmoid", "binaryCrossEntropy");
    for (const { b } of model.layers) b.data.fill(0);
    data.X.data.fill(0, 0, 7);
    data.X.data[8] = 0;
    data.X.data[15] = 0; // example 1 is 0 throughout: every ReLU of the first layer stands at its kink
    const report = await checkNetwork(model, data, { mode: "exhaustive" });
    expect(report.verdict).toBe("correct");
    for (const { entries = [] } of report.blocks) {
      // Frozen branches leave no kink, so that every entry is known to 8 digits of a gradient of about 0.1.
      for (const { error } of entries) expect(error).toBeLessThan(1e-8);
    }
  });

  it("is correct of networks that start with all weights 0", async () => {
    const { data } = problem([3, 4, 1], "tanh", "sigmoid", "binaryCrossEntropy");
    const model = network({ inputs: 3, layers: [dense(4, "tanh"), dense(1, "sigmoid")], initializer: "zeros" });
    expect((await checkNetwork(model, data)).verdict).toBe("correct");
  });

  it("is checked in few forward passes where the network is large, with progress", async () => {
    const { model, data } = problem([200, 120, 60, 10], "relu", "softmax", "categoricalCrossEntropy", 32);
    const seen: CheckProgress[] = [];
    const report = await checkNetwork(model, data, { onProgress: (progress) => seen.push(progress) });
    expect(report.verdict).toBe("correct");
    // 6 blocks at two points of training, at most 30 forward passes each; the naive loop takes 2 · 32,010.
    expect(report.costEvaluations).toBeLessThan(2 * 6 * 30);
    expect(seen.length).toBeGreaterThanOrEqual(12);
    expect(new Set(seen.map(({ blocks }) => blocks))).toEqual(new Set([12]));
    expect(seen.map(({ blocksDone }) => blocksDone)).toEqual(
      seen.map(({ blocksDone }) => blocksDone).sort((a, b) => a - b),
    );
    expect(seen.at(-1)).toMatchObject({ block: "b3", blocksDone: 11 });
  });

  it("leaves the network and the data as they are", async () => {
    const { model, data } = problem([3, 4, 1], "relu", "sigmoid", "binaryCrossEntropy");
    const before = [model.theta.slice(), data.X.data.slice(), data.Y.data.slice()];
    await checkNetwork(model, data, { keep: 0.5, l2: 1 });
    expect([model.theta, data.X.data, data.Y.data]).toEqual(before);
  });

  it("gives the same report for the same seed", async () => {
    const { model, data } = problem([3, 4, 1], "relu", "sigmoid", "binaryCrossEntropy");
    const report = async (seed: number) => ({ ...(await checkNetwork(model, data, { seed, keep: 0.5 })), seconds: 0 });
    expect(await report(3)).toEqual(await report(3));
    expect(await report(3)).not.toEqual(await report(4));
  });
});

describe("a backward pass of one's own", () => {
  it("is correct as a student writes it", async () => {
    const { model, data } = problem([3, 4, 4, 1], "tanh", "sigmoid", "binaryCrossEntropy");
    const report = await checkNetwork(model, data, { l2: 0.7, keep: 0.7, gradients: (at, step) => backprop(at, step) });
    expect(report.verdict).toBe("correct");
    expect(report.notes.map(said)).toEqual(["checked at the given parameters and again after 20 steps of training"]);
  });

  it("gets a network of its own, and the numbers of the step", async () => {
    const { model, data } = problem([3, 4, 1], "relu", "sigmoid", "binaryCrossEntropy");
    const before = model.theta.slice();
    const steps = new Set<object>();
    const report = await checkNetwork(model, data, {
      l2: 0.5,
      batchSize: 4,
      inputKeep: 0.5,
      gradients: (at, step) => {
        steps.add(step);
        const { gradients } = backward(at, forward(at, step.X, step).cache, step.Y, step);
        at.theta.fill(Number.NaN);
        return gradients;
      },
    });
    expect(report.verdict).toBe("correct");
    expect(model.theta).toEqual(before);
    expect(steps.size).toBe(1);
    const [step] = steps;
    expect(step).toMatchObject({
      l2: 0.5,
      trainingExamples: 7,
      X: { rows: 3, columns: 4 },
      Y: { rows: 1, columns: 4 },
    });
  });
});

describe("bad input", () => {
  const { model, data } = problem([3, 4, 1], "relu", "sigmoid", "binaryCrossEntropy");
  const wrong = (options: object): Promise<unknown> => checkNetwork(model, data, options as NetworkCheckOptions);

  it.each([
    [{ l2: -1 }, "checkNetwork(): l2 must be a finite number of at least 0, got -1"],
    [{ keep: 0 }, "checkNetwork(): keep must be a finite number above 0 and of at most 1, got 0"],
    [{ keep: [0.5, 0.5] }, "checkNetwork(): keep needs one number per hidden layer; the network has 1, got 2"],
    [{ engine: "wsm" }, 'checkNetwork(): engine must be one of wasm, readable, got "wsm" (did you mean wasm?)'],
    [{ epsilon: 1e-7 }, 'checkNetwork(): options: unknown option "epsilon"'],
    [{ trainingSteps: 1.5 }, "checkNetwork(): trainingSteps must be a whole number of at least 0, got 1.5"],
    [{ blocks: ["W9"] }, 'checkNetwork(): blocks must be one of W1, b1, W2, b2, got "W9"'],
    [{ sampleWeights: [1] }, "checkNetwork(): 7 examples need 7 sampleWeights, got 1"],
    [{ gradients: 3 }, "checkNetwork(): gradients must be a function of a network and a step, got 3"],
    [{ gradients: () => ({}) }, "checkNetwork(): gradients() returned nothing for W1"],
    [{ gradients: async () => ({}) }, "checkNetwork(): gradients() must return an object such as"],
    [{ gradients: () => ({ dW1: [[1]] }) }, "checkNetwork(): W1 is 4 × 3, but gradients() returned 1 × 1 for it"],
  ])("%j is refused: %s", async (options, message) => {
    await expect(wrong(options)).rejects.toThrow(message);
  });

  it("is refused where network or data are none, or do not fit", async () => {
    await expect(checkNetwork({} as Network, data)).rejects.toThrow("expected a network made by network(), got");
    await expect(checkNetwork(model, {} as Dataset)).rejects.toThrow("expected data { X, Y }, got");
    await expect(checkNetwork(model, { ...data, X: Matrix.zeros(2, 7) })).rejects.toThrow(
      "checkNetwork(): data: the network takes 3 features and gives 1 outputs; X is 2 × 7",
    );
    const broken = networkWith(model.spec, model.theta.slice() as Float64Array);
    broken.theta[5] = Number.NaN;
    await expect(checkNetwork(broken, data)).rejects.toThrow("parameters.W1[1, 2] is NaN");
  });

  it("stops when told to", async () => {
    const large = problem([60, 50, 40, 1], "relu", "sigmoid", "binaryCrossEntropy", 40);
    const controller = new AbortController();
    const checking = checkNetwork(large.model, large.data, {
      mode: "exhaustive",
      signal: controller.signal,
      onProgress: ({ costEvaluations }) => costEvaluations > 300 && controller.abort(new Error("enough")),
    });
    await expect(checking).rejects.toThrow("enough");
    await expect(checkNetwork(model, data, { signal: AbortSignal.abort(new Error("before")) })).rejects.toThrow(
      "before",
    );
  });

  it("says where training leads to no numbers", async () => {
    const huge = problem([3, 4, 1], "linear", "linear", "meanSquaredError");
    for (let k = 0; k < huge.data.Y.data.length; k++) huge.data.Y.data[k] *= 1e200;
    // (y − a)² is beyond the range of numbers: there is nothing to check at all.
    await expect(checkNetwork(huge.model, huge.data)).rejects.toThrow("cost() is Infinity at the given parameters");
  });
});

describe("the frozen pass", () => {
  const options: NetworkCheckOptions = { l2: 0.7, keep: 0.7, inputKeep: 0.8, sampleWeights: [0.5, 2, 0, 1, 3, 1, 1] };

  it.each(hidden.map((g) => [g] as const))("is J at θ to the last bit, and near it, for %j", (g) => {
    const { model, data } = problem([3, 5, 4, 3, 2], g, "softmax", "meanSquaredError");
    const { recipe, strengths } = parseNetworkCheck("", model, data, options);
    const step = firstStep(model, recipe, strengths);
    const J = (theta: Float64Array): number => {
      const moved = networkWith(model.spec, theta);
      return cost(moved, forward(moved, step.X, step), step.Y, step).cost;
    };
    const theta = Float64Array.from(model.theta);
    const twin = networkWith(model.spec, theta.slice());
    const frozen = new FrozenPass(twin, step, theta);
    const entry = new MovedEntry(frozen);
    expect(frozen.cost(theta)).toBe(J(theta));
    for (let k = 0; k < theta.length; k++) {
      for (const distance of [1e-5, -1e-5]) {
        const moved = theta.slice();
        moved[k] += distance;
        // No kink is so near: the frozen pass is the pass itself, from the first layer that changed.
        expect(frozen.cost(moved)).toBe(J(moved));
        // The update of rank 1 rounds elsewhere: some dozen roundings of 1e-16.
        expect(Math.abs(entry.cost(k, distance) - J(moved))).toBeLessThan(1e-14);
      }
    }
  });

  it("keeps the branches of θ beyond a kink", () => {
    // a = ReLU(w) for x = 1, J = a²; at w = 1 frozen a = w everywhere, at w = −1 frozen a = 0.
    const model = networkWith(
      { inputs: 1, layers: [dense(1, "relu")], loss: "meanSquaredError" },
      Float64Array.of(1, 0),
    );
    const data = { X: Matrix.row([1]), Y: Matrix.row([0]) };
    const { recipe, strengths } = parseNetworkCheck("", model, data, {});
    const step = firstStep(model, recipe, strengths);
    const at = (w: number) =>
      new FrozenPass(networkWith(model.spec, Float64Array.of(w, 0)), step, Float64Array.of(w, 0));
    expect(at(1).cost(Float64Array.of(-3, 0))).toBe(9);
    expect(at(-1).cost(Float64Array.of(3, 0))).toBe(0);
    expect(new MovedEntry(at(1)).cost(0, -4)).toBe(9);
  });
});

describe("a cost that is too large for a number", () => {
  it("is refused, in float32 where a float32 cannot hold it", async () => {
    const model = (dtype: "float64" | "float32", bias: number) =>
      network({ inputs: 1, layers: [dense(1, "exponential", { bias })], loss: "poisson", dtype });
    const data = { X: Matrix.row([0.1, 0.2]), Y: Matrix.row([1, 2]) };
    const said = "cost() is Infinity at the given parameters; it must give a finite number there";
    await expect(checkNetwork(model("float64", 800), data)).rejects.toThrow(said);
    await expect(checkNetwork(model("float32", 200), data)).rejects.toThrow(said);
    expect((await checkNetwork(model("float64", 200), data, { trainingSteps: 0 })).verdict).toBe("correct");
  });
});
