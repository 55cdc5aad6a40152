import { type CompleteTrainingSpec, FormatError, OptionError, parseModel, type TrainingSpec } from "gradproof";
import { requireObject, show } from "gradproof/constraint";
import {
  type Configuration,
  configurationOf,
  configurationVersion,
  type PointSource,
  parseConfiguration,
  preparePoints,
  resolve,
} from "gradproof/pipeline";
import { runLengthOf } from "gradproof/training";
import { LONGEST_NAME } from "./constraints.js";
import type { Experiment } from "./experiment.js";
import { requireShowable } from "./parseExperiment.js";
import { parseRun } from "./parseRun.js";
import { recordEveryOf } from "./recordEvery.js";

/** What a file comes to in the lab. */
export interface Opened {
  readonly experiment: Experiment;
  /** Whether the file was of a table, whose place the points take that are shown. */
  readonly onOtherPoints: boolean;
}

/**
 * The run that a configuration or a model file describes, to be trained anew: one of the lab or of `gradproof train`.
 *
 * @param name of the file
 * @param present the points that are shown: a run on a table, which no file holds, is taken up on them where it fits
 * @throws OptionError or FormatError, beginning with the file's name, for what is damaged or what the lab cannot do
 */
export function openedExperiment(name: string, bytes: Uint8Array, present: PointSource): Opened {
  try {
    const configuration = configurationIn(bytes);
    const points = configuration.data?.points;
    if (points !== undefined) return { experiment: experimentOf(configuration, points, name), onOtherPoints: false };
    return { experiment: onPresentPoints(configuration, present, name), onOtherPoints: true };
  } catch (error) {
    if (error instanceof FormatError) throw new FormatError(`${name}: ${error.message}`);
    if (error instanceof OptionError) throw new OptionError(`${name}: ${error.message}`);
    throw error;
  }
}

/** Of a model file, which is binary, or of a configuration, which is a text. */
function configurationIn(bytes: Uint8Array): Configuration {
  const text = textOf(bytes);
  return text === undefined ? ofModel(bytes) : ofJson(text);
}

/** The bytes as a text, if they are one: no text of a file has a zero in it. */
function textOf(bytes: Uint8Array): string | undefined {
  if (bytes.includes(0)) return undefined;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function ofModel(bytes: Uint8Array): Configuration {
  const model = parseModel(bytes);
  if (model.summary === undefined) {
    throw new OptionError(
      "the model does not say how it was trained, and the lab trains it anew; open its configuration",
    );
  }
  return configurationOf(model);
}

/** The first version whose files have parts: those before hold options by name. */
const firstInParts = 3;

function ofJson(text: string): Configuration {
  const file = requireObject("configuration", parsedJson(text), [
    ...["version", "engine", "threads", "name", "members", "data", "network", "training"],
  ]);
  if (file.version !== firstInParts && file.version !== configurationVersion) {
    throw new OptionError(
      `version must be ${firstInParts} or ${configurationVersion}, got ${show(file.version)}; \`gradproof train --config FILE\` reads older ` +
        "files, and writes a new one as config.json into the folder of the run",
    );
  }
  // How the command line computes is no part of what is trained: the lab computes in its own way.
  const { engine: _engine, threads: _threads, ...configuration } = file;
  return parseConfiguration(configuration);
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new FormatError(
      'this is not JSON; open a configuration (.json) or a model (.safetensors), and a table by "Your own data"',
    );
  }
}

function onPresentPoints(configuration: Configuration, present: PointSource, name: string): Experiment {
  try {
    return experimentOf(configuration, present, name);
  } catch (error) {
    if (!(error instanceof OptionError)) throw error;
    throw new OptionError(
      "it was trained on a table, which the file does not hold, and it does not fit the points shown " +
        `(${error.message}); choose the table by "Your own data", then open this file again`,
    );
  }
}

function experimentOf(configuration: Configuration, points: PointSource, file: string): Experiment {
  const { data = {}, members = 1, name = file.replace(/\.\w+$/, "") } = configuration;
  if (members > 1) {
    throw new OptionError(
      `members is ${members}, and a run of the lab is one network; leave members out to open the first of them, and copy its run ` +
        "for each other one, with seeds one higher. gradproof train trains all of them together",
    );
  }
  const { normalize = configuration.version === 3 ? true : "robust", normalizeTarget = true, image } = data;
  const prepared = preparePoints(points, configuration);
  if (normalize === "robust") {
    throw new OptionError(
      'data: normalize is robust, and the lab gives numbers mean 0 and variance 1; set it to "standard", or to "none"',
    );
  }
  const scaled = normalize !== false && normalize !== "none";
  if (normalizeTarget !== false && normalizeTarget !== "none" && prepared.encoder.task === "regression") {
    throw new OptionError("data: normalizeTarget must be false; the lab learns targets as they are");
  }
  if (scaled && image !== undefined) {
    throw new OptionError(
      "data: image: the lab normalizes each pixel by itself; leave image out, or set normalize to false",
    );
  }
  const { network, training } = resolve(configuration, prepared);
  const run = {
    name: name.slice(0, LONGEST_NAME),
    network,
    training: asInLab(training, prepared.train.X.columns),
    normalize: scaled,
  };
  requireShowable(points);
  return { data: points, runs: [parseRun("run", run, points)] };
}

/** The training without what the lab takes by itself: a full batch, and its own steps between history entries. */
function asInLab({ recordEvery, batchSize, ...others }: CompleteTrainingSpec, m: number): TrainingSpec {
  const training = { ...others, ...(batchSize !== undefined && batchSize < m && { batchSize }) };
  const own = recordEveryOf(training, m);
  // Entries are the checks of early stopping: there the lab keeps to those of the command line.
  const checks = training.earlyStopping ? runLengthOf(training, m).recordEvery : own;
  const wanted = recordEvery ?? checks;
  return { ...training, ...(wanted !== own && { recordEvery: wanted }) };
}
