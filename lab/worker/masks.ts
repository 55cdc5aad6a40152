import type { Network, TrainingSpec } from "gradproof";
import { layerVocabulary } from "gradproof/ops";
import { fillMask } from "gradproof/random";
import { placed } from "../experiment/layers.js";
import type { Mask, Masks } from "./protocol.js";

/**
 * What dropout keeps at step `iteration` for the first example of its batch, as training draws it.
 *
 * @param keep probability to keep a unit, by site, as the step has it
 */
export function masksOf(
  network: Network,
  { batchSize, seed = 0, dropoutReseed }: TrainingSpec,
  keep: readonly number[],
  examples: number,
  iteration: number,
): Masks {
  const size = batchSize ?? examples;
  const from = (iteration % Math.ceil(examples / size)) * size;
  const count = Math.min(size, examples - from);
  const { steps, sites, unitLayers } = network.program;
  const maskAt = (site: number | undefined): Mask => {
    // The masks of the reference mode are drawn otherwise, and are the same at every step.
    if (site === undefined || keep[site] === 1 || dropoutReseed !== undefined) return undefined;
    const { rows, stream } = sites[site];
    const mask = new Uint8Array(rows * count); // (units × examples)
    fillMask(mask, mask.length, keep[site], seed, stream, iteration);
    return Array.from({ length: rows }, (_, i) => mask[i * count] === 1);
  };
  const own = sites.flatMap((site, k) => (site.keep === undefined ? [] : [k])).values();
  const shared = steps.filter(({ site = 0 }) => site > 0 && sites[site].keep === undefined);
  return {
    inputs: maskAt(0),
    layers: placed(network.spec.layers).map(({ layer, number }) => {
      if (layerVocabulary.operations[layer.type].drops === true) return maskAt(own.next().value);
      const A = number === undefined ? undefined : unitLayers[number - 1]?.activation.outputs[0];
      return maskAt(shared.find(({ inputs }) => inputs[0] === A)?.site);
    }),
    hidden: shared.length,
  };
}
