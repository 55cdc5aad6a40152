import type { Network, TrainingSpec } from "gradproof";
import { fillMask } from "gradproof/random";
import type { Masks } from "./protocol.js";

/** What dropout keeps at step `iteration` for the first example of its batch, as training draws it. */
export function masksOf(network: Network, training: TrainingSpec, examples: number, iteration: number): Masks {
  const { keep = 1, inputKeep = 1, batchSize = examples, seed = 0 } = training;
  const from = (iteration % Math.ceil(examples / batchSize)) * batchSize;
  const count = Math.min(batchSize, examples - from);
  return network.program.sites.map(({ rows: height, stream }, l) => {
    const kept = l === 0 ? inputKeep : typeof keep === "number" ? keep : keep[l - 1];
    // The masks of the reference mode are drawn otherwise, and are the same at every step.
    if (kept === 1 || training.dropoutReseed !== undefined) return undefined;
    const mask = new Uint8Array(height * count); // (units × examples)
    fillMask(mask, mask.length, kept, seed, stream, iteration);
    return Array.from({ length: height }, (_, i) => mask[i * count] === 1);
  });
}
