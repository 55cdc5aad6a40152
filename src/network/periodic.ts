import { type PeriodicSpec, parsePeriodic } from "../ops/layer/periodic/periodic.js";

/**
 * A periodic embedding of numbers, as plain data: of each feature x a linear map of cosines whose frequencies and phases are
 * learned, and x itself: `Mᵀ cos(2π f x + phase) + shift`, all features' maps first, then the features as they are.
 *
 * Input features × examples, output features · (dimension + 1) × examples; `frequency1` and `phase1` are features ×
 * frequencies, `map1` (which decays) features · frequencies × dimension, `shift1` features · dimension × 1.
 *
 * @param options `frequencies` of each feature (default 16), `dimension` of its map (3), `scale`, the standard deviation of
 *   the frequencies at the start (0.1): for features of variance 1, 0.01 … 10 are worth trying
 * @throws OptionError naming the number that is out of range
 *
 * Source: Holzmüller, Grinsztajn & Steinwart 2024, "Better by default: strong pre-tuned MLPs and boosted trees on tabular
 * data" (arXiv 2407.04491), PBLD embeddings.
 *
 * @example
 * import { dense, network, periodic } from "gradproof";
 * const model = network({ inputs: 2, layers: [periodic({ frequencies: 8 }), dense(1, "linear")] });
 * model.parameters.frequency1?.shape; // => [2, 8]
 * model.parameters.W1.shape; // => [1, 8]
 */
export function periodic(options: Omit<PeriodicSpec, "type"> = {}): PeriodicSpec {
  return parsePeriodic("periodic()", { ...options, type: "periodic" });
}
