import { OptionError, requireName, requireNumber, requireObject, show } from "../constraint/constraint.js";
import { imageConstraints } from "../data/augmentation/constraints.js";
import { encodings } from "../data/featureRule.js";
import { parseReading } from "../data/parseReading.js";
import { networkConstraints } from "../network/constraints.js";
import { parseLayer } from "../network/parseSpec.js";
import { parseChoice } from "../ops/choice.js";
import { initializers } from "../ops/generated/initializers.js";
import { lossTraits } from "../ops/generated/lossTraits.js";
import { parseTrainingSpec, trainingKeys } from "../training/parseTraining.js";
import {
  type Configuration,
  type DataSpec,
  efforts,
  type ImageSize,
  type NetworkTemplate,
  normalizations,
  type TrainingTemplate,
  targetNormalizations,
} from "./configuration.js";
import { dataConstraints, ensembleConstraints } from "./constraints.js";
import { configurationVersion, defaultsByVersion, output } from "./defaults.js";
import { fillLayer, type TemplateSpec } from "./fillLayers.js";
import { parsePoints } from "./points/parsePoints.js";
import { requireEffort } from "./requireEffort.js";

/** What the keys of a configuration may be. */
const keys = ["version", "name", "members", "effort", "data", "network", "training"] as const;
export const dataKeys = [
  ...(["target", "task", "drop", "id", "reading", "categories", "validation", "seed"] as const),
  ...(["normalize", "normalizeTarget", "costOfMistakes", "image", "points"] as const),
] satisfies (keyof DataSpec)[];
export const networkKeys = [
  ...(["inputs", "layers", "initializer", "seed", "loss", "dtype"] as const),
] satisfies (keyof NetworkTemplate)[];

/** What is said of a table; points have their own target and their own split. */
export const tableKeys = [
  "target",
  "task",
  "drop",
  "id",
  "reading",
  "categories",
  "validation",
  "seed",
] as const satisfies (keyof DataSpec)[];

/** The tasks that a configuration may name. */
export const tasks = ["auto", "binary", "multiclass", "regression"] as const;

/** What a column of texts may become. */
export const categoryEncodings = [...encodings, "auto"] as const;

/** The precisions of numbers. */
export const dtypes = ["float64", "float32"] as const;

/** Deeper networks take minutes a step, and are a mistake. */
const mostLayers = 10_000;

/** Longer names of runs fit no heading. */
const longestName = 200;

/**
 * Checks a configuration, which may come from a file or a link, and returns it as it was given: nothing is filled in.
 *
 * @param where what messages begin with
 * @throws OptionError naming the part that is wrong and what would be right
 *
 * @example
 * import { parseConfiguration } from "gradproof/pipeline";
 * const configuration = parseConfiguration({ data: { target: "y" }, training: { l2: 0.1, earlyStopping: "none" } });
 * configuration.training?.l2; // => 0.1
 */
export function parseConfiguration(value: unknown, where = "configuration"): Configuration {
  const { version, name, members, effort, data, network, training } = requireObject(where, value, keys);
  const configuration: Configuration = {
    ...(version !== undefined && { version: requireVersion(`${where}: version`, version) }),
    ...(name !== undefined && { name: requireRunName(`${where}: name`, name) }),
    ...(members !== undefined && { members: requireNumber(`${where}: members`, members, ensembleConstraints.members) }),
    ...(effort !== undefined && { effort: requireName(`${where}: effort`, effort, efforts) }),
    ...(data !== undefined && { data: parseDataSpec(data, `${where}: data`) }),
    ...(network !== undefined && { network: parseNetworkTemplate(network, `${where}: network`) }),
    ...(training !== undefined && { training: parseTrainingTemplate(training, `${where}: training`) }),
  };
  requireEffort(`${where}: `, configuration);
  return configuration;
}

function requireVersion(where: string, value: unknown): number {
  if (typeof value === "number" && Object.hasOwn(defaultsByVersion, value)) return value;
  throw new OptionError(`${where} must be a whole number from 1 to ${configurationVersion}, got ${show(value)}`);
}

/** Checks how data are made ready. */
export function parseDataSpec(value: unknown, where: string): DataSpec {
  const given = requireObject(where, value, dataKeys);
  // True and false are what configurations said up to version 3.
  const named = <Name extends string>(key: keyof DataSpec, known: readonly Name[]): Name | boolean => {
    const value = given[key];
    return typeof value === "boolean" ? value : requireName(`${where}: ${key}`, value, known);
  };
  const ofTable = tableKeys.find((key) => given[key] !== undefined);
  if (given.points !== undefined && ofTable !== undefined) {
    throw new OptionError(`${where}: ${ofTable} is for tables, and there are points; leave it out`);
  }
  return {
    ...(given.target !== undefined && { target: requireColumn(`${where}: target`, given.target) }),
    ...(given.task !== undefined && { task: requireName(`${where}: task`, given.task, tasks) }),
    ...(given.drop !== undefined && { drop: requireTexts(`${where}: drop`, given.drop) }),
    ...(given.id !== undefined && { id: requireTexts(`${where}: id`, given.id) }),
    ...(given.reading !== undefined && { reading: parseReading(given.reading, `${where}: reading`) }),
    ...(given.categories !== undefined && {
      categories: requireName(`${where}: categories`, given.categories, categoryEncodings),
    }),
    ...(given.validation !== undefined && {
      validation:
        given.validation === "folds"
          ? given.validation
          : requireNumber(`${where}: validation`, given.validation, dataConstraints.validation),
    }),
    ...(given.seed !== undefined && { seed: requireNumber(`${where}: seed`, given.seed, dataConstraints.seed) }),
    ...(given.normalize !== undefined && { normalize: named("normalize", normalizations) }),
    ...(given.normalizeTarget !== undefined && { normalizeTarget: named("normalizeTarget", targetNormalizations) }),
    ...(given.costOfMistakes !== undefined && {
      costOfMistakes: requireCosts(`${where}: costOfMistakes`, given.costOfMistakes),
    }),
    ...(given.image !== undefined && { image: parseImageSize(given.image, `${where}: image`) }),
    ...(given.points !== undefined && { points: parsePoints(`${where}: points`, given.points) }),
  };
}

/** Checks what a false alarm and a miss cost. */
function requireCosts(where: string, value: unknown): readonly [number, number] {
  if (!Array.isArray(value) || value.length !== 2) {
    throw new OptionError(`${where} must be two numbers, the cost of a false alarm and of a miss, got ${show(value)}`);
  }
  const [falseAlarm, miss] = value.map((cost, i) =>
    requireNumber(`${where}[${i}]`, cost, dataConstraints.costOfMistake),
  );
  return [falseAlarm, miss];
}

/** Checks the size of images. */
export function parseImageSize(value: unknown, where: string): ImageSize {
  const { height, width, channels } = requireObject(where, value, ["height", "width", "channels"]);
  return {
    height: requireNumber(`${where}: height`, height, imageConstraints.height),
    width: requireNumber(`${where}: width`, width, imageConstraints.width),
    ...(channels !== undefined && {
      channels: requireNumber(`${where}: channels`, channels, imageConstraints.channels),
    }),
  };
}

/** Checks a network that need not know the data's ends; what fits the data shows once there are some. */
export function parseNetworkTemplate(value: unknown, where: string): NetworkTemplate {
  const { inputs, layers, initializer, seed, loss, dtype } = requireObject(where, value, networkKeys);
  if (layers !== undefined && (!Array.isArray(layers) || layers.length === 0)) {
    throw new OptionError(
      `${where}: layers must be an array of at least one layer, the last of which may be { "type": "output" }, got ${show(layers)}`,
    );
  }
  if (layers !== undefined && layers.length > mostLayers) {
    throw new OptionError(`${where}: layers must be at most ${mostLayers} in number, got ${layers.length}`);
  }
  return {
    ...(inputs !== undefined && { inputs: requireNumber(`${where}: inputs`, inputs, networkConstraints.inputs) }),
    ...(layers !== undefined && { layers: parseLayers(layers, where) }),
    ...(initializer !== undefined && {
      initializer: parseChoice(`${where}: initializer`, initializer, initializers),
    }),
    ...(seed !== undefined && { seed: requireNumber(`${where}: seed`, seed, networkConstraints.seed) }),
    ...(loss !== undefined && { loss: parseChoice(`${where}: loss`, loss, lossTraits) }),
    ...(dtype !== undefined && { dtype: requireName(`${where}: dtype`, dtype, dtypes) }),
  };
}

function parseLayers(layers: readonly unknown[], where: string): NonNullable<NetworkTemplate["layers"]> {
  return layers.map((layer, l) => {
    const at = `${where}: layer ${l + 1}`;
    if (typeof layer !== "object" || layer === null || !("type" in layer) || layer.type !== output.type) {
      // What the data say stands in for itself while the rest is checked.
      const filled = fillLayer(at, layer, undefined);
      const parsed = parseLayer(at, filled);
      return filled === layer ? parsed : (layer as TemplateSpec);
    }
    requireObject(at, layer, ["type"]);
    if (l < layers.length - 1) throw new OptionError(`${at} is the output, which only the last layer can be`);
    return output;
  });
}

/** Checks a training; the numbers that are left out follow from the data. */
export function parseTrainingTemplate(value: unknown, where: string): TrainingTemplate {
  const given = requireObject(where, value, trainingKeys);
  const { earlyStopping, augmentation } = given;
  // What the data say stands in for itself while the rest is checked.
  parseTrainingSpec(
    {
      ...given,
      ...(isPlain(earlyStopping) && { earlyStopping: { patience: 1, ...earlyStopping } }),
      ...(isPlain(augmentation) && { augmentation: { height: 1, width: 1, ...augmentation } }),
    },
    where,
  );
  // Checked above, key by key.
  return { ...given } as TrainingTemplate;
}

function isPlain(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Checks what a run is called. */
export function requireRunName(where: string, value: unknown): string {
  if (typeof value === "string" && value !== "" && value.length <= longestName) return value;
  throw new OptionError(`${where} must be a text of 1 to ${longestName} characters, got ${show(value)}`);
}

function requireColumn(where: string, value: unknown): string {
  if (typeof value === "string") return value;
  throw new OptionError(`${where} must be the name of a column, got ${show(value)}`);
}

function requireTexts(where: string, value: unknown): string[] {
  if (Array.isArray(value) && value.every((one) => typeof one === "string")) return value;
  throw new OptionError(`${where} must be an array of column names, got ${show(value)}`);
}
