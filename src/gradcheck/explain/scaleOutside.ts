import type { Message } from "../../constraint/message.js";
import type { BlockEvidence } from "../evidence.js";
import { say } from "../say.js";
import type { Facts } from "./facts.js";

/** Entries along the last axes that a mean has to be of. */
const leastEntries = 3;

/**
 * `dx = γ ∘ (u − mean(u) − x̂ mean(u ∘ x̂)) / σ` with u = dout, for u = γ ∘ dout and no γ before it: the right dx of a layer norm adds up to 0 over
 * the features, and here dx / γ does. Where γ is 1 everywhere both are the same.
 */
export function scaleOutsideSums(facts: Facts, blocks: readonly BlockEvidence[]): Message | undefined {
  const { gradient, shape, evidence, telling } = facts;
  if (!telling || shape.length < 2) return undefined;
  const { claimed, parameters } = evidence;
  for (const { name, shape: other } of blocks) {
    const scale = name === facts.name ? undefined : evidence.beside(name)?.parameters;
    const length = scale?.length ?? 0;
    const fitsLastAxes = other.filter((n) => n > 1).every((n, k, long) => n === shape[shape.length - long.length + k]);
    if (scale === undefined || length < leastEntries || claimed.length % length !== 0 || !fitsLastAxes) continue;
    if (!scale.every((value) => value !== 0)) continue;
    const unscaled = claimed.map((value, k) => value / scale[k % length]);
    const ones = new Float64Array(claimed.length).fill(1);
    // ε leaves a little of x̂, and nothing of the mean.
    const isNorm = isOrthogonal(unscaled, ones, length, 1e-10) && isOrthogonal(unscaled, parameters, length, 0.05);
    if (isNorm && !isOrthogonal(claimed, ones, length, 1e-6)) {
      return say("norm.scaleOutside", { gradient, scale: name });
    }
  }
  return undefined;
}

/** Whether `Σ u v` is 0 in each row, beside its terms. */
function isOrthogonal(u: Float64Array, v: Float64Array, length: number, tolerance: number): boolean {
  for (let start = 0; start < u.length; start += length) {
    let [sum, size] = [0, 0];
    for (let k = start; k < start + length; k++) {
      sum += u[k] * v[k];
      size += Math.abs(u[k] * v[k]);
    }
    if (Math.abs(sum) > tolerance * size) return false;
  }
  return true;
}
