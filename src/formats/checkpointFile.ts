import type { FloatArray } from "../array/floatArray.js";
import { say, within } from "../constraint/codedError.js";
import { requireRecord } from "../constraint/kinds.js";
import { FormatError } from "../data/formatError.js";
import { hasAverage, hasSquare } from "../engine/trainer.js";
import { parameterCount } from "../network/layout.js";
import { programOf } from "../network/program.js";
import type { Checkpoint } from "../training/checkpoint.js";
import { checkpointFormat, checkpointFormatUnsealed, requireSealed, seal, unsealed } from "./checkpointChecksum.js";
import { parseIdentity, parseProgress } from "./checkpointEntries.js";
import { checkpointWords } from "./checkpointWords.js";
import { parseHistory } from "./historyEntry.js";
import { jsonEntry, requireFormat } from "./jsonEntry.js";
import { readSafetensors, type SafetensorsFile, type Tensor, writeSafetensors } from "./safetensors.js";
import { formatsWords } from "./words.js";

/**
 * Writes a checkpoint as one safetensors file: θ, θ before the last update, the optimizer's averages and the best weights
 * as tensors of one dimension; what the run is made of, how far it is, and its history as JSON texts in its metadata, with a
 * checksum over the whole file.
 *
 * @example
 * import { type Checkpoint, dense, network, train } from "gradproof";
 * import { xor } from "gradproof/data";
 * import { parseCheckpoint, serializeCheckpoint } from "gradproof/formats";
 * const model = () => network({ inputs: 2, layers: [dense(4, "tanh"), dense(1, "sigmoid")], seed: 1 });
 * const data = xor({ examples: 40, seed: 1 });
 * let saved: Uint8Array = new Uint8Array();
 * const save = (checkpoint: Checkpoint): void => void (saved = serializeCheckpoint(checkpoint));
 * const whole = model();
 * await train(whole, data, { iterations: 70, checkpoint: { every: 40, save } });
 * const resumed = model();
 * await train(resumed, data, { iterations: 70, resume: parseCheckpoint(saved) }); // goes on at step 40
 * resumed.theta.every((value, k) => value === whole.theta[k]); // => true
 */
export function serializeCheckpoint(checkpoint: Checkpoint): Uint8Array {
  const metadata = new Map(unsealed(checkpointFormat));
  const tensors = new Map<string, Tensor>();
  addParts(checkpoint, "", tensors, metadata);
  return seal(writeSafetensors({ tensors, metadata }), checkpointFormat);
}

/** Adds the tensors and texts of a checkpoint, their names behind a prefix. */
export function addParts(
  checkpoint: Checkpoint,
  prefix: string,
  tensors: Map<string, Tensor>,
  metadata: Map<string, string>,
): void {
  requireRecord("serializeCheckpoint(): checkpoint", checkpoint, "a checkpoint of a run");
  const {
    network,
    training,
    engine,
    data,
    validation,
    iteration,
    seconds,
    trainer,
    sinceRecord,
    history,
    monitor,
    schedules,
    stopped,
  } = checkpoint;
  requireRecord("serializeCheckpoint(): checkpoint.trainer", trainer);
  const { theta, previous, average, square, power1, power2, power3, total, kept, previousKept } = trainer;
  const { averaged, averagedKept, averagedWeight } = trainer;
  const { bestTheta: best, bestKept } = monitor ?? {};
  const vectors = { theta, previous, average, square, averaged, averagedKept, kept, previousKept, best, bestKept };
  for (const [name, numbers] of Object.entries(vectors)) {
    if (numbers !== undefined) tensors.set(prefix + name, tensorOf(numbers));
  }
  const progress = {
    iteration,
    seconds,
    power1,
    power2,
    ...(power3 !== 1 && { power3 }),
    averagedWeight,
    total,
    sinceRecord,
    ...(monitor && { best: monitor.best, checksWithoutImprovement: monitor.checksWithoutImprovement }),
    ...(schedules && { schedules }),
    ...(stopped !== undefined && { stopped }),
  };
  const texts = { run: { network, training, engine, data, validation }, progress, history };
  for (const [name, value] of Object.entries(texts)) metadata.set(prefix + name, JSON.stringify(value));
}

/**
 * Reads a checkpoint that `serializeCheckpoint` wrote, of version 0.1 too; a run that goes on from it comes to the same
 * bits.
 *
 * @throws FormatError when the bytes are not such a file, or not the same as were written (0.1 had no checksum to tell), or its
 *   parts do not fit each other; the message names the part
 *
 * @example
 * import { FormatError } from "gradproof";
 * import { parseCheckpoint } from "gradproof/formats";
 * let known = false;
 * try {
 *   parseCheckpoint(new Uint8Array([1, 2, 3]));
 * } catch (error) {
 *   known = error instanceof FormatError;
 * }
 * known; // => true
 */
export function parseCheckpoint(bytes: Uint8Array): Checkpoint {
  const file = readSafetensors(bytes);
  requireIntact(bytes, file);
  return checkpointIn(file);
}

/** @throws FormatError naming the part that does not fit */
export function checkpointIn(file: SafetensorsFile): Checkpoint {
  const run = required(file, "run", parseIdentity);
  const { best, checksWithoutImprovement, iteration, seconds, sinceRecord, schedules, stopped, ...numbers } = required(
    file,
    "progress",
    (json) => parseProgress(json, run.training),
  );
  const history = required(file, "history", (json) => parseHistory("history", json));
  const latest = history.at(-1);
  // The last state of a run that has ended is that after its last step.
  if (latest !== undefined && latest.iteration >= iteration + (stopped === undefined ? 0 : 1)) {
    const steps = { step: iteration, latest: latest.iteration };
    throw new FormatError(within("checkpoint", say(checkpointWords, "checkpoint.history", steps)));
  }
  const { layout, stateLayout, unitLayers } = programOf(run.network.inputs, run.network.layers);
  const layers = history.find(({ signals }) => signals !== undefined)?.signals?.length;
  if (layers !== undefined && layers !== unitLayers.length) {
    const expected = unitLayers.length;
    throw new FormatError(within("checkpoint", say(checkpointWords, "checkpoint.signals", { layers, expected })));
  }
  if ((run.validation === undefined) !== (checksWithoutImprovement === undefined)) {
    throw new FormatError(within("checkpoint", say(checkpointWords, "checkpoint.noValidation")));
  }
  const { optimizer, earlyStopping, average } = run.training;
  if ((average === undefined) !== (numbers.averagedWeight === undefined)) {
    throw new FormatError(within("checkpoint", say(checkpointWords, "checkpoint.noAverage")));
  }
  const length = parameterCount(layout);
  const keptLength = parameterCount(stateLayout);
  const dtype = run.network.dtype === "float64" ? "F64" : "F32";
  // Some engines average in float64 whatever the network is.
  const either = ["F64", "F32"] as const;
  const names = [
    ...[
      "theta",
      "previous",
      "average",
      "square",
      "averaged",
      "averagedKept",
      "kept",
      "previousKept",
      "best",
      "bestKept",
    ],
  ];
  const unknown = [...file.tensors.keys()].find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new FormatError(within("checkpoint", say(checkpointWords, "checkpoint.unknown", { tensor: unknown })));
  }
  const tensor = (name: string, dtypes: readonly Tensor["dtype"][], numbers = length): FloatArray =>
    requireTensor(file, name, dtypes, numbers);
  const noTensor = (...unused: readonly string[]): void => {
    const found = unused.find((name) => file.tensors.has(name));
    if (found !== undefined) {
      throw new FormatError(within("checkpoint", say(checkpointWords, "checkpoint.unused", { tensor: found })));
    }
  };
  const trainer = {
    theta: tensor("theta", [dtype]),
    previous: tensor("previous", [dtype]),
    ...(hasAverage(optimizer) ? { average: tensor("average", either) } : noTensor("average")),
    ...(hasSquare(optimizer) ? { square: tensor("square", either) } : noTensor("square")),
    ...(average === undefined ? noTensor("averaged") : { averaged: tensor("averaged", [dtype]) }),
    ...(average !== undefined && keptLength > 0
      ? { averagedKept: tensor("averagedKept", [dtype], keptLength) }
      : noTensor("averagedKept")),
    ...(keptLength > 0
      ? { kept: tensor("kept", [dtype], keptLength), previousKept: tensor("previousKept", [dtype], keptLength) }
      : noTensor("kept", "previousKept")),
    ...numbers,
  };
  const bestTheta = earlyStopping === undefined ? noTensor("best") : tensor("best", [dtype]);
  const keepsBest = earlyStopping !== undefined && keptLength > 0;
  const bestKept = keepsBest ? tensor("bestKept", [dtype], keptLength) : noTensor("bestKept");
  return {
    ...run,
    iteration,
    seconds,
    trainer,
    sinceRecord,
    history,
    ...(stopped !== undefined && { stopped }),
    ...(checksWithoutImprovement !== undefined && {
      monitor: {
        ...(best && { best }),
        ...(bestTheta && { bestTheta }),
        ...(bestKept && { bestKept }),
        checksWithoutImprovement,
      },
    }),
    ...(schedules && { schedules }),
  };
}

export function requireIntact(bytes: Uint8Array, file: SafetensorsFile): void {
  const earlier = file.metadata.get("format") === checkpointFormatUnsealed && !file.metadata.has("checksum");
  if (earlier) return;
  requireFormat("checkpoint", file, checkpointFormat);
  requireSealed(bytes, checkpointFormat);
}

const tensorOf = (data: FloatArray): Tensor =>
  data instanceof Float64Array
    ? { dtype: "F64", shape: [data.length], data }
    : { dtype: "F32", shape: [data.length], data };

function required<T>(file: SafetensorsFile, name: string, parse: (json: unknown) => T): T {
  const value = jsonEntry("checkpoint", file, name, parse);
  if (value === undefined) throw new FormatError(within("checkpoint", say(formatsWords, "metadata.entry", { name })));
  return value;
}

function requireTensor(
  file: SafetensorsFile,
  name: string,
  dtypes: readonly Tensor["dtype"][],
  length: number,
): FloatArray {
  const found = file.tensors.get(name);
  if (found !== undefined && dtypes.includes(found.dtype) && found.shape.length === 1 && found.shape[0] === length) {
    return found.data;
  }
  const what = found && `${found.dtype} [${found.shape.join(", ")}]`;
  const said = say(checkpointWords, "checkpoint.tensor", { tensor: name, dtypes, length, found: what });
  throw new FormatError(within("checkpoint", said));
}
