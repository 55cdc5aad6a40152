import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { expect } from "vitest";
import { readLink } from "../../lab/experiment/shareLink.js";
import { LabRun } from "../../lab/worker/labRun.js";
import type { DType } from "../../src/array/floatArray.js";
import type { Matrix } from "../../src/array/matrix.js";
import { chosenBy, configFileIn, readConfigFile } from "../../src/cli/options/configFile.js";
import { plainOptions } from "../../src/cli/options/configured.js";
import type { RunConfiguration } from "../../src/cli/options/runConfiguration.js";
import { parseNpz } from "../../src/data/readers/npy.js";
import { parseCheckpoint } from "../../src/formats/checkpointFile.js";
import { predictRaw, predictTable } from "../../src/formats/predictModel.js";
import { network } from "../../src/network/network.js";
import type { NetworkSpec } from "../../src/network/spec.js";
import type { EngineName } from "../../src/node/engineNames.js";
import { openEngine } from "../../src/node/engines.js";
import { loadModel } from "../../src/node/modelFiles.js";
import { readTable } from "../../src/node/readTable.js";
import type { TrainingSpec } from "../../src/training/spec.js";
import { train } from "../../src/training/train.js";
import { gradproof } from "../cli/testContext.js";

/**
 * The kinds of files in the corpus of a version. Each says what this version makes of a file, in the form in which the
 * version that wrote it said it; what it refuses, it throws.
 */
export const kinds = { models, checkpoints, configurations, runs, sweeps, curves, links };
export type Kind = keyof typeof kinds;

const bytesOf = (...path: string[]): Uint8Array => new Uint8Array(readFileSync(join(...path)));
const textOf = (...path: string[]): string => readFileSync(join(...path), "utf8");
const jsonOf = (...path: string[]) => JSON.parse(textOf(...path));

/** Numbers as texts that give the same bits back. */
const texts = (numbers: Iterable<number>): string[] =>
  Array.from(numbers, (x) => (Object.is(x, -0) ? "-0" : String(x)));

function hash(content: Float64Array | Float32Array | string): string {
  const bytes =
    typeof content === "string" ? content : new Uint8Array(content.buffer, content.byteOffset, content.byteLength);
  return createHash("sha256").update(bytes).digest("hex").slice(0, 32);
}

async function models(corpus: string, file: string, { input }: { readonly input: string }): Promise<unknown> {
  const model = await loadModel(join(corpus, "models", file));
  const path = join(corpus, "data", input);
  const predicted = input.endsWith(".csv")
    ? predictTable(model, await readTable(path, model.encoder?.csvOptions("features")))
    : { outputs: predictRaw(model, arrayOf(parseNpz(bytesOf(path)), "V")) };
  return {
    theta: hash(model.network.theta),
    start: hash(network(model.network.spec).theta),
    outputs: texts(predicted.outputs.data),
    ...("labels" in predicted && { labels: predicted.labels }),
    ...(model.summary && { summary: model.summary }),
  };
}

interface CheckpointedRun {
  readonly data: string;
  readonly network: NetworkSpec;
  readonly training: TrainingSpec;
  readonly engine: EngineName | "wasm-threads";
  readonly validation: boolean;
  readonly weights: boolean;
}

async function checkpoints(corpus: string, file: string, given: CheckpointedRun): Promise<unknown> {
  const arrays = parseNpz(bytesOf(corpus, "data", given.data));
  const dtype: DType = given.network.dtype ?? "float64";
  const part = (X: string, Y: string) => ({ X: arrayOf(arrays, X).as(dtype), Y: arrayOf(arrays, Y).as(dtype) });
  const net = network(given.network);
  const { engine, close } = openEngine(given.engine === "wasm-threads" ? "wasm" : given.engine, 2);
  const run = await train(net, part("X", "Y"), {
    ...given.training,
    engine,
    ...(given.validation && { validation: part("V", "W") }),
    ...(given.weights && { sampleWeights: arrayOf(arrays, "s").data }),
    resume: parseCheckpoint(bytesOf(corpus, "checkpoints", file)),
  }).finally(close);
  const { stopped, iterations, epochs, best, history } = run;
  const end = {
    theta: hash(net.theta),
    stopped,
    iterations,
    epochs,
    ...(best && { best }),
    history: history.map(({ signals: _, ...costs }) => costs),
  };
  return { end: JSON.parse(JSON.stringify(end)) };
}

/** A configuration as 0.1 wrote it: options by name, of keep always a list, of hidden layers that are none all the same. */
function flat(configuration: RunConfiguration): object {
  const { activation = "relu", keep, ...others } = plainOptions(configuration);
  return { ...others, activation, keep: [keep].flat() };
}

async function configurations(
  corpus: string,
  file: string,
  { table, words = [] }: { readonly table?: string; readonly words?: readonly string[] },
): Promise<unknown> {
  const path = join(corpus, "configurations", file);
  if (table === undefined) return { used: flat(chosenBy(await readConfigFile(path))) };
  return inFolder(async (folder) => {
    await run(["train", join(corpus, "data", table), ...placed(corpus, words), "--config", path, "--out", folder]);
    return { theta: await thetaOf(folder), used: flat(chosenBy(configFileIn(path, textOf(folder, "config.json")))) };
  });
}

function runs(corpus: string, name: string): Promise<unknown> {
  return inFolder(async (folder) => {
    const copy = join(folder, name);
    cpSync(join(corpus, "runs", name), copy, { recursive: true });
    // Its tables lay elsewhere when it was trained.
    const record = jsonOf(copy, "run.json");
    for (const path of ["table", "labels", "test", "testLabels"].filter((key) => record[key] !== undefined)) {
      record[path] = join(corpus, "data", basename(record[path]));
    }
    writeFileSync(join(copy, "run.json"), JSON.stringify(record));
    const { ended, table, labels } = record;
    if (!ended) {
      await run(["train", "--resume", copy]);
      return { ended, theta: await thetaOf(copy) };
    }
    const again = join(folder, "again");
    const examples = [table, ...(labels === undefined ? [] : ["--labels", labels])];
    await run(["train", ...examples, "--config", join(copy, "config.json"), "--out", again]);
    expect(await thetaOf(again)).toBe(await thetaOf(copy));
    await run(["compare", copy, again]);
    await run(["export", copy, "--to", "typescript"]);
    await run(["predict", join(copy, "model.safetensors"), table]);
    return { ended, theta: await thetaOf(copy) };
  });
}

function sweeps(corpus: string, name: string, { words }: { readonly words: readonly string[] }): Promise<unknown> {
  return inFolder(async (folder) => {
    cpSync(join(corpus, "sweeps", name), folder, { recursive: true });
    const path = join(folder, "journal.jsonl");
    const before = readFileSync(path, "utf8").trimEnd().split("\n");
    const ended = existsSync(join(folder, "model.safetensors"));
    await run(["sweep", ...placed(corpus, words), "--workers", "1", "--out", folder]);
    // What was finished stands where it stood, and no run is there twice.
    const lines = readFileSync(path, "utf8").trimEnd().split("\n");
    expect(lines.slice(0, before.length)).toEqual(before);
    return {
      ended,
      runs: lines
        .slice(1)
        .sort()
        .map((line) => JSON.parse(line)),
      theta: await thetaOf(folder),
    };
  });
}

async function curves(
  corpus: string,
  file: string,
  { words }: { readonly words: readonly string[] },
): Promise<unknown> {
  // What it left out had the defaults of its version.
  const folder = mkdtempSync(join(tmpdir(), "gradproof-curve-"));
  const config = join(folder, "config.json");
  writeFileSync(config, JSON.stringify({ version: 3 }));
  const now: unknown = JSON.parse(await run(["curve", ...placed(corpus, words), "--config", config, "--json"]));
  rmSync(folder, { recursive: true });
  expect(now).toMatchObject(jsonOf(corpus, "curves", file));
  return now;
}

async function links(corpus: string, file: string, { steps }: { readonly steps: number }): Promise<unknown> {
  const experiment = readLink(readFileSync(join(corpus, "links", file), "utf8"));
  if (experiment === undefined) throw new Error("the link is none");
  const replayed = [];
  for (const spec of experiment.runs) {
    const one = new LabRun(spec, experiment.data);
    await one.advance(steps, new AbortController().signal);
    const { iteration, curve, broken } = one.look({ boundary: 0, layers: false, doctor: "nothing", known: 0 });
    replayed.push({
      theta: hash(one.weights().theta),
      iteration,
      costs: texts(curve.flatMap(({ cost, testCost }) => [cost, testCost])),
      ...(broken !== undefined && { broken }),
    });
    one.release();
  }
  return { experiment, runs: replayed };
}

function arrayOf(arrays: ReadonlyMap<string, Matrix>, name: string): Matrix {
  const found = arrays.get(name);
  if (found === undefined) throw new Error(`the archive holds no ${name}`);
  return found;
}

const thetaOf = async (folder: string): Promise<string> =>
  hash((await loadModel(join(folder, "model.safetensors"))).network.theta);

/** The words of a command with the files of the corpus where they lie. */
const placed = (corpus: string, words: readonly string[]): string[] =>
  words.map((word) => word.replace(/^(data|configurations)\//, (folder) => join(corpus, folder)));

/** Runs a command to its end in this process; what it refuses is thrown. */
async function run(words: readonly string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await gradproof(words);
  if (exitCode !== 0) throw new Error(stderr);
  return stdout;
}

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "gradproof-corpus-"));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
