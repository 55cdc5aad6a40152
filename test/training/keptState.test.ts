import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Matrix } from "../../src/array/matrix.js";
import { xor } from "../../src/data/generators/xor.js";
import { predict } from "../../src/engine/predict.js";
import { parseCheckpoint, serializeCheckpoint } from "../../src/formats/checkpointFile.js";
import { parseModel, serializeModel } from "../../src/formats/modelFile.js";
import { batchNorm } from "../../src/network/batchNorm.js";
import { cost } from "../../src/network/cost.js";
import { dense } from "../../src/network/dense.js";
import { forward } from "../../src/network/forward.js";
import { type Network, network } from "../../src/network/network.js";
import type { Checkpoint } from "../../src/training/checkpoint.js";
import { evaluate } from "../../src/training/evaluate.js";
import { NonFiniteCostError } from "../../src/training/nonFinite.js";
import type { TrainOptions } from "../../src/training/options.js";
import { TrainingSession } from "../../src/training/session.js";
import { train } from "../../src/training/train.js";

// What a network keeps from step to step without training it: here the running averages of batch norm.

const data = xor({ examples: 40, seed: 1 });
const validation = xor({ examples: 30, seed: 2 });
const layers = [dense(4, "tanh"), batchNorm({ momentum: 0.3 }), dense(1, "sigmoid")] as const;
const modelOf = (dtype: "float64" | "float32" = "float64"): Network =>
  network({ inputs: 2, layers, seed: 1, dtype }) as Network;
const options = {
  optimizer: "gradientDescent",
  learningRate: 0.5,
  batchSize: 8,
  iterations: 12,
  recordEvery: 3,
} as const;

/** θ and state of a network after so many steps. */
async function trained(iterations: number, more: TrainOptions = {}): Promise<Network> {
  const model = modelOf();
  await train(model, data, { ...options, ...more, iterations });
  return model;
}

describe.each(["wasm", "readable"] as const)("running averages, engine %s", (engine) => {
  it("start as the layer says, follow each step once, and come back from a model file", async () => {
    const model = modelOf();
    expect(Array.from(model.state)).toEqual([0, 0, 0, 0, 1, 1, 1, 1]);
    const batch = data.X.selectColumns([0, 1, 2, 3, 4, 5, 6, 7]);
    const { state: expected } = forward(model, batch, { training: true });
    const few = { X: batch, Y: data.Y.selectColumns([0, 1, 2, 3, 4, 5, 6, 7]) };
    // One step: the history's entries before and after it evaluate twice and count once.
    await train(model, few, { ...options, engine, iterations: 1, validation, recordCleanCost: true });
    for (const [k, value] of expected.entries()) expect(model.state[k]).toBeCloseTo(value, 12);
    const again = parseModel(serializeModel({ network: model })).network;
    expect(again.state).toEqual(model.state);
    expect(predict(again, data.X, { engine })).toEqual(predict(model, data.X, { engine }));
  });

  it("stay as they are where nothing is trained: passes, evaluations, signals", async () => {
    const model = await trained(12, { engine });
    const before = model.state.slice();
    forward(model, data.X);
    forward(model, data.X, { training: true });
    predict(model, data.X, { engine });
    evaluate(model, data);
    const session = new TrainingSession(model, data, { ...options, engine });
    session.signals();
    session.sync();
    session.release();
    expect(model.state).toEqual(before);
  });

  it("are what predictions and the history's costs on other data go by", async () => {
    const model = modelOf();
    const run = await train(model, data, { ...options, engine, validation, recordCleanCost: true });
    const clean = cost(model, forward(model, data.X), data.Y).cost;
    const last = run.history.at(-1);
    expect(last?.cleanCost).toBeCloseTo(clean, 12);
    expect(last?.validation?.cost).toBeCloseTo(evaluate(model, validation).cost, 12);
    const asTrained = cost(model, forward(model, data.X, { training: true }), data.Y).cost;
    expect(Math.abs(asTrained - clean)).toBeGreaterThan(1e-3);
  });

  it("are in a checkpoint: a run that goes on from any ends with the same bits", async () => {
    const files: Uint8Array[] = [];
    const save = (checkpoint: Checkpoint): void => void files.push(serializeCheckpoint(checkpoint));
    const more = { engine, validation, earlyStopping: { patience: 100 } } as const;
    const straight = await trained(12, { ...more, checkpoint: { every: 1, save } });
    expect(files.length).toBeGreaterThan(1);
    for (const file of files) {
      expect(parseCheckpoint(serializeCheckpoint(parseCheckpoint(file)))).toEqual(parseCheckpoint(file));
      const resumed = await trained(12, { ...more, resume: parseCheckpoint(file) });
      expect(resumed.theta).toEqual(straight.theta);
      expect(resumed.state).toEqual(straight.state);
    }
  });

  it("come back with the best weights, those of that moment", async () => {
    // The learning rate grows too large: the best entry lies in the middle.
    const changes = [{ iteration: 12, learningRate: 60 }];
    const model = modelOf();
    const more = { ...options, engine, validation, changes, iterations: 60, earlyStopping: { patience: 4 } };
    const run = await train(model, data, more);
    const at = run.best?.iteration ?? 0;
    expect(at).toBeGreaterThan(0);
    expect(at).toBeLessThan(run.iterations);
    const then = await trained(at, { engine, changes: changes.filter(({ iteration }) => iteration < at) });
    expect(model.theta).toEqual(then.theta);
    expect(model.state).toEqual(then.state);
    expect(evaluate(model, validation).cost).toBeCloseTo(run.best?.value ?? 0, 12);
  });

  it("go back with the weights where the cost is not finite, those of that moment, after a resume too", async () => {
    const X = data.X.selectColumns([0, 1, 2, 3]);
    const Y = new Matrix(1, 4, Float64Array.of(1e3, -2e3, 3e3, 1e3));
    const spec = { inputs: 2, layers: [dense(4, "linear"), batchNorm(), dense(1, "linear")], seed: 1 } as const;
    const settings = { ...options, batchSize: 4, engine, learningRate: 100, iterations: 500, recordEvery: 500 };
    const saved: Checkpoint[] = [];
    const broken = network(spec);
    const failed = async (model: typeof broken, more: TrainOptions): Promise<number> => {
      const error = await train(model, { X, Y }, { ...settings, ...more }).catch((thrown: unknown) => thrown);
      if (!(error instanceof NonFiniteCostError)) throw new Error("the run did not break");
      return error.where.iteration;
    };
    const save = (checkpoint: Checkpoint): void => void saved.push(checkpoint);
    const iteration = await failed(broken, { checkpoint: { every: 1, save } });
    expect(iteration).toBeGreaterThan(1);
    const before = network(spec);
    await train(before, { X, Y }, { ...settings, iterations: iteration - 1 });
    expect(broken.theta).toEqual(before.theta);
    expect(broken.state).toEqual(before.state);
    const resumed = network(spec);
    await failed(resumed, { resume: parseCheckpoint(serializeCheckpoint(saved.at(-1) as Checkpoint)) });
    expect(resumed.theta).toEqual(before.theta);
    expect(resumed.state).toEqual(before.state);
  });
});

describe("running averages", () => {
  it("are the same bits however a run is cut into calls", async () => {
    const whole = await trained(12);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 6 }), async (parts) => {
        const model = modelOf();
        const session = new TrainingSession(model, data, options);
        for (const steps of parts) {
          await session.advance(steps);
          session.signals();
        }
        await session.advance();
        session.release();
        expect(model.state).toEqual(whole.state);
        expect(model.theta).toEqual(whole.theta);
      }),
      { numRuns: 10 },
    );
  });
});
