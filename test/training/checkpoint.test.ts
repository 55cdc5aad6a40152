import { afterAll, describe, expect, it } from "vitest";
import { map } from "../../src/array/broadcast.js";
import { Matrix } from "../../src/array/matrix.js";
import { OptionError } from "../../src/constraint/constraint.js";
import { circles } from "../../src/data/generators/circles.js";
import type { EngineOption } from "../../src/engine/choose.js";
import { parseCheckpoint, serializeCheckpoint } from "../../src/formats/checkpointFile.js";
import { activation } from "../../src/network/activationLayer.js";
import { batchNorm } from "../../src/network/batchNorm.js";
import { dense } from "../../src/network/dense.js";
import { type Network, network } from "../../src/network/network.js";
import type { NetworkSpec } from "../../src/network/spec.js";
import { names, type OptimizerSpec } from "../../src/ops/names.js";
import type { Checkpoint } from "../../src/training/checkpoint.js";
import { fingerprintOf } from "../../src/training/fingerprint.js";
import { NonFiniteCostError } from "../../src/training/nonFinite.js";
import type { TrainOptions } from "../../src/training/options.js";
import type { Run } from "../../src/training/run.js";
import type { TrainingSpec } from "../../src/training/spec.js";
import { train } from "../../src/training/train.js";
import { threadsAtWork } from "../engine/threads.js";

const threads = await threadsAtWork(2);
afterAll(() => threads.close());

const modelOf = (spec: Partial<NetworkSpec> = {}): Network =>
  network({ inputs: 2, layers: [dense(6, "relu"), dense(4, "tanh"), dense(1, "sigmoid")], seed: 3, ...spec });

const at = (dtype: "float64" | "float32", seed: number, examples = 150) => {
  const { X, Y } = circles({ examples, noise: 0.1, seed });
  return { X: X.as(dtype), Y: Y.as(dtype) };
};

/** Everything a run leaves but for the time it took. */
const outcome = ({ seconds: _seconds, ...run }: Run, { theta, state }: Network) => ({ ...run, theta, state });

/** Trains at one go, and again in pieces: a piece a checkpoint, each written, read, and taken up by a new network. */
async function bothWays(options: TrainOptions, spec: Partial<NetworkSpec>, every: number) {
  const { dtype = "float64" } = spec;
  const data = at(dtype, 1);
  const validation = at(dtype, 2, 60);
  const full: TrainOptions = { ...options, validation };
  const whole = modelOf(spec);
  const wholeRun = await train(whole, data, full);

  let saved: Uint8Array | undefined;
  for (let pieces = 1; ; pieces++) {
    const model = modelOf({ ...spec });
    const stop = new AbortController();
    const checkpoint = {
      every,
      save: (point: Checkpoint): void => {
        if (stop.signal.aborted) return;
        saved = serializeCheckpoint(point);
        stop.abort(); // what it does from here on is lost, as in a process that is killed
      },
    };
    const resume = saved && parseCheckpoint(saved);
    const run = await train(model, data, { ...full, checkpoint, signal: stop.signal, ...(resume && { resume }) });
    if (run.stopped !== "aborted") {
      return { whole: outcome(wholeRun, whole), pieces: outcome(run, model), count: pieces };
    }
  }
}

/** Every way to clip meets every average, each optimizer three of the nine. */
const clippings: readonly TrainingSpec[] = [{}, { clipNorm: 0.1 }, { clipValue: 0.02, clipNorm: 0.08 }];
const averages: readonly TrainingSpec[] = [
  {},
  { average: { type: "ema", decay: 0.9 } },
  { average: { type: "swa", from: 0.3 } },
];
const extras = (turn: number): TrainingSpec[] =>
  averages.map((average, k) => ({ ...average, ...clippings[(turn + k) % clippings.length] }));

const optimizers: readonly OptimizerSpec[] = [...names.optimizers, { type: "adam", weightDecay: 0.1 }];

describe("a run taken up from a checkpoint", () => {
  const engines: readonly [string, EngineOption][] = [
    ["wasm", "wasm"],
    ["readable", "readable"],
    ["wasm, on two threads", threads],
  ];
  const dtypes = ["float64", "float32"] as const;
  const cases = engines.flatMap(([name, engine]) => dtypes.map((dtype) => [name, dtype, engine] as const));

  it.each(cases)("comes to the same bits with every optimizer: %s, %s", async (_, dtype, engine) => {
    const usual = { epochs: 10, batchSize: 16, keep: 0.8, inputKeep: 0.9, l2: 0.1, seed: 5, recordEvery: 7 };
    for (const [turn, optimizer] of optimizers.entries()) {
      // What clips and averages is the same code on threads, which wait for each other at every step: one of the three there.
      const tried = engine === threads ? [extras(turn)[turn % averages.length]] : extras(turn);
      for (const extra of tried) {
        const { whole, pieces, count } = await bothWays({ optimizer, engine, ...usual, ...extra }, { dtype }, 4);
        expect(pieces).toEqual(whole);
        expect(count).toBe(3);
      }
    }
  });

  it("keeps the averages of weights and of batch norm, the best of them too", async () => {
    const layers = [dense(6, "linear"), batchNorm(), activation("relu"), dense(1, "sigmoid")];
    for (const average of ["ema", { type: "swa", from: 0.2 }] as const) {
      const options = { epochs: 60, batchSize: 30, average, earlyStopping: { patience: 40 } } as const;
      const { whole, pieces, count } = await bothWays(options, { layers }, 25);
      expect(pieces).toEqual(whole);
      expect(count).toBe(3);
    }
  });

  it.each(dtypes)("comes to the same bits and file of a checkpoint on any number of threads: %s", async (dtype) => {
    const data = at(dtype, 1);
    const options: TrainOptions = { epochs: 6, batchSize: 50, keep: 0.8, l2: 0.1, seed: 5 };
    const filesOn = async (engine: EngineOption): Promise<Uint8Array[]> => {
      const files: Uint8Array[] = [];
      const save = (checkpoint: Checkpoint): void =>
        void files.push(serializeCheckpoint({ ...checkpoint, seconds: 0 }));
      await train(modelOf({ dtype }), data, { ...options, engine, checkpoint: { every: 2, save } });
      return files;
    };
    const files = await filesOn("wasm");
    expect(await filesOn(threads)).toEqual(files);
    const whole = modelOf({ dtype });
    await train(whole, data, options);
    for (const engine of ["wasm", threads] as const) {
      const again = modelOf({ dtype });
      await train(again, data, { ...options, engine, resume: parseCheckpoint(files[0]) });
      expect(again.theta).toEqual(whole.theta);
    }
  });

  it("comes to 1000 steps by 400 and 600", async () => {
    const { whole, pieces, count } = await bothWays(
      { optimizer: "adam", iterations: 1000, keep: 0.9, l2: 0.01, recordCleanCost: true },
      {},
      400,
    );
    expect(pieces).toEqual(whole);
    expect(count).toBe(3);
  });

  it("keeps the masks of the NumPy reference", async () => {
    const { whole, pieces } = await bothWays(
      { optimizer: "gradientDescent", epochs: 9, batchSize: 40, keep: 0.86, dropoutReseed: 1 },
      {},
      2,
    );
    expect(pieces).toEqual(whole);
  });

  it("stops early at the same epoch, with the same best weights", async () => {
    for (const metric of ["cost", "accuracy"] as const) {
      const { whole, pieces, count } = await bothWays(
        {
          epochs: 400,
          batchSize: 16,
          learningRate: 0.005,
          earlyStopping: { patience: 9, metric },
          classWeight: [1, 2],
        },
        {},
        5,
      );
      expect(whole.stopped).toBe("earlyStopping");
      expect(pieces).toEqual(whole);
      // Checkpoints every 5 epochs and a patience of 9: the counter is carried over at least once.
      expect(count).toBeGreaterThanOrEqual(3);
    }
  });

  it("is saved where a signal ends it, in the middle of an epoch too", async () => {
    const data = at("float64", 1);
    const options = { epochs: 30, batchSize: 16, keep: 0.8, recordEvery: 7 } as const;
    const whole = modelOf();
    const wholeRun = await train(whole, data, options);
    let looks = 0;
    const signal = Object.defineProperty(new AbortController().signal, "aborted", { get: () => ++looks > 20 });
    const saved: Checkpoint[] = [];
    const checkpoint = { every: 1000, save: (point: Checkpoint): void => void saved.push(point) };
    const { stopped, iterations } = await train(modelOf(), data, { ...options, checkpoint, signal });
    expect(stopped).toBe("aborted");
    expect(saved.map(({ iteration }) => iteration)).toEqual([iterations]);
    const resumed = modelOf();
    const run = await train(resumed, data, { ...options, resume: saved[0] });
    expect(outcome(run, resumed)).toEqual(outcome(wholeRun, whole));
  });

  it("fails as the run at one go does where the cost is not finite", async () => {
    const data = { X: at("float64", 1).X, Y: at("float64", 1).X };
    const options: TrainOptions = { optimizer: "gradientDescent", learningRate: 1e4, iterations: 500 };
    const spec: NetworkSpec = { inputs: 2, layers: [dense(2, "linear"), dense(2, "linear")], seed: 1 };
    const failed = async (more: TrainOptions): Promise<unknown[]> => {
      const model = network(spec);
      const error = await train(model, data, { ...options, ...more }).catch((thrown: unknown) => thrown);
      if (!(error instanceof NonFiniteCostError)) throw error;
      return [error.message, error.run.iterations, model.theta];
    };
    const saved: Checkpoint[] = [];
    const whole = await failed({ checkpoint: { every: 1, save: (point) => void saved.push(point) } });
    expect(saved.length).toBeGreaterThan(0);
    // The last checkpoint lies just before the step that fails: only θ before the update is finite there.
    for (const resume of [saved[0], saved[saved.length - 1]]) {
      expect(await failed({ resume: parseCheckpoint(serializeCheckpoint(resume)) })).toEqual(whole);
    }
  });

  it("saves every so many epochs, never at the start or the end, and waits for each", async () => {
    const saved: number[] = [];
    let busy = false;
    const save = async ({ iteration }: Checkpoint): Promise<void> => {
      expect(busy).toBe(false);
      busy = true;
      await Promise.resolve();
      saved.push(iteration);
      busy = false;
    };
    await train(modelOf(), at("float64", 1), { epochs: 6, batchSize: 50, checkpoint: { every: 2, save } });
    expect(saved).toEqual([6, 12]); // 3 steps an epoch
  });

  it("fails where a checkpoint cannot be saved", async () => {
    const save = (): Promise<void> => Promise.reject(new Error("no space left"));
    await expect(train(modelOf(), at("float64", 1), { iterations: 9, checkpoint: { every: 2, save } })).rejects.toThrow(
      "no space left",
    );
  });

  it.each([0, 1.5, -1, Number.NaN])("refuses to save every %s epochs", async (every) => {
    await expect(
      train(modelOf(), at("float64", 1), { iterations: 9, checkpoint: { every, save: () => {} } }),
    ).rejects.toThrow("train(): checkpoint: every must be a whole number of at least 1");
  });
});

describe("a checkpoint of another run", () => {
  const base: TrainOptions = { iterations: 20, learningRate: 0.01 };
  const point = async (): Promise<Checkpoint> => {
    const saved: Checkpoint[] = [];
    const checkpoint = { every: 10, save: (each: Checkpoint): void => void saved.push(each) };
    await train(modelOf(), at("float64", 1), { ...base, checkpoint });
    return saved[0];
  };
  const refusal = async (model: Network, data: ReturnType<typeof at>, options: TrainOptions): Promise<string> => {
    const before = model.theta.slice();
    const error = await train(model, data, { ...base, ...options, resume: await point() }).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(OptionError);
    expect(model.theta).toEqual(before);
    return error instanceof Error ? error.message : "";
  };

  it("is refused with what differs", async () => {
    const same = at("float64", 1);
    expect(await refusal(modelOf(), same, { learningRate: 0.02, keep: 0.5 })).toBe(
      "train(): the checkpoint is one of another run, which would not go on to the same numbers; what differs: " +
        "training.learningRate: 0.01 then, 0.02 now; training.keep: 1 then, 0.5 now",
    );
    expect(await refusal(modelOf({ layers: [dense(5, "relu"), dense(1, "sigmoid")] }), same, {})).toContain(
      "network.layers[0].units: 6 then, 5 now",
    );
    expect(await refusal(modelOf({ dtype: "float32" }), same, {})).toContain(
      "network.dtype: float64 then, float32 now",
    );
    expect(await refusal(modelOf(), same, { engine: "readable" })).toContain("engine: wasm then, readable now");
    expect(await refusal(modelOf(), same, { validation: same })).toContain("validation.examples: none then, 150 now");
    expect(await refusal(modelOf(), at("float64", 1, 140), {})).toContain("data.examples: 150 then, 140 now");
    expect(await refusal(modelOf(), at("float64", 2), {})).toMatch(
      /data\.content: [0-9a-f]{16} then, [0-9a-f]{16} now/,
    );
    expect(await refusal(modelOf(), same, { sampleWeights: new Array(150).fill(2) })).toContain("data.content");
    expect(await refusal(modelOf(), same, { optimizer: { type: "adam", beta1: 0.8 } })).toContain(
      "training.optimizer.beta1: 0.9 then, 0.8 now",
    );
  });

  it("of the engine that is gone goes on with another only where that is asked for", async () => {
    const resume: Checkpoint = { ...(await point()), engine: "plain" };
    const model = modelOf();
    await expect(train(model, at("float64", 1), { ...base, engine: "readable", resume })).rejects.toThrow(
      "what differs: engine: plain then, readable now. The engine plain of version 0.1 is gone; to go on with readable, " +
        'whose last digits differ, resume { ...checkpoint, engine: "readable" }',
    );
    const { iterations } = await train(model, at("float64", 1), {
      ...base,
      engine: "readable",
      resume: { ...resume, engine: "readable" },
    });
    expect(iterations).toBe(20);
  });

  it("is refused where nothing is left to do", async () => {
    const resume = { ...(await point()), iteration: 20 };
    await expect(train(modelOf(), at("float64", 1), { ...base, resume })).rejects.toThrow(
      "the checkpoint is at step 20, but the run ends after 20",
    );
  });
});

describe("fingerprintOf", () => {
  it("sees a change of any bit, the precision, the order and the weights", () => {
    const data = at("float64", 1, 20);
    const seen = new Set([fingerprintOf(data).content]);
    for (let k = 0; k < data.X.data.length; k++) {
      const X = new Matrix(data.X.rows, data.X.columns, data.X.data.slice());
      X.data[k] += 1e-15 * (Math.abs(X.data[k]) + 1);
      seen.add(fingerprintOf({ ...data, X }).content);
    }
    seen.add(fingerprintOf({ X: data.X.as("float32"), Y: data.Y }).content);
    seen.add(fingerprintOf(data, data.Y.data).content);
    seen.add(fingerprintOf({ X: data.X, Y: map(data.Y, (y) => 1 - y) }).content);
    expect(seen.size).toBe(1 + data.X.data.length + 3);
    expect(fingerprintOf(at("float64", 1, 20))).toEqual(fingerprintOf(data));
  });
});
