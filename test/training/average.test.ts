import { describe, expect, it } from "vitest";
import type { FloatArray } from "../../src/array/floatArray.js";
import { Matrix } from "../../src/array/matrix.js";
import { moons } from "../../src/data/generators/moons.js";
import { Predictor } from "../../src/engine/predict.js";
import { activation } from "../../src/network/activationLayer.js";
import { batchNorm } from "../../src/network/batchNorm.js";
import { dense } from "../../src/network/dense.js";
import { type Network, network } from "../../src/network/network.js";
import type { AverageSpec } from "../../src/ops/names.js";
import { evaluateWith } from "../../src/training/evaluate.js";
import { NonFiniteCostError } from "../../src/training/nonFinite.js";
import type { SessionOptions } from "../../src/training/options.js";
import { TrainingSession } from "../../src/training/session.js";
import { train } from "../../src/training/train.js";

const data = moons({ examples: 60, seed: 1 });
const validation = moons({ examples: 30, seed: 2 });
const modelOf = (): Network => network({ inputs: 2, layers: [dense(5, "tanh"), dense(1, "sigmoid")], seed: 3 });
const usual: SessionOptions = { optimizer: "gradientDescent", learningRate: 0.5, epochs: 8, batchSize: 20, seed: 4 };
const engines = ["wasm", "readable"] as const;

/** θ and the network's state after each of the steps. */
async function steps(model: Network, options: SessionOptions): Promise<{ theta: FloatArray; state: FloatArray }[]> {
  const session = new TrainingSession(model, data, options);
  const found = [];
  while ((await session.advance(1)) === undefined) {
    found.push({ theta: model.theta.slice(), state: model.state.slice() });
  }
  session.release();
  return found;
}

/** The validation set, as the engine of the run judges a network. */
function judged(model: Network, engine: "wasm" | "readable"): { readonly cost: number } {
  const predictor = new Predictor(model, { examples: validation.X.columns, engine });
  const evaluation = evaluateWith(predictor, model, validation);
  predictor.release();
  return evaluation;
}

/** Σ wᵢ θᵢ / Σ wᵢ */
function mean(vectors: readonly FloatArray[], weights: readonly number[]): number[] {
  const total = weights.reduce((sum, w) => sum + w, 0);
  return Array.from(vectors[0], (_, k) => vectors.reduce((sum, v, i) => sum + weights[i] * v[k], 0) / total);
}

function expectNear(found: ArrayLike<number>, expected: readonly number[]): void {
  // 24 roundings of weights up to 2.
  for (const [k, value] of expected.entries()) expect(Math.abs(found[k] - value)).toBeLessThan(1e-13);
}

describe.each(engines)("averages of the weights: %s", (engine) => {
  it("a moving average holds the weights after each step, those of before β times as heavy", async () => {
    const model = modelOf();
    const after = (await steps(modelOf(), { ...usual, engine, epochs: 9 })).slice(0, 24);
    await train(model, data, { ...usual, engine, average: { type: "ema", decay: 0.8 } });
    expectNear(
      model.theta,
      mean(
        after.map(({ theta }) => theta),
        after.map((_, i) => 0.8 ** (23 - i)),
      ),
    );
  });

  it("stochastic weight averaging holds the ends of the epochs from its share of the run on", async () => {
    const model = modelOf();
    const after = (await steps(modelOf(), { ...usual, engine, epochs: 9 })).slice(0, 24);
    await train(model, data, { ...usual, engine, average: { type: "swa", from: 0.6 } });
    // 24 steps, three an epoch; 0.6 · 24 = 14.4: the epochs that end with steps 15, 18, 21 and 24.
    expectNear(
      model.theta,
      mean(
        [15, 18, 21, 24].map((step) => after[step - 1].theta),
        [1, 1, 1, 1],
      ),
    );
  });

  it("averages what batch norm keeps in the same way", async () => {
    const layers = [dense(5, "linear"), batchNorm(), activation("tanh"), dense(1, "sigmoid")];
    const normed = (): Network => network({ inputs: 2, layers, seed: 3 });
    const model = normed();
    const after = (await steps(normed(), { ...usual, engine, epochs: 9 })).slice(0, 24);
    await train(model, data, { ...usual, engine, average: { type: "ema", decay: 0.5 } });
    const weights = after.map((_, i) => 0.5 ** (23 - i));
    expectNear(
      model.state,
      mean(
        after.map(({ state }) => state),
        weights,
      ),
    );
    expectNear(
      model.theta,
      mean(
        after.map(({ theta }) => theta),
        weights,
      ),
    );
  });

  it.each<AverageSpec>(["ema", { type: "swa", from: 0 }])(
    "%o leaves the run itself as it is, and is what is watched",
    async (average) => {
      const model = modelOf();
      const plain = await train(modelOf(), data, { ...usual, engine, validation });
      const run = await train(model, data, { ...usual, engine, validation, average });
      expect(run.history.map(({ cost }) => cost)).toEqual(plain.history.map(({ cost }) => cost));
      expect(run.history[0].validation).toEqual(plain.history[0].validation);
      expect(run.history.at(-1)?.validation?.cost).toBe(judged(model, engine).cost);
      expect(run.history.at(-1)?.validation).not.toEqual(plain.history.at(-1)?.validation);
      expect(String(run)).toContain(`weights averaged (${typeof average === "string" ? average : average.type})`);
    },
  );

  it("early stopping gives the best average back", async () => {
    const model = modelOf();
    const earlyStopping = { patience: 3 };
    const options: SessionOptions = {
      ...usual,
      engine,
      epochs: 300,
      learningRate: 2,
      average: { type: "ema", decay: 0.9 },
    };
    const run = await train(model, data, { ...options, validation, earlyStopping });
    expect(run.stopped).toBe("earlyStopping");
    expect(judged(model, engine).cost).toBe(run.best?.value);
  });

  it("before the first that counts there is none: the weights are those of the last step", async () => {
    const model = modelOf();
    const session = new TrainingSession(model, data, { ...usual, engine, average: "swa" });
    await session.advance(10);
    await session.finish("aborted");
    const plain = new TrainingSession(modelOf(), data, { ...usual, engine });
    await plain.advance(10);
    expect(model.theta).toEqual(plain.network.theta);
    session.release();
    plain.release();
  });

  it("a session that is given up leaves the average so far", async () => {
    const model = modelOf();
    const session = new TrainingSession(model, data, { ...usual, engine, average: { type: "ema", decay: 0 } });
    await session.advance(5);
    const last = model.theta.slice();
    session.release();
    // With β = 0 the average is the last weights.
    expect(model.theta).toEqual(last);
    const other = modelOf();
    const averaging = new TrainingSession(other, data, { ...usual, engine, average: { type: "swa", from: 0 } });
    await averaging.advance(7);
    const raw = other.theta.slice();
    averaging.release();
    expect(other.theta).not.toEqual(raw);
  });

  it("a run that ends at a cost that is not finite leaves finite weights", async () => {
    const model = network({ inputs: 1, layers: [dense(1, "linear")], seed: 1 });
    const line = { X: Matrix.row([1, 2, 3]), Y: Matrix.row([1, 2, 3]) };
    const options = {
      optimizer: "gradientDescent",
      learningRate: 1e9,
      iterations: 500,
      average: "ema",
      engine,
    } as const;
    await expect(train(model, line, options)).rejects.toThrow(NonFiniteCostError);
    expect(model.theta.every(Number.isFinite)).toBe(true);
  });
});
