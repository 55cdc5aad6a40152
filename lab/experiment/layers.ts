import type { LayerSpec } from "gradproof";

/** A layer with units of its own: sums and an activation. */
export type UnitSpec = Extract<LayerSpec, { readonly units: number }>;

/** A layer at its place. */
export interface PlacedLayer {
  readonly layer: LayerSpec;
  /** Layers that it lies in. */
  readonly depth: number;
  /** Its number among those with units, from 1: the one that the doctor calls it by. */
  readonly number: number | undefined;
}

export function hasUnits(layer: LayerSpec): layer is UnitSpec {
  return "units" in layer;
}

/** The layers that a layer holds, list by list. */
export function innerOf(layer: LayerSpec): readonly (readonly LayerSpec[])[] {
  if ("layers" in layer) return [layer.layers];
  return "branches" in layer ? layer.branches.map(({ layers = [] }) => layers) : [];
}

/** The layer with others in the place of those that it holds. */
export function withInner(layer: LayerSpec, lists: readonly (readonly LayerSpec[])[]): LayerSpec {
  if ("layers" in layer) return { ...layer, layers: lists[0] };
  if (!("branches" in layer)) return layer;
  return {
    ...layer,
    // A branch without layers hands on what it takes.
    branches: layer.branches.map(({ layers, ...branch }, k) =>
      layers === undefined && lists[k].length === 0 ? branch : { ...branch, layers: lists[k] },
    ),
  };
}

/** The layers but the output: all of them where the last one holds layers, the output among them or none. */
export function hiddenOf(layers: readonly LayerSpec[]): readonly LayerSpec[] {
  return innerOf(layers[layers.length - 1]).length > 0 ? layers : layers.slice(0, -1);
}

/** All layers in the order in which a network takes its input through them, those within others after the one that holds them. */
export function placed(layers: readonly LayerSpec[]): readonly PlacedLayer[] {
  let units = 0;
  const walk = (list: readonly LayerSpec[], depth: number): PlacedLayer[] =>
    list.flatMap((layer) => [
      { layer, depth, number: hasUnits(layer) ? ++units : undefined },
      ...innerOf(layer).flatMap((inner) => walk(inner, depth + 1)),
    ]);
  return walk(layers, 0);
}

/** The layers with a change of each, those within others first. */
export function mapLayers(layers: readonly LayerSpec[], change: (layer: LayerSpec) => LayerSpec): readonly LayerSpec[] {
  return layers.map((layer) => {
    const inner = innerOf(layer);
    return change(
      inner.length === 0
        ? layer
        : withInner(
            layer,
            inner.map((list) => mapLayers(list, change)),
          ),
    );
  });
}

/** The layers with a change of the n-th of those with units, from 1. */
export function changeUnits(
  layers: readonly LayerSpec[],
  n: number,
  change: (layer: UnitSpec) => UnitSpec,
): readonly LayerSpec[] {
  let seen = 0;
  return mapLayers(layers, (layer) => (hasUnits(layer) && ++seen === n ? change(layer) : layer));
}
