import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Matrix } from "../../src/array/matrix.js";
import { FormatError } from "../../src/data/formatError.js";
import { circles } from "../../src/data/generators/circles.js";
import { predict } from "../../src/engine/predict.js";
import { checkpointFormat, seal } from "../../src/formats/checkpointChecksum.js";
import { parseCheckpoint, serializeCheckpoint } from "../../src/formats/checkpointFile.js";
import { readSafetensors, type Tensor, writeSafetensors } from "../../src/formats/safetensors.js";
import { dense } from "../../src/network/dense.js";
import { network, networkWith } from "../../src/network/network.js";
import { names } from "../../src/ops/names.js";
import type { Checkpoint } from "../../src/training/checkpoint.js";
import type { TrainOptions } from "../../src/training/options.js";
import { train } from "../../src/training/train.js";
import { expectData } from "../constraint/catalogues.js";
import { damaged, readsOrRejects } from "../data/readers/hostile.js";

async function checkpointOf(options: TrainOptions = {}, dtype: "float64" | "float32" = "float64"): Promise<Checkpoint> {
  const { X, Y } = circles({ examples: 40, seed: 1 });
  const model = network({ inputs: 2, layers: [dense(3, "tanh"), dense(1, "sigmoid")], dtype, seed: 1 });
  const saved: Checkpoint[] = [];
  await train(
    model,
    { X: X.as(dtype), Y: Y.as(dtype) },
    {
      epochs: 5,
      batchSize: 16,
      keep: 0.9,
      ...options,
      checkpoint: { every: 2, save: (checkpoint) => void saved.push(checkpoint) },
    },
  );
  return saved[0];
}

const validation = circles({ examples: 20, seed: 2 });
const full = await checkpointOf({ validation, earlyStopping: { patience: 100 }, recordEvery: 2 });
const bytes = serializeCheckpoint(full);

/** The file with entries of the metadata, and tensors, replaced or left out, and its checksum made anew. */
function changed(
  texts: Readonly<Record<string, string | undefined>>,
  arrays: Readonly<Record<string, Tensor | undefined>> = {},
): Uint8Array {
  const file = readSafetensors(bytes);
  const metadata = new Map(file.metadata);
  const tensors = new Map(file.tensors);
  for (const [name, text] of Object.entries(texts)) {
    if (text === undefined) metadata.delete(name);
    else metadata.set(name, text);
  }
  for (const [name, tensor] of Object.entries(arrays)) {
    if (tensor === undefined) tensors.delete(name);
    else tensors.set(name, tensor);
  }
  const written = writeSafetensors({ tensors, metadata });
  return Object.hasOwn(texts, "format") ? written : seal(written, checkpointFormat);
}

function isRefused(file: Uint8Array): boolean {
  try {
    parseCheckpoint(file);
    return false;
  } catch (thrown) {
    if (!(thrown instanceof FormatError)) throw thrown;
    expectData(thrown);
    return true;
  }
}

/** An entry of the metadata with something in it replaced. */
function entry(name: string, change: (value: Record<string, unknown>) => unknown): Record<string, string> {
  const value = JSON.parse(readSafetensors(bytes).metadata.get(name) ?? "");
  return { [name]: JSON.stringify(change(value)) };
}

describe("checkpoint files", () => {
  it("give back the same checkpoint, to the last bit", async () => {
    for (const optimizer of names.optimizers) {
      for (const engine of ["wasm", "readable"] as const) {
        for (const dtype of ["float64", "float32"] as const) {
          const checkpoint = await checkpointOf({ optimizer, engine }, dtype);
          expect(parseCheckpoint(serializeCheckpoint(checkpoint))).toEqual(checkpoint);
        }
      }
    }
    expect(parseCheckpoint(bytes)).toEqual(full);
    expect(serializeCheckpoint(parseCheckpoint(bytes))).toEqual(bytes);
  });

  it("of the engine plain of 0.1 load as models", () => {
    const path = new URL("../corpus/0.1/checkpoints/plain-engine.safetensors", import.meta.url);
    const { engine, network: spec, trainer } = parseCheckpoint(new Uint8Array(readFileSync(path)));
    expect(engine).toBe("plain");
    const P = predict(networkWith(spec, trainer.theta), Matrix.zeros(3, 2, "float32")); // (classes × examples)
    for (const j of [0, 1]) expect(P.get(0, j) + P.get(1, j) + P.get(2, j)).toBeCloseTo(1, 6);
  });

  it("keep a metric that is not defined, and numbers of θ that are not finite", () => {
    const history = full.history.map((point) => ({ ...point, validation: { cost: 1, rocAuc: Number.NaN } }));
    const theta = full.trainer.theta.map((value, k) => (k === 0 ? Number.POSITIVE_INFINITY : value));
    const odd = { ...full, history, trainer: { ...full.trainer, theta } };
    expect(parseCheckpoint(serializeCheckpoint(odd))).toEqual(odd);
  });

  const wrong: readonly [string, () => Uint8Array, string][] = [
    ["a model file", () => changed({ format: "gradproof model 1" }), 'of format "gradproof model 1"'],
    ["any safetensors file", () => changed({ format: undefined }), "no gradproof checkpoint"],
    ["a later version", () => changed({ format: "gradproof checkpoint 3" }), "gradproof checkpoint 3"],
    ["an earlier version with a checksum", () => changed({ format: "gradproof checkpoint 1" }), "checkpoint 1"],
    [
      "no checksum",
      () => seal(changed({ format: "gradproof checkpoint 2", checksum: undefined }), checkpointFormat),
      "it is damaged",
    ],
    ["no progress", () => changed({ progress: undefined }), "the metadata has no entry progress"],
    ["no JSON", () => changed({ run: "{" }), "the entry run of the metadata is not JSON"],
    ["θ missing", () => changed({}, { theta: undefined }), "expected tensor theta as F64 [13], found none"],
    [
      "θ of another length",
      () => changed({}, { theta: { dtype: "F64", shape: [1], data: new Float64Array(1) } }),
      "expected tensor theta as F64 [13], found F64 [1]",
    ],
    [
      "θ of another precision",
      () => changed({}, { theta: { dtype: "F32", shape: [13], data: new Float32Array(13) } }),
      "expected tensor theta as F64 [13], found F32 [13]",
    ],
    ["Adam's average missing", () => changed({}, { average: undefined }), "expected tensor average as F64 or F32 [13]"],
    [
      "a tensor too many",
      () => changed({}, { __proto: { dtype: "F64", shape: [0], data: new Float64Array(0) } }),
      'unknown tensor "__proto"',
    ],
    [
      "averages of an optimizer without",
      () => changed(entry("run", (run) => ({ ...run, training: { optimizer: "gradientDescent" } }))),
      "this run has no use for a tensor average",
    ],
    [
      "best weights of a run that does not stop early",
      () => changed(entry("run", (run) => ({ ...run, training: { optimizer: "adam" } }))),
      "this run has no use for a tensor best",
    ],
    [
      "a monitor without a validation set",
      () => changed(entry("run", ({ validation: _, ...run }) => run)),
      "checksWithoutImprovement belongs to a run with a validation set",
    ],
    [
      "an option out of range",
      () => changed(entry("run", (run) => ({ ...run, training: { optimizer: "adam", l2: -1 } }))),
      "checkpoint: run: train(): l2 must be a finite number of at least 0, got -1",
    ],
    [
      "a network that does not fit",
      () => changed(entry("run", (run) => ({ ...run, network: { inputs: 0, layers: [] } }))),
      "checkpoint: run: network(): inputs must be",
    ],
    [
      "a fingerprint that is none",
      () => changed(entry("run", (run) => ({ ...run, data: { examples: 1, features: 1, content: "x" } }))),
      'data.content must be 16 hexadecimal digits, got "x"',
    ],
    [
      "a step that is none",
      () => changed(entry("progress", (progress) => ({ ...progress, iteration: -1 }))),
      "checkpoint: progress: iteration must be a whole number of at least 0, got -1",
    ],
    [
      "a key that is not known",
      () => changed(entry("progress", (progress) => ({ ...progress, iterations: 7 }))),
      'unknown option "iterations" (did you mean iteration?)',
    ],
    [
      "history of the future",
      () => changed(entry("progress", (progress) => ({ ...progress, iteration: 1 }))),
      "it is of step 1, but its history goes to step 4",
    ],
    [
      "history out of order",
      () => changed({ history: JSON.stringify([full.history[1], full.history[0]]) }),
      "history[1].iteration must be above 2",
    ],
    [
      "history that is no list",
      () => changed({ history: "{}" }),
      "history must be an array of history entries, got {}",
    ],
    [
      "an entry without a cost",
      () => changed({ history: JSON.stringify([{ ...full.history[0], cost: null }]) }),
      "history[0].cost must be a finite number, got null",
    ],
    [
      "an unknown metric",
      () => changed({ history: JSON.stringify([{ ...full.history[0], validation: { constructor: 1 } }]) }),
      'history[0].validation: unknown option "constructor"',
    ],
    [
      "signals of another network",
      () =>
        changed({ history: JSON.stringify([{ ...full.history[0], signals: full.history[0].signals?.slice(0, 1) }]) }),
      "its history has signals of 1 layers, its network 2",
    ],
  ];

  it.each(wrong)("are refused: %s", (_, make, message) => {
    expect(() => parseCheckpoint(make())).toThrow(FormatError);
    expect(() => parseCheckpoint(make())).toThrow(message);
  });

  it("are refused wherever they are cut off", () => {
    for (let length = 0; length < bytes.length; length += 7) {
      expect(() => parseCheckpoint(bytes.subarray(0, length)), `${length} bytes`).toThrow(FormatError);
    }
  });

  it("are refused with any one bit flipped", () => {
    const file = serializeCheckpoint({ ...full, history: full.history.map(({ signals: _, ...entry }) => entry) });
    const taken: string[] = [];
    for (let bit = 0; bit < 8 * file.length; bit++) {
      file[bit >> 3] ^= 1 << (bit & 7);
      if (!isRefused(file)) taken.push(`bit ${bit & 7} of byte ${bit >> 3}`);
      file[bit >> 3] ^= 1 << (bit & 7);
    }
    expect(taken).toEqual([]);
    expect(isRefused(file)).toBe(false);
  });

  it("are refused however they are damaged", () => {
    fc.assert(
      fc.property(damaged([bytes]), (file) => {
        if (Buffer.compare(file, bytes) === 0) expect(parseCheckpoint(file)).toEqual(full);
        else expect(() => parseCheckpoint(file)).toThrow(FormatError);
      }),
      { numRuns: 1500 },
    );
  });

  it("of 0.1, which had no checksum, are read, and read or refused when damaged", () => {
    const old = changed({ format: "gradproof checkpoint 1", checksum: undefined });
    expect(parseCheckpoint(old)).toEqual(full);
    fc.assert(
      fc.property(damaged([old]), (file) => readsOrRejects(() => parseCheckpoint(file))),
      { numRuns: 1000 },
    );
  });

  it("are read or refused with any JSON in their metadata", () => {
    const value = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom("__proto__", "constructor", null, [], {}, -0, 1e308, [[]], { __proto__: 1 }),
    );
    fc.assert(
      fc.property(
        fc.constantFrom("run", "progress", "history"),
        fc.constantFrom("network", "training", "engine", "data", "iteration", "best", "sinceRecord", "total", "0"),
        value,
        (name, key, json) => {
          const file = changed(entry(name, (old) => (Array.isArray(old) ? [json] : { ...old, [key]: json })));
          readsOrRejects(() => parseCheckpoint(file));
          readsOrRejects(() => parseCheckpoint(changed({ [name]: JSON.stringify(json) })));
        },
      ),
      { numRuns: 1000 },
    );
  });
});
