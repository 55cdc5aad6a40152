import type { Network } from "../network/network.js";
import type { RunLength } from "./runLength.js";
import { sampleSize } from "./signals.js";

const most = 32;
/** The fewest of a run that can afford them. */
const fewest = 8;
/** Passes over the sample's number of examples that a run makes from one moment to the next: what the doctor is calibrated on. */
const passesApart = 1000;
/** Part of a run's time that signals may take; and what they may take of any run, in nanoseconds, so that the doctor sees short ones. */
const share = 0.02;
const unnoticed = 2_000_000;

/**
 * Nanoseconds as measured where steps are shortest, in float32: of a pass an example and weight (native BLAS on two
 * threads), an example and unit, and a layer; of the signals beside it a weight, an example and unit, and a layer.
 */
const pass = { weight: 0.05, unit: 1.2, layer: 140 };
const signals = { weight: 8, unit: 4, layer: 3000 };

/**
 * At how many moments of a run signals are taken: 8 to 32, by its length; fewer where they would take more than 2 % of its
 * time and more than 2 ms, but 2 at least, its start and its end. Told by counting, not by a clock, so that it is the same
 * each time.
 */
export function momentsOf(
  { theta, layers }: Network,
  { iterations, batchSize }: Pick<RunLength, "iterations" | "batchSize">,
): number {
  const weights = theta.length;
  const units = layers.reduce((sum, layer) => sum + layer.units, 0);
  const passOf = (examples: number): number =>
    examples * (weights * pass.weight + units * pass.unit) + layers.length * pass.layer;
  const examples = sampleSize(weights);
  const moment =
    passOf(examples) + weights * signals.weight + examples * units * signals.unit + layers.length * signals.layer;
  const affordable = Math.floor(Math.max(unnoticed, share * iterations * passOf(batchSize)) / moment);
  const wanted = Math.floor((iterations * batchSize) / (passesApart * examples));
  return Math.max(2, Math.min(Math.max(fewest, wanted), most, affordable));
}
