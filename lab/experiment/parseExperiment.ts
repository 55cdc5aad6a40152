import { type DenseSpec, type LayerSpec, OptionError, parseNetworkSpec, parseTrainingSpec } from "gradproof";
import { requireName, requireNumber, requireObject, show } from "../../src/constraint/constraint.js";
import { parameterCount } from "../../src/network/layout.js";
import { programOf } from "../../src/network/program.js";
import { isDense } from "../../src/ops/layer/dense/dense.js";
import { labConstraints, MOST_ITERATIONS, MOST_LAYERS, MOST_LINKED_NUMBERS, MOST_PARAMETERS } from "./constraints.js";
import { dataOf } from "./dataOf.js";
import { type DataSource, DIGIT_SIDE, type GeneratedData, generatorNames, type OwnData } from "./dataSource.js";
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
  const own = data.kind === "own" && {
    features: data.features.map((row) => Array.from(row)),
    targets: Array.from(data.targets),
  };
  return { version: EXPERIMENT_VERSION, data: { ...data, ...own }, runs };
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
  const { train } = dataOf(data);
  for (const [r, { network: spec, training }] of runs.entries()) {
    const { augmentation } = training;
    if (augmentation !== undefined && data.kind !== "digits") {
      throw new OptionError(`runs[${r}]: augmentation is for images, not for points`);
    }
    if (augmentation !== undefined && augmentation.height * augmentation.width !== train.X.rows) {
      throw new OptionError(`runs[${r}]: augmentation is for images of ${DIGIT_SIDE} × ${DIGIT_SIDE} pixels`);
    }
    const outputs = spec.layers[spec.layers.length - 1].units;
    if (spec.inputs !== train.X.rows || outputs !== train.Y.rows) {
      throw new OptionError(
        `runs[${r}]: the network takes ${spec.inputs} features to ${outputs} outputs, the data has ${train.X.rows} and ${train.Y.rows}`,
      );
    }
    if (Array.isArray(training.keep) && training.keep.length !== spec.layers.length - 1) {
      throw new OptionError(
        `runs[${r}]: keep must hold ${spec.layers.length - 1} numbers, one a hidden layer, got ${training.keep.length}`,
      );
    }
  }
}

function parseData(value: unknown): DataSource {
  const { kind } = requireObject("data", value, [...generatedKeys, ...ownKeys]);
  return requireName("data: kind", kind, [...generatorNames, "own"]) === "own"
    ? parseOwn(value)
    : parseGenerated(value);
}

const generatedKeys = [
  "kind",
  "examples",
  "test",
  "noise",
  "seed",
  "classes",
  "scale",
  "offset",
  "rare",
  "shuffled",
  "leaked",
] as const satisfies readonly (keyof GeneratedData)[];

function parseGenerated(value: unknown): GeneratedData {
  const given = requireObject("data", value, generatedKeys);
  const number = (name: "examples" | "test" | "noise" | "seed" | "classes"): number =>
    requireNumber(`data: ${name}`, given[name], labConstraints[name]);
  const pair = (name: "scale" | "offset"): [number, number] => {
    const two = given[name];
    if (!Array.isArray(two) || two.length !== 2) {
      throw new OptionError(`data: ${name} must hold two numbers, one a feature, got ${show(two)}`);
    }
    const [first, second] = two.map((one: unknown) => requireNumber(`data: ${name}`, one, labConstraints[name]));
    return [first, second];
  };
  const share = (name: "rare" | "leaked"): number => requireNumber(`data: ${name}`, given[name], labConstraints.share);
  if (given.shuffled !== undefined && given.shuffled !== true) {
    throw new OptionError(`data: shuffled must be true where it is given, got ${show(given.shuffled)}`);
  }
  const kind = requireName("data: kind", given.kind, generatorNames);
  if (kind === "digits") requireObject("data of digits", value, ["kind", "examples", "test", "noise", "seed"]);
  return {
    kind,
    examples: number("examples"),
    test: number("test"),
    noise: number("noise"),
    seed: number("seed"),
    ...(given.classes !== undefined && { classes: number("classes") }),
    ...(given.scale !== undefined && { scale: pair("scale") }),
    ...(given.offset !== undefined && { offset: pair("offset") }),
    ...(given.rare !== undefined && { rare: share("rare") }),
    ...(given.shuffled === true && { shuffled: true }),
    ...(given.leaked !== undefined && { leaked: share("leaked") }),
  };
}

const ownKeys = [
  "kind",
  "name",
  "featureNames",
  "classNames",
  "features",
  "targets",
  "test",
  "seed",
] as const satisfies readonly (keyof OwnData)[];

function parseOwn(value: unknown): OwnData {
  const given = requireObject("data", value, ownKeys);
  const { features, targets, featureNames, classNames } = given;
  if (!Array.isArray(features) || features.length === 0 || !Array.isArray(targets) || targets.length < 4) {
    throw new OptionError("data: features and targets must be lists, of at least one feature and four points");
  }
  const m = targets.length;
  if ((features.length + 1) * m > MOST_LINKED_NUMBERS) {
    throw new OptionError(`data: a link may hold at most ${MOST_LINKED_NUMBERS} numbers of its own`);
  }
  const names = classNames === undefined ? undefined : texts("data: classNames", classNames);
  if (names !== undefined && names.length < 2) throw new OptionError("data: classNames must name at least two classes");
  const target = names
    ? ({ ...labConstraints.target, whole: true, min: 0, max: names.length - 1 } as const)
    : labConstraints.target;
  return {
    kind: "own",
    name: text("data: name", given.name),
    featureNames: texts("data: featureNames", featureNames, features.length),
    ...(names && { classNames: names }),
    features: features.map((row: unknown, i) => {
      if (!Array.isArray(row) || row.length !== m) {
        throw new OptionError(`data: features[${i}] must hold one number a point, ${m} in all`);
      }
      return row.map((x: unknown) => requireNumber(`data: features[${i}]`, x, labConstraints.feature));
    }),
    targets: targets.map((y: unknown) => requireNumber("data: targets", y, target)),
    test: requireNumber("data: test", given.test, labConstraints.testShare),
    seed: requireNumber("data: seed", given.seed, labConstraints.seed),
  };
}

function texts(where: string, value: unknown, count?: number): string[] {
  if (!Array.isArray(value) || (count !== undefined && value.length !== count)) {
    throw new OptionError(`${where} must be a list of ${count ?? "some"} names, got ${show(value)}`);
  }
  return value.map((one: unknown) => text(where, one));
}

function text(where: string, value: unknown): string {
  if (typeof value === "string" && value.length <= 100) return value;
  throw new OptionError(`${where} must be a text of at most 100 characters, got ${show(value)}`);
}
