import type { DirectionalTest } from "./directionalTest.js";

/** Probability with which an error may escape. */
const escaping = 1e-3;

/**
 * An error of a block's gradient at the given parameters, relative to it, that would have shown with a probability of 0.999 in the
 * directions that agree there; infinite where there are none. An error of norm E changes a slope by a Gaussian of that deviation, which is below τ with a
 * probability of `√(2/π) τ / E` at most, in n directions with the product of these.
 */
export function seenError(tests: readonly DirectionalTest[]): number {
  let product = 1;
  let count = 0;
  for (const { outcome, point, claimed, slope, size, tolerance } of tests) {
    if (!point.given || (outcome !== "agrees" && outcome !== "roughly") || size === 0) continue;
    product *= (Math.sqrt(2 / Math.PI) * (3 * slope.error + tolerance + Math.abs(claimed - slope.value))) / size;
    count++;
  }
  return count === 0 ? Number.POSITIVE_INFINITY : (product / escaping) ** (1 / count);
}
