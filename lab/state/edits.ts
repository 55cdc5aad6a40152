import { type AugmentationStep, type ChangeOptions, dense, type LayerSpec, type Patch } from "gradproof";
import { nameOf, optimizerVocabulary, outputActivationFor } from "gradproof/ops";
import { DIGIT_SIDE, type PointSource, shapeOf } from "gradproof/pipeline";
import type { RunSpec } from "../experiment/experiment.js";
import { hasUnits, hiddenOf, innerOf, mapLayers, placed } from "../experiment/layers.js";

/** Changes of a run's specification, each a new one. */
export type Edit = (run: RunSpec) => RunSpec;

/** Settings that may change while a run goes on. */
const liveKeys = [
  ...(["learningRate", "l1", "l2", "keep", "inputKeep", "clipNorm", "clipValue"] as const),
] satisfies readonly (keyof ChangeOptions)[];

/** What differs between two specifications, if a run can take it up without starting anew; otherwise undefined. */
export function liveChange(before: RunSpec, after: RunSpec): ChangeOptions | undefined {
  const still = ({ network, training, normalize }: RunSpec): string => {
    const rest: Record<string, unknown> = { ...training };
    for (const key of liveKeys) delete rest[key];
    return JSON.stringify({ network, rest, normalize });
  };
  if (still(before) !== still(after)) return undefined;
  const changed = liveKeys.filter(
    (key) => JSON.stringify(before.training[key]) !== JSON.stringify(after.training[key]),
  );
  // What is no longer given has no number that a run could take.
  if (changed.some((key) => after.training[key] === undefined)) return undefined;
  return Object.fromEntries(changed.map((key) => [key, after.training[key]]));
}

/** The run with what a finding of the doctor advises. */
export function patched(run: RunSpec, patch: Patch): RunSpec {
  return {
    ...run,
    // A layer's own initializer would go before the network's.
    network: patch.network
      ? { ...run.network, ...patch.network, layers: mapLayers(run.network.layers, withoutInitializer) }
      : run.network,
    training: { ...run.training, ...patch.training },
    normalize: patch.normalize ?? run.normalize,
  };
}

function withoutInitializer(layer: LayerSpec): LayerSpec {
  if (!("initializer" in layer)) return layer;
  const { initializer: _, ...rest } = layer;
  return rest;
}

/** The run without changes made on the way: with the settings it has come to, from the start. */
export function settled({ training, ...run }: RunSpec): RunSpec {
  const { changes: _, ...rest } = training;
  return { ...run, training: rest };
}

/** The run on other data: where these have another shape, its ends take what is there. */
export function fitted(run: RunSpec, source: PointSource, before: PointSource): RunSpec {
  const images = source.kind === "digits" ? run : withAugmentation(run, []);
  const [now, then] = [shapeOf(source), shapeOf(before)];
  const same = now.features === then.features && now.outputs === then.outputs && now.classes === then.classes;
  return same ? images : withOutputsFor(source, images);
}

/** The run with these changes of its training images. */
export function withAugmentation(run: RunSpec, steps: readonly AugmentationStep[]): RunSpec {
  if (steps.length === 0 && run.training.augmentation === undefined) return run;
  const { augmentation: _, ...training } = run.training;
  if (steps.length === 0) return { ...run, training };
  return { ...run, training: { ...training, augmentation: { height: DIGIT_SIDE, width: DIGIT_SIDE, steps } } };
}

function withOutputsFor(source: PointSource, run: RunSpec): RunSpec {
  const { features: inputs, classes, outputs } = shapeOf(source);
  const activation = outputActivationFor(
    classes === undefined ? "regression" : classes === 2 ? "binary" : "multiclass",
  );
  const { loss: _, ...rest } = run.network;
  return withLayers(
    { ...run, network: { ...rest, inputs } },
    withOutputs(rest.layers, outputs, dense(outputs, activation)),
  );
}

/** The layers with other outputs: those of the last layer of units, with what only norms or activates them after it. */
function withOutputs(
  layers: readonly LayerSpec[],
  units: number,
  output: ReturnType<typeof dense>,
): readonly LayerSpec[] {
  const sums = layers.findLastIndex(hasUnits);
  const last = layers.findLastIndex((layer) => "activation" in layer);
  if (sums < 0 || layers.slice(sums).some((layer) => innerOf(layer).length > 0)) return [...layers, output];
  return layers.map((layer, l) => ({
    ...layer,
    ...(l === sums && { units }),
    ...(l === last && { activation: output.activation }),
  }));
}

/** The run with other layers; what is given by layer goes with them. */
export function withLayers(run: RunSpec, layers: readonly LayerSpec[]): RunSpec {
  const { keep } = run.training;
  const changed = { ...run, network: { ...run.network, layers } };
  if (!Array.isArray(keep)) return changed;
  const [before, after] = [unitsOf(run.network.layers), unitsOf(layers)];
  // A layer that is still there keeps its number, wherever it is now, and so does one that was changed where it is.
  const numberOf = (layer: LayerSpec, l: number): number => {
    const changed = after.length === before.length && !before.includes(layer);
    return keep[changed ? l : before.indexOf(layer)] ?? 1;
  };
  const kept = after.map(numberOf);
  const length = Math.max(0, keep.length + after.length - before.length);
  return { ...changed, training: { ...run.training, keep: Array.from({ length }, (_, l) => kept[l] ?? 1) } };
}

/** Changes the hidden layers. */
export function withHidden(run: RunSpec, change: (hidden: readonly LayerSpec[]) => readonly LayerSpec[]): RunSpec {
  const { layers } = run.network;
  const hidden = hiddenOf(layers);
  const changed = [...change(hidden), ...layers.slice(hidden.length)];
  // A network has at least one layer.
  return changed.length === 0 ? run : withLayers(run, changed);
}

/** One hidden layer of units more, like the one before it. */
export function withOneMore(hidden: readonly LayerSpec[]): readonly LayerSpec[] {
  const last = hidden.findLast(hasUnits);
  return [...hidden, dense(last?.units ?? 8, last?.activation ?? "relu")];
}

/**
 * Probability to keep a unit, by hidden layer.
 *
 * @param hidden how many there are that may drop units, where that is known; those but the last otherwise
 */
export function keepByLayer(
  { network, training }: RunSpec,
  hidden = unitsOf(network.layers).length - 1,
): readonly number[] {
  const { keep = 1 } = training;
  return typeof keep === "number" ? Array.from({ length: Math.max(0, hidden) }, () => keep) : keep;
}

function unitsOf(layers: readonly LayerSpec[]): readonly LayerSpec[] {
  return placed(layers).flatMap(({ layer, number }) => (number === undefined ? [] : [layer]));
}

/** The one given, or the optimizer's own. */
export function learningRateOf({ optimizer = "adam", learningRate }: RunSpec["training"]): number {
  return learningRate ?? optimizerVocabulary.operations[nameOf(optimizer)].learningRate;
}
