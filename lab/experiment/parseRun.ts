import { type DenseSpec, type LayerSpec, OptionError, parseNetworkSpec, parseTrainingSpec } from "gradproof";
import { requireObject, show } from "gradproof/constraint";
import { parameterCount, programOf } from "gradproof/network";
import { isDense } from "gradproof/ops";
import { DIGIT_SIDE, type PointSource, shapeOf } from "gradproof/pipeline";
import { LONGEST_NAME, MOST_ITERATIONS, MOST_LAYERS, MOST_PARAMETERS } from "./constraints.js";
import type { RunSpec } from "./experiment.js";

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
  const parsed = parseNetworkSpec(value);
  const layers = parsed.layers.map((layer, l) => requireDense(`${where}: layer ${l + 1}`, layer));
  requireAtMost(`${where}: a network of`, layers.length, MOST_LAYERS, "layers");
  const parameters = parameterCount(programOf(parsed.inputs, layers).layout);
  requireAtMost(`${where}: a network of`, parameters, MOST_PARAMETERS, "parameters");
  return { ...parsed, layers };
}

function requireDense(where: string, layer: LayerSpec): DenseSpec {
  const { type }: { readonly type: string } = layer;
  if (isDense(layer)) return layer;
  throw new OptionError(`${where} is of type ${type}; the lab takes dense layers alone`);
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

/** Whether the run fits the points: number of features, of outputs, of hidden layers, images to change. */
function requireFit(where: string, { network, training }: RunSpec, points: PointSource): void {
  const { augmentation, keep } = training;
  const { features, outputs } = shapeOf(points);
  if (augmentation !== undefined && points.kind !== "digits") {
    throw new OptionError(`${where}: augmentation is for images, not for points`);
  }
  if (augmentation !== undefined && augmentation.height * augmentation.width !== features) {
    throw new OptionError(`${where}: augmentation is for images of ${DIGIT_SIDE} × ${DIGIT_SIDE} pixels`);
  }
  const { units } = network.layers[network.layers.length - 1];
  if (network.inputs !== features || units !== outputs) {
    throw new OptionError(
      `${where}: the network takes ${network.inputs} features to ${units} outputs, the data has ${features} and ${outputs}`,
    );
  }
  const hidden = network.layers.length - 1;
  if (Array.isArray(keep) && keep.length !== hidden) {
    throw new OptionError(`${where}: keep must hold ${hidden} numbers, one a hidden layer, got ${keep.length}`);
  }
}
