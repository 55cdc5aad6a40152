import { describe, expect, it } from "vitest";
import { Matrix } from "../../src/array/matrix.js";
import type { Observations } from "../../src/doctor/finding.js";
import { findingInWords } from "../../src/doctor/findingInWords.js";
import { startSize } from "../../src/doctor/symptoms/startSize.js";
import { dense } from "../../src/network/dense.js";
import { network } from "../../src/network/network.js";
import type { LayerSignals } from "../../src/training/signals.js";

// Inputs of root mean square 2; layers of 4 × 8 and 8 × 4 weights, and an output of 1 × 8, too few to judge.
const data = { X: Matrix.filled(8, 4, 2), Y: Matrix.row([0, 1, 0, 1]) };

interface Start {
  readonly activation?: "relu" | "tanh";
  /** ‖W‖² of the three layers. */
  readonly squares: readonly [number, number, number];
  readonly saturated?: number;
  /** First cost over that of even odds, ln 2. */
  readonly cost?: number;
  readonly nothingLearned?: boolean;
  /** Deviation of the last hidden layer's outputs. */
  readonly deviation?: number;
  readonly distinct?: number;
  readonly iteration?: number;
}

function find({ activation = "relu", squares, cost = 1, nothingLearned = false, ...start }: Start) {
  const { saturated = 0, deviation = 1, distinct = 4, iteration = 0 } = start;
  const model = network({ inputs: 8, layers: [dense(4, activation), dense(8, activation), dense(1, "sigmoid")] });
  const signals = squares.map(
    (square, l): LayerSignals => ({
      layer: l + 1,
      activation: { mean: 0, deviation, norm: 1 },
      gradient: { mean: 0, deviation: 1, norm: 1 },
      weightNorm: Math.sqrt(square),
      dead: 0,
      saturated: l === 0 ? saturated : 0,
      distinct,
    }),
  );
  const dataCost = cost * Math.LN2;
  const entry = { iteration, epoch: 1, cost: dataCost, dataCost, penalty: 0, signals };
  const run = {
    history: [entry],
    stopped: "finished",
    iterations: 1,
    epochs: 1,
    seconds: 0,
    engine: "",
    spec: {},
  } as const;
  const observations: Observations = {
    ...{
      network: model,
      data,
      validation: undefined,
      run,
      moments: [entry],
      chance: Math.LN2,
      zeroCost: Math.LN2,
      sureOverGuess: 1,
      remaining: 1,
      ended: true,
      nothingLearned,
    },
  };
  return startSize(observations).map((finding) => ({ ...finding, ...findingInWords(finding) }));
}

describe("the size of the start", () => {
  it("is held against He's 2/n", () => {
    // 32 weights with ‖W‖² = 32 · 1 and 8 inputs: variance 1 over 2/8 is 4.
    expect(find({ squares: [32, 8, 2], cost: 5 })[0]).toMatchObject({
      ...{ symptom: "start too large", layer: 1, iteration: 0, measured: expect.closeTo(4, 12), threshold: 2.7 },
      why: "the weights of layer 1 start with 4.0 times the variance of He, and the first cost is 5.0 times that of a guess",
      patch: { network: { initializer: "he" } },
    });
    // The layer that is farthest off: 32 weights of 4 inputs, variance 10 over 2/4 is 20.
    expect(find({ squares: [32, 320, 2], cost: 5 })[0]).toMatchObject({ layer: 2, measured: expect.closeTo(20, 12) });
  });

  it("and does no harm where nothing shows it", () => {
    expect(find({ squares: [32, 8, 2], cost: 2.9 })).toEqual([]);
    expect(find({ squares: [32, 8, 2], saturated: 0.6 })[0].why).toMatch(/60 % of the units of layer 1 are saturated$/);
    // A high first cost alone is no matter of the start: variance 0.5 over 2/8 is 2.
    expect(find({ squares: [16, 8, 2], cost: 100 })).toEqual([]);
  });

  it("is held against Xavier's 1/n where it is small", () => {
    // Variance 0.01 over 1/8 is 0.08; of inputs of size 2 a deviation of 0.1 leaves 0.05.
    const small = { squares: [0.32, 8, 2], nothingLearned: true, deviation: 0.1, activation: "tanh" } as const;
    expect(find(small)[0]).toMatchObject({
      ...{ symptom: "start too small", layer: 1, measured: expect.closeTo(0.08, 12), threshold: 1 / 2.7 },
      why:
        "the weights of layer 1 start with 0.080 times the variance of Xavier, " +
        "and of the size of the inputs 0.050 is left in the last hidden layer",
      patch: { network: { initializer: "xavier" } },
    });
    expect(find({ ...small, nothingLearned: false })).toEqual([]);
    expect(find({ ...small, deviation: 0.3 })).toEqual([]);
    // Nor of the output layer, which may start from 0.
    expect(find({ ...small, squares: [4, 8, 0] })).toEqual([]);
  });

  it("is not judged of equal units, which are a symptom of their own, nor of few weights, nor later in a run", () => {
    expect(find({ squares: [0, 0, 0], nothingLearned: true, deviation: 0, distinct: 1 })).toEqual([]);
    expect(find({ squares: [4, 8, 800], cost: 50 })).toEqual([]);
    expect(find({ squares: [32, 8, 2], cost: 5, iteration: 10 })).toEqual([]);
  });
});
