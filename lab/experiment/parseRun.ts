import { OptionError, parseNetworkSpec, parseTrainingSpec } from "gradproof";
import { requireObject, show } from "gradproof/constraint";
import { parameterCount, programOf } from "gradproof/network";
import { DIGIT_SIDE, type PointSource, shapeOf } from "gradproof/pipeline";
import { LONGEST_NAME, MOST_ITERATIONS, MOST_LAYERS, MOST_PARAMETERS, MOST_VALUES } from "./constraints.js";
import type { RunSpec } from "./experiment.js";
import { placed } from "./layers.js";

/**
 * A run from plain data that may come from anywhere: checked, bounded, and seen to fit the points.
 *
 * @param where what messages begin with
 * @throws OptionError naming what is wrong and what would be right
 */
export function parseRun(where: string, value: unknown, points: PointSource): RunSpec {
  const { name, network, training, normalize } = requireObject(where, value, [
    ...["name", "network", "training", "normalize"],
  ]);
  if (typeof name !== "string" || name.length > LONGEST_NAME) {
    throw new OptionError(`${where}: name must be a text of at most ${LONGEST_NAME} characters, got ${show(name)}`);
  }
  if (typeof normalize !== "boolean") {
    throw new OptionError(`${where}: normalize must be true or false, got ${show(normalize)}`);
  }
  const run = { name, network: parseNetwork(where, network), training: parseTraining(where, training), normalize };
  requireFit(where, run, points);
  return run;
}

function parseNetwork(where: string, value: unknown): RunSpec["network"] {
  const network = parseNetworkSpec(value);
  requireAtMost(`${where}: a network of`, placed(network.layers).length, MOST_LAYERS, "layers");
  const { layout, values, codes } = programOf(network.inputs, network.layers);
  requireAtMost(`${where}: a network of`, parameterCount(layout), MOST_PARAMETERS, "parameters");
  const wide = values.reduce((total, { rows }) => total + rows, 0);
  requireAtMost(`${where}: a network of`, wide, MOST_VALUES, "values an example");
  if (codes.length > 0) {
    throw new OptionError(
      `${where}: the network takes feature ${codes[0].row + 1} as a code, 0 … ${codes[0].size - 1}, and the features of the lab ` +
        "are numbers; leave that layer out, or train on the table by gradproof train",
    );
  }
  return network;
}

function parseTraining(where: string, value: unknown): RunSpec["training"] {
  const training = parseTrainingSpec(value);
  const { iterations, epochs } = training;
  if (Math.max(iterations ?? 0, epochs ?? 0) > MOST_ITERATIONS) {
    throw new OptionError(`${where}: the lab takes runs of at most ${MOST_ITERATIONS} steps`);
  }
  return training;
}

function requireAtMost(what: string, count: number, most: number, unit: string): void {
  if (count > most) throw new OptionError(`${what} ${count} ${unit}; the lab takes at most ${most}`);
}

/** Whether the run fits the points: number of features, of outputs, of layers that drop units, images to change. */
function requireFit(where: string, { network, training }: RunSpec, points: PointSource): void {
  const { augmentation, keep } = training;
  const { features, outputs } = shapeOf(points);
  if (augmentation !== undefined && points.kind !== "digits") {
    throw new OptionError(`${where}: augmentation is for images, not for points`);
  }
  if (augmentation !== undefined && augmentation.height * augmentation.width !== features) {
    throw new OptionError(`${where}: augmentation is for images of ${DIGIT_SIDE} × ${DIGIT_SIDE} pixels`);
  }
  const { outputs: units, sites } = programOf(network.inputs, network.layers);
  if (network.inputs !== features || units !== outputs) {
    throw new OptionError(
      `${where}: the network takes ${network.inputs} features to ${units} outputs, the data has ${features} and ${outputs}`,
    );
  }
  // The first site is that of the inputs.
  const hidden = sites.slice(1).filter((site) => site.keep === undefined).length;
  if (Array.isArray(keep) && keep.length !== hidden) {
    throw new OptionError(`${where}: keep must hold ${hidden} numbers, one a hidden layer, got ${keep.length}`);
  }
}
