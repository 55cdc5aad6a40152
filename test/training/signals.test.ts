import { describe, expect, it } from "vitest";
import { Matrix } from "../../src/array/matrix.js";
import { circles } from "../../src/data/generators/circles.js";
import { wasmEngine } from "../../src/engine/wasm/wasmEngine.js";
import { dense } from "../../src/network/dense.js";
import { network, networkWith } from "../../src/network/network.js";
import { momentsOf } from "../../src/training/moments.js";
import { SignalSample, updateNorms, weightsOf } from "../../src/training/signals.js";
import { train } from "../../src/training/train.js";

describe("signals of the layers", () => {
  // W1 = [1; −1; 2], b1 = [0; −9; 0] on x = 1, 3 gives Z1 = [1 3; −10 −12; 2 6]: unit 1 is dead.
  // W2 = [1 0 1], b2 = −3 gives z = 0, 6 and a = 0.5, σ(6).
  const model = networkWith(
    { inputs: 1, layers: [dense(3, "relu"), dense(1, "sigmoid")] },
    Float64Array.of(1, -1, 2, 0, -9, 0, 1, 0, 1, -3),
  );
  const X = Matrix.row([1, 3]);
  const Y = Matrix.row([0, 1]);

  it("are those of a forward and backward pass, by hand", () => {
    const sample = new SignalSample(model, { X, Y }, wasmEngine);
    const [first, second] = sample.take();
    sample.release();
    // A1 = [1 3; 0 0; 2 6]: sum 12, squares 1 + 9 + 4 + 36 = 50, mean 2, deviation √(50/6 − 4).
    expect(first.activation.mean).toBeCloseTo(2, 14);
    expect(first.activation.deviation).toBeCloseTo(Math.sqrt(50 / 6 - 4), 14);
    expect(first.activation.norm).toBeCloseTo(Math.sqrt(50), 14);
    expect(first.weightNorm).toBeCloseTo(Math.sqrt(6), 14);
    // From 0 to 6 in bins of 1/4: 1 starts bin 4, 2 bin 8, 3 bin 12.
    const counts = new Array<number>(24).fill(0);
    counts[0] = 2;
    for (const bin of [4, 8, 12, 23]) counts[bin] = 1;
    expect(first.activationHistogram).toEqual({ from: 0, to: 6, counts });
    expect([first.layer, first.dead, first.saturated, first.distinct]).toEqual([1, 1 / 3, 0, 3]);
    // dZ2 = (0.5 − 0, σ(6) − 1), dW2 = (1/2) dZ2 A1ᵀ
    const d = 1 / (1 + Math.exp(-6)) - 1;
    const dW2 = [(0.5 + 3 * d) / 2, 0, (2 * 0.5 + 6 * d) / 2];
    expect(second.gradient.norm).toBeCloseTo(Math.hypot(...dW2), 14);
    expect(second.gradient.mean).toBeCloseTo((dW2[0] + dW2[2]) / 3, 14);
    expect(second.gradientHistogram?.from).toBe(0);
    expect(second.gradientHistogram?.to).toBeCloseTo((1 + 6 * d) / 2, 14);
    // 0 is in the first bin, the largest in the last; the third, half the largest, is where two bins meet.
    expect(second.gradientHistogram?.counts.filter((n) => n > 0)).toEqual([1, 1, 1]);
    expect(second.activationHistogram?.counts.length).toBe(24);
    // |z| ≥ 5 for one of two examples is not more than half of them.
    expect([second.dead, second.saturated, second.distinct]).toEqual([0, 0, 1]);
  });

  it("measure an update by its weights, never the biases", () => {
    const before = model.theta.slice();
    const after = model.theta.slice();
    after[0] += 0.5; // W1
    after[2] -= 0.25;
    after[3] += 7; // b1
    const [first, second] = updateNorms(weightsOf(model), before, after);
    expect(first).toBeCloseTo(Math.sqrt(0.3125), 14);
    expect(second).toBe(0);
  });

  it("set no update beside weights of 0", async () => {
    const net = network({ inputs: 2, layers: [dense(2, "tanh"), dense(1, "sigmoid")], initializer: "zeros" });
    const run = await train(net, circles({ examples: 20, seed: 1 }), { iterations: 10 });
    expect(run.history[0].signals?.map(({ updateRatio }) => updateRatio)).toEqual([undefined, undefined]);
  });

  it("are in the history: at the start, at the end, and evenly between", async () => {
    const net = network({ inputs: 2, layers: [dense(4, "tanh"), dense(1, "sigmoid")], seed: 1 });
    const start = net.theta.slice();
    const run = await train(net, circles({ examples: 100, seed: 1 }), { iterations: 3000, learningRate: 0.01 });
    const moments = run.history.filter(({ signals }) => signals !== undefined);
    expect(moments.length).toBe(momentsOf(net, { iterations: 3000, batchSize: 100 }));
    expect(moments.length).toBeGreaterThanOrEqual(5);
    expect([moments[0].iteration, moments.at(-1)?.iteration]).toEqual([0, 3000]);
    const steps = moments.map(({ iteration }) => iteration);
    expect(new Set(steps.slice(1, -1).map((step, k) => step - steps[k])).size).toBe(1);
    // Adam's first step moves every weight by α: ‖ΔW1‖ = 0.01 √8.
    const first = moments[0].signals?.[0];
    const norm = Math.hypot(...start.subarray(0, 8));
    expect(first?.weightNorm).toBeCloseTo(norm, 14);
    expect(first?.updateRatio).toBeCloseTo((0.01 * Math.sqrt(8)) / norm, 6);
    expect(moments.at(-1)?.signals?.[0].updateRatio).toBeUndefined();
  });

  it("are taken at 32 moments of a long run, at fewer of one they would slow down, at its start and its end of any", async () => {
    const net = network({ inputs: 784, layers: [dense(512, "relu"), dense(10, "softmax")] });
    const moments = [10, 500, 1000, 100_000].map((iterations) => momentsOf(net, { iterations, batchSize: 128 }));
    expect([moments[0], moments[3]]).toEqual([2, 32]);
    expect(moments[1]).toBeGreaterThan(2);
    expect(moments[2]).toBeLessThan(32);
    expect(moments[2] / moments[1]).toBeCloseTo(2, 0);
    const small = network({ inputs: 2, layers: [dense(30, "relu"), dense(1, "sigmoid")], seed: 1 });
    for (const iterations of [1, 2, 3, 17, 100, 1003]) {
      const run = await train(small, circles({ examples: 10, seed: 1 }), { iterations, recordEvery: 10 });
      const taken = run.history.filter(({ signals }) => signals).map((entry) => entry.iteration);
      expect([taken[0], taken.at(-1)]).toEqual([0, iterations]);
      expect(taken.length).toBeLessThanOrEqual(momentsOf(small, { iterations, batchSize: 10 }));
    }
  });

  it("do not depend on chance: the same run has the same ones", async () => {
    const once = async (): Promise<string> => {
      const net = network({ inputs: 2, layers: [dense(4, "relu"), dense(1, "sigmoid")], seed: 1 });
      const run = await train(net, circles({ examples: 100, seed: 1 }), { epochs: 20, batchSize: 10, keep: 0.8 });
      return JSON.stringify(run.history);
    };
    expect(await once()).toBe(await once());
  });
});
