import { type DenseSpec, type LayerSpec, OptionError, parseNetworkSpec, parseTrainingSpec } from "gradproof";
import { requireNumber, requireObject, show } from "gradproof/constraint";
import { parameterCount, programOf } from "gradproof/network";
import { isDense } from "gradproof/ops";
import { DIGIT_SIDE, type PointSource, parsePoints, plainPoints, shapeOf } from "gradproof/pipeline";
import {
  labConstraints,
  MOST_CLASSES,
  MOST_FEATURES,
  MOST_ITERATIONS,
  MOST_LAYERS,
  MOST_PARAMETERS,
  MOST_POINTS,
} from "./constraints.js";
import { EXPERIMENT_VERSION, type Experiment, MOST_RUNS, type RunSpec } from "./experiment.js";

/**
 * An experiment from plain data that may come from anywhere: everything is checked, and bounded so that no link can keep
 * a machine busy with more than the page itself would.
 *
 * @throws OptionError naming what is wrong and what would be right
 */
export function parseExperiment(value: unknown): Experiment {
  const { version, data, runs } = requireObject("experiment", value, ["version", "data", "runs"]);
  if (version !== EXPERIMENT_VERSION) {
    throw new OptionError(
      `experiment: version must be ${EXPERIMENT_VERSION}, got ${show(version)}; the link is from another version of the lab`,
    );
  }
  if (!Array.isArray(runs) || runs.length === 0 || runs.length > MOST_RUNS) {
    throw new OptionError(`experiment: runs must be a list of 1 to ${MOST_RUNS} runs, got ${show(runs)}`);
  }
  const experiment = { data: parseData(data), runs: runs.map((run: unknown, r) => parseRun(`runs[${r}]`, run)) };
  requireFit(experiment);
  return experiment;
}

/** The plain data that `parseExperiment` reads. */
export function plainExperiment({ data, runs }: Experiment): object {
  return { version: EXPERIMENT_VERSION, data: plainPoints(data), runs };
}

function parseRun(where: string, value: unknown): RunSpec {
  const given = requireObject(where, value, ["name", "network", "training", "normalize"]);
  const parsed = parseNetworkSpec(given.network);
  const spec = { ...parsed, layers: parsed.layers.map((layer, l) => requireDense(`${where}: layer ${l + 1}`, layer)) };
  if (spec.layers.length > MOST_LAYERS) {
    throw new OptionError(`${where}: a network of ${spec.layers.length} layers; the lab takes at most ${MOST_LAYERS}`);
  }
  const parameters = parameterCount(programOf(spec.inputs, spec.layers).layout);
  if (parameters > MOST_PARAMETERS) {
    throw new OptionError(`${where}: a network of ${parameters} parameters; the lab takes at most ${MOST_PARAMETERS}`);
  }
  const training = parseTrainingSpec(given.training);
  if ((training.iterations ?? 0) > MOST_ITERATIONS || (training.epochs ?? 0) > MOST_ITERATIONS) {
    throw new OptionError(`${where}: the lab takes runs of at most ${MOST_ITERATIONS} steps`);
  }
  if (typeof given.normalize !== "boolean") {
    throw new OptionError(`${where}: normalize must be true or false, got ${show(given.normalize)}`);
  }
  return { name: text(`${where}: name`, given.name), network: spec, training, normalize: given.normalize };
}

function requireDense(where: string, layer: LayerSpec): DenseSpec {
  const { type }: { readonly type: string } = layer;
  if (isDense(layer)) return layer;
  throw new OptionError(`${where} is of type ${type}; the lab takes dense layers alone`);
}

/** Whether the runs fit the points: number of features, of classes, of hidden layers, images to change. */
function requireFit({ data, runs }: Experiment): void {
  const { features, outputs: targets } = shapeOf(data);
  for (const [r, { network: spec, training }] of runs.entries()) {
    const { augmentation } = training;
    if (augmentation !== undefined && data.kind !== "digits") {
      throw new OptionError(`runs[${r}]: augmentation is for images, not for points`);
    }
    if (augmentation !== undefined && augmentation.height * augmentation.width !== features) {
      throw new OptionError(`runs[${r}]: augmentation is for images of ${DIGIT_SIDE} × ${DIGIT_SIDE} pixels`);
    }
    const outputs = spec.layers[spec.layers.length - 1].units;
    if (spec.inputs !== features || outputs !== targets) {
      throw new OptionError(
        `runs[${r}]: the network takes ${spec.inputs} features to ${outputs} outputs, the data has ${features} and ${targets}`,
      );
    }
    if (Array.isArray(training.keep) && training.keep.length !== spec.layers.length - 1) {
      throw new OptionError(
        `runs[${r}]: keep must hold ${spec.layers.length - 1} numbers, one a hidden layer, got ${training.keep.length}`,
      );
    }
  }
}

/** The points, as many as the page can show. */
function parseData(value: unknown): PointSource {
  const source = parsePoints("data", value);
  if (source.kind === "own") {
    requireAtMost("points", source.targets.length, MOST_POINTS);
    requireAtMost("features", source.features.length, MOST_FEATURES);
    requireAtMost("classes", source.classNames?.length ?? 0, MOST_CLASSES);
  } else {
    for (const name of ["examples", "test", "noise", "classes"] as const) {
      const { [name]: number } = source;
      if (number !== undefined) requireNumber(`data: ${name}`, number, labConstraints[name]);
    }
  }
  return source;
}

function requireAtMost(what: string, count: number, most: number): void {
  if (count > most) throw new OptionError(`data: ${count} ${what}; the lab takes at most ${most}`);
}

function text(where: string, value: unknown): string {
  if (typeof value === "string" && value.length <= 100) return value;
  throw new OptionError(`${where} must be a text of at most 100 characters, got ${show(value)}`);
}
