import { describe, expect, it } from "vitest";
import { Matrix } from "../../src/array/matrix.js";
import { circles } from "../../src/data/generators/circles.js";
import { dense } from "../../src/network/dense.js";
import { RandomState } from "../../src/random/randomState.js";
import type { CurvePoint } from "../../src/sweep/curvePoint.js";
import { readCurve } from "../../src/sweep/curveReading.js";
import { type LearningCurveOptions, learningCurve } from "../../src/sweep/learningCurve.js";

const training = { learningRate: 0.05, iterations: 300 } as const;
const easy: LearningCurveOptions = {
  network: { inputs: 2, layers: [dense(16, "relu"), dense(1, "sigmoid")] },
  data: circles({ examples: 128, noise: 0.02, seed: 1 }),
  validation: circles({ examples: 100, noise: 0.02, seed: 2 }),
  training,
  lambdas: [0, 1],
};

describe("learningCurve", () => {
  it("finds a network that fits fine, the same at every run", async () => {
    const curve = await learningCurve(easy);
    expect(curve.reading.verdict).toBe("fine");
    expect(curve.bySize.map(({ examples }) => examples)).toEqual([8, 16, 32, 64, 128]);
    expect(curve.byLambda.map(({ l2 }) => l2)).toEqual([0, 1]);
    // Two classes of one size: guessing costs ln 2.
    expect(curve.baseline).toBeCloseTo(Math.log(2), 12);
    expect(await learningCurve(easy)).toEqual(curve);
    // At full size and the λ of training, both curves train the same networks.
    expect(curve.byLambda[0]).toEqual(curve.bySize[4]);
  });

  it("measures ensembles by their mean prediction, on the draw of examples that a network has", async () => {
    const few = { ...easy, training: { ...training, iterations: 30 }, lambdas: [], sizes: [16, 128], seeds: 2 };
    const alone = await learningCurve(few);
    const together = await learningCurve({ ...few, members: 3 });
    for (const [k, { training: part, validation }] of together.bySize.entries()) {
      expect(part.mean).not.toBe(alone.bySize[k].training.mean);
      expect(validation.mean).toBeGreaterThan(0);
    }
    expect(await learningCurve({ ...few, members: 1 })).toEqual(alone);
    // One ensemble of two networks: the cost of their mean lies below the mean of their costs, which two seeds would give.
    const [pair] = (await learningCurve({ ...few, sizes: [128], seeds: 1, members: 2 })).bySize;
    const each = await Promise.all(
      [0, 1].map(async (seed) => {
        const { network } = few;
        const own = {
          ...few,
          network: { ...network, seed },
          training: { ...few.training, seed },
          sizes: [128],
          seeds: 1,
        };
        return (await learningCurve(own)).bySize[0].validation.mean;
      }),
    );
    expect(pair.validation.mean).toBeLessThan((each[0] + each[1]) / 2);
    await expect(learningCurve({ ...few, members: 0 })).rejects.toThrow(
      "learningCurve(): members must be a whole number",
    );
  });

  it("finds high bias where a line shall part two circles", async () => {
    const curve = await learningCurve({ ...easy, network: { inputs: 2, layers: [dense(1, "sigmoid")] } });
    expect(curve.reading.verdict).toBe("high bias");
    expect(curve.reading.sentences[0]).toMatch(/^High bias: training error [01](\.\d+)?, validation error/);
    expect(curve.reading.sentences[1]).toMatch(/^More examples would hardly help/);
  });

  it("finds high variance where the labels are coins and the network is large, and that λ helps", async () => {
    // Ten features of noise; the label is 1 with probability 0.8 where the first is above 0.
    const noisy = (examples: number, seed: number) => {
      const state = new RandomState(seed);
      const X = state.randn(10, examples);
      const draws = state.rand(1, examples);
      const Y = Matrix.row(
        Array.from({ length: examples }, (_, j) => (X.get(0, j) > 0 === draws.get(0, j) < 0.8 ? 1 : 0)),
      );
      return { X, Y };
    };
    const { reading, bySize } = await learningCurve({
      network: { inputs: 10, layers: [dense(32, "relu"), dense(1, "sigmoid")] },
      data: noisy(100, 1),
      validation: noisy(400, 2),
      training,
      sizes: [50, 100],
      lambdas: [0, 10],
    });
    expect(reading.verdict).toBe("high variance");
    expect(bySize[1].training.mean).toBeLessThan(0.1);
    expect(bySize[1].validation.mean).toBeGreaterThan(1);
    expect(reading.sentences.join(" ")).toContain("λ = 10 is best");
  });

  it("measures by the mean also where the last layer's activation could not give it", async () => {
    const data = { X: Matrix.row([0, 1, 2, 3]), Y: Matrix.row([-2, 4, -2, 4]) };
    for (const activation of ["tanh", "relu", "sigmoid"] as const) {
      const { baseline } = await learningCurve({
        network: { inputs: 1, layers: [dense(1, activation)], loss: "meanSquaredError" },
        data,
        validation: data,
        training: { learningRate: 0.01, iterations: 1 },
        lambdas: [],
        seeds: 1,
      });
      // Mean 1, each target 3 away from it.
      expect(baseline).toBeCloseTo(9, 12);
    }
  });

  it("measures a regression by the share of the variance that is left", async () => {
    const X = Matrix.row([-2, -1, 0, 1, 2, 3]);
    const data = { X, Y: Matrix.row([3, 5, 7, 9, 11, 13]) }; // 2x + 7
    const { bySize, baseline } = await learningCurve({
      network: { inputs: 1, layers: [dense(1, "linear")] },
      data,
      validation: data,
      training: { learningRate: 0.1, iterations: 2000 },
      lambdas: [],
      seeds: 1,
    });
    expect(bySize.map(({ examples }) => examples)).toEqual([6]);
    // The variance of 3, 5, …, 13 is 4 (6² − 1) / 12 = 35/3.
    expect(baseline).toBeCloseTo(35 / 3, 12);
    expect(bySize[0].validation).toEqual({ mean: expect.closeTo(0, 6), spread: 0 });
  });

  it("trains in single precision, with a softmax, with early stopping", async () => {
    const { X, Y } = easy.data;
    const oneHot = (A: Matrix) => new Matrix(2, A.columns, Float32Array.of(...A.data.map((y) => 1 - y), ...A.data));
    const part = { X: X.as("float32"), Y: oneHot(Y) };
    const curve = await learningCurve({
      network: { inputs: 2, layers: [dense(8, "relu"), dense(2, "softmax")], dtype: "float32" },
      data: part,
      validation: part,
      training: { ...training, earlyStopping: { patience: 50 } },
      sizes: [128],
      lambdas: [],
      seeds: 1,
    });
    expect(curve.baseline).toBeCloseTo(Math.log(2), 6);
    expect(curve.bySize[0].training).toEqual(curve.bySize[0].validation);
  });

  it("stops where it is told to, with the reason", async () => {
    const controller = new AbortController();
    const onProgress = ({ done }: { done: number }) => done === 2 && controller.abort(new Error("enough"));
    await expect(learningCurve({ ...easy, signal: controller.signal, onProgress })).rejects.toThrow("enough");
  });

  it.each([
    [{ sizes: [] }, "sizes is empty"],
    [{ sizes: [8, 8] }, "sizes must rise, got 8 after 8"],
    [{ sizes: [8, 129] }, "sizes[1] must be a whole number of at least 1 and of at most 128, got 129"],
    [{ lambdas: [-1] }, "lambdas[0] must be a finite number of at least 0, got -1"],
    [{ goal: 0 }, "goal must be"],
    [{ seeds: 0 }, "seeds must be"],
    [{ lamdas: [1] }, "did you mean lambdas?"],
    [{ validation: { X: Matrix.row([1]), Y: Matrix.row([1]) } }, "the network takes 2 features"],
  ])("refuses %j", async (options, message) => {
    await expect(learningCurve({ ...easy, ...options })).rejects.toThrow(message);
  });

  it("says so where there is nothing to learn", async () => {
    const same = { X: Matrix.row([1, 2]), Y: Matrix.row([5, 5]) };
    const regression = { network: { inputs: 1, layers: [dense(1, "linear")] }, data: same, validation: same };
    await expect(learningCurve(regression)).rejects.toThrow("all targets are the same");
  });
});

describe("the reading of a curve", () => {
  const at = (examples: number, training: number, validation: number, spread = 0, l2 = 0): CurvePoint => ({
    examples,
    l2,
    training: { mean: training, spread },
    validation: { mean: validation, spread },
  });

  // Goal 0.3; a gap counts above 0.1 and above twice the spread, here 2 √(0.05² + 0.05²) = 0.14.
  it.each([
    ["fine", [at(100, 0.3, 0.39)]],
    ["high bias", [at(100, 0.31, 0.4)]],
    ["high variance", [at(100, 0.2, 0.31)]],
    ["high bias and high variance", [at(100, 0.4, 0.6)]],
    ["fine", [at(100, 0.2, 0.33, 0.05)]],
    ["high variance", [at(100, 0.2, 0.35, 0.05)]],
  ] as const)("is %s at %j", (verdict, points) => {
    expect(readCurve(points, [], 0.3).verdict).toBe(verdict);
  });

  it("says whether more examples help, from the error at half of them", () => {
    expect(readCurve([at(50, 0.1, 0.3), at(100, 0.1, 0.2)], [], 0.3).sentences).toContain(
      "More examples should help: from 50 to 100 examples the validation error went from 0.3 to 0.2.",
    );
    expect(readCurve([at(50, 0.1, 0.21), at(100, 0.1, 0.2)], [], 0.3).sentences).toContain(
      "More examples would hardly help: from 50 to 100 examples the validation error went from 0.21 to 0.2.",
    );
    expect(readCurve([at(60, 0.1, 0.3), at(100, 0.1, 0.2)], [], 0.3).sentences.join()).not.toContain("More examples");
  });

  it("names the best λ where it makes a difference", () => {
    const size = [at(100, 0.1, 0.3)];
    const by = [at(100, 0.1, 0.3), at(100, 0.12, 0.2, 0, 1), at(100, 0.5, 0.6, 0, 10)];
    expect(readCurve(size, by, 0.3).sentences).toContain(
      "λ = 1 is best: it lowers the validation error from 0.3 (λ = 0) to 0.2.",
    );
    expect(readCurve(size, by.slice(0, 2), 0.3).sentences.join()).toContain("the largest tried, so try larger ones");
    expect(readCurve(size, [by[0], by[2]], 0.3).sentences.join()).toContain("No λ tried lowers the validation error");
  });
});
