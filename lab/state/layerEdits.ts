import { type LayerSpec, OptionError, parseNetworkSpec } from "gradproof";
import { layerVocabulary, namesOf } from "gradproof/ops";
import { type PointSource, preparePoints, resolve } from "gradproof/pipeline";
import type { RunSpec } from "../experiment/experiment.js";
import { hasUnits, hiddenOf, innerOf, mapLayers, placed, withInner } from "../experiment/layers.js";
import { withHidden, withOneMore } from "./edits.js";

/** A change of a list of layers, giving a new one. */
export type LayerChange = (layers: readonly LayerSpec[]) => readonly LayerSpec[];

/** What layers there are to choose from: all that take numbers, which the features of the lab are, and may stand anywhere. */
export const layerTypes: readonly LayerSpec["type"][] = namesOf(layerVocabulary.operations).filter((type) => {
  const { example, end } = layerVocabulary.operations[type];
  return example.codes === undefined && end === undefined;
});

/** Whether the last of the layers that it holds has to stay the last. */
export function holdsItsEnd({ type }: LayerSpec): boolean {
  return layerVocabulary.operations[type].end !== undefined;
}

/** A change of one of the lists that a layer holds, as a change of the list that the layer is in. */
export function within(index: number, list: number, change: LayerChange): LayerChange {
  return changeAt(index, (layer) =>
    withInner(
      layer,
      innerOf(layer).map((inner, k) => (k === list ? change(inner) : inner)),
    ),
  );
}

/** A change of one layer, as a change of the list that it is in. */
export function changeAt(index: number, change: (layer: LayerSpec) => LayerSpec): LayerChange {
  return (layers) => layers.map((layer, k) => (k === index ? change(layer) : layer));
}

/** The layer one place further up (−1) or down (1). */
export function move(index: number, by: -1 | 1): LayerChange {
  return (layers) => {
    const to = index + by;
    if (layers[to] === undefined) return layers;
    return layers.map((layer, k) => (k === index ? layers[to] : k === to ? layers[index] : layer));
  };
}

/**
 * A layer of a type to begin with: with the numbers it has by default, what it leaves to the data filled in, or else the
 * example of its definition.
 *
 * @param insert puts it among the hidden layers of the run
 * @throws OptionError where the type cannot stand there
 */
export function plainLayer(
  type: LayerSpec["type"],
  insert: (layer: LayerSpec) => LayerChange,
  run: RunSpec,
  data: PointSource,
): LayerSpec {
  const definition = layerVocabulary.operations[type];
  const [like] = withOneMore(hiddenOf(run.network.layers)).slice(-1);
  // Definitions know nothing of what layers others hold; these are as wide as the layers that are there.
  const sized = (spec: { readonly type: string }): LayerSpec =>
    mapLayers([spec as LayerSpec], (layer) =>
      hasUnits(layer) && hasUnits(like) ? { ...layer, units: like.units } : layer,
    )[0];
  const example = sized(definition.example.spec);
  if (hasUnits(example)) return like;
  if (definition.plain !== undefined) return sized(definition.plain);
  try {
    return filledIn(type, insert, run, data);
  } catch (error) {
    if (!(error instanceof OptionError)) throw error;
    try {
      parseNetworkSpec(withHidden(run, insert(example)).network);
      return example;
    } catch {
      throw error;
    }
  }
}

/** The layer of which nothing is said but its type, as a configuration of the run comes to it. */
function filledIn(
  type: LayerSpec["type"],
  insert: (layer: LayerSpec) => LayerChange,
  run: RunSpec,
  data: PointSource,
): LayerSpec {
  // What is missing is filled in, or refused, below.
  const bare = { type } as LayerSpec;
  const { network } = withHidden(run, insert(bare));
  const configuration = { data: { normalize: run.normalize, normalizeTarget: false, points: data }, network };
  const { layers } = resolve(configuration, preparePoints(data, configuration)).network;
  return placed(layers)[placed(network.layers).findIndex(({ layer }) => layer === bare)].layer;
}
