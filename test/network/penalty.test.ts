import { describe, expect, it } from "vitest";
import { Matrix } from "../../src/array/matrix.js";
import { OptionError } from "../../src/constraint/constraint.js";
import { checkNetwork } from "../../src/gradcheck/network/checkNetwork.js";
import { backward } from "../../src/network/backward.js";
import { cost } from "../../src/network/cost.js";
import { dense } from "../../src/network/dense.js";
import { forward } from "../../src/network/forward.js";
import { network, networkWith } from "../../src/network/network.js";
import { train } from "../../src/training/train.js";

// 2-1-1: W1 = (2, −3), b1 = 5, W2 = (−1), b2 = 7.
const model = networkWith(
  { inputs: 2, layers: [dense(1, "relu"), dense(1, "linear")] },
  Float64Array.of(2, -3, 5, -1, 7),
);
const data = {
  X: Matrix.from([
    [1, 0, 2],
    [0, 1, 1],
  ]),
  Y: Matrix.row([1, 2, 4]),
};
const pass = forward(model, data.X);

describe("penalties", () => {
  it("cost what is worked out by hand, weights alone", () => {
    const penalty = (options: object): number =>
      cost(model, pass, data.Y, { trainingExamples: 10, ...options }).penalty;
    // Squares 4 + 9 + 1 over 20, sizes 2 + 3 + 1 over 10.
    expect(penalty({ l2: 2 })).toBeCloseTo(1.4, 15);
    expect(penalty({ l1: 2 })).toBeCloseTo(1.2, 15);
    expect(penalty({ l1: 2, l2: 2 })).toBeCloseTo(2.6, 15);
    // 1 · (4 + 9) / 20 + 3 · 1 / 20, and 2 · 5 / 10 + 0.
    expect(penalty({ l2: [1, 3] })).toBeCloseTo(0.8, 15);
    expect(penalty({ l1: [2, 0] })).toBeCloseTo(1, 15);
  });

  it("have the gradient (λ₂/m) W + (λ₁/m) sign(W), and of a weight of 0 none", () => {
    const still = networkWith(model.spec, Float64Array.of(2, 0, 5, -1, 7));
    const { cache } = forward(still, data.X);
    const plain = backward(still, cache, data.Y).dTheta;
    const { dTheta } = backward(still, cache, data.Y, { l1: [3, 6], l2: 9 });
    const added = dTheta.map((g, k) => g - plain[k]);
    for (const [k, expected] of [6 + 1, 0, 0, -3 - 2, 0].entries()) expect(added[k]).toBeCloseTo(expected, 14);
  });

  it("need one number for each of the weights, by their names", () => {
    const wrong = () => cost(model, pass, data.Y, { l1: [1] });
    expect(wrong).toThrow(OptionError);
    expect(wrong).toThrow("cost(): l1 needs one number for all weights or one for each of W1, W2, got 1");
    expect(() => backward(model, pass.cache, data.Y, { l2: [1, 2, 3] })).toThrow("each of W1, W2, got 3");
  });

  it("of L1 leave weights that are not needed near 0, where L2 does not", async () => {
    const X = Matrix.from([
      Array.from({ length: 50 }, (_, j) => Math.sin(j)),
      Array.from({ length: 50 }, (_, j) => Math.sin(7 * j + 1)),
    ]);
    const Y = Matrix.row(Array.from(X.rowData(0), (x) => 2 * x));
    const weightAfter = async (options: object): Promise<number> => {
      const trained = network({ inputs: 2, layers: [dense(1, "linear")], seed: 1 });
      const run = await train(
        trained,
        { X, Y },
        { optimizer: "gradientDescent", learningRate: 0.01, iterations: 2000, ...options },
      );
      const last = run.history[run.history.length - 1];
      expect(last.cost).toBe(last.dataCost + last.penalty);
      return Math.abs(trained.parameters.W1.get(0, 1));
    };
    expect(await weightAfter({ l1: 5 })).toBeLessThan(2e-3);
    expect(await weightAfter({ l2: 5 })).toBeGreaterThan(2e-3);
  });

  it("change on the way, one a layer", async () => {
    const trained = network(model.spec);
    const changes = [{ iteration: 5, l1: [0, 2], l2: 0 }];
    const run = await train(trained, data, { l2: [1, 3], iterations: 10, recordEvery: 1, changes });
    const [first, later] = [run.history[0], run.history[run.history.length - 1]];
    const { W1, W2 } = network(model.spec).parameters;
    const squares = (W: Matrix): number => Array.from(W.data).reduce((sum, w) => sum + w * w, 0);
    expect(first.penalty).toBeCloseTo((squares(W1) + 3 * squares(W2)) / 6, 14);
    expect(later.penalty).toBeCloseTo((2 * Math.abs(trained.parameters.W2.get(0, 0))) / 3, 14);
  });

  it("of L1 are checked beside a weight of 0, and a wrong one is named", async () => {
    const still = networkWith(model.spec, Float64Array.of(2, 0, 5, -1, 7));
    expect((await checkNetwork(still, data, { l1: 0.7, trainingSteps: 0 })).verdict).toBe("correct");
    const report = await checkNetwork(model, data, {
      l1: 0.7,
      trainingSteps: 0,
      gradients: (net, step) => backward(net, forward(net, step.X).cache, step.Y, { ...step, l1: 0 }).gradients,
    });
    expect(String(report).replace(/\s+/g, " ")).toContain("the L1 penalty is missing from the gradient");
  });
});
