import { OptionError } from "../constraint/constraint.js";

/** How far a list of probabilities may sum from 1, as NumPy has it: √(machine epsilon). */
const tolerance = Math.sqrt(Number.EPSILON);

/**
 * Rejects what is no distribution over `count` outcomes.
 *
 * @throws OptionError naming the entry that is negative or not finite, the wrong length, or the wrong sum
 */
export function requireProbabilities(p: ArrayLike<number>, count: number): void {
  if (p.length !== count) {
    throw new OptionError(`choice(): p must hold one probability for each of the ${count} outcomes, got ${p.length}`);
  }
  // Kahan's summation, so that a long list of honest probabilities is not turned down.
  let sum = 0;
  let lost = 0;
  for (let i = 0; i < count; i++) {
    if (!(p[i] >= 0 && p[i] < Number.POSITIVE_INFINITY)) {
      throw new OptionError(`choice(): p[${i}] must be a finite number of at least 0, got ${p[i]}`);
    }
    const term = p[i] - lost;
    const next = sum + term;
    lost = next - sum - term;
    sum = next;
  }
  if (Math.abs(sum - 1) > tolerance) throw new OptionError(`choice(): p must sum to 1, got a sum of ${sum}`);
}

/** Running sums of p over their last: the distribution function, summed in order as NumPy's `cumsum` does. */
export function distributionFunction(p: ArrayLike<number>): Float64Array {
  const result = new Float64Array(p.length);
  let sum = 0;
  for (let i = 0; i < p.length; i++) {
    sum += p[i];
    result[i] = sum;
  }
  for (let i = 0; i < p.length; i++) result[i] /= sum;
  return result;
}

/** The first outcome whose distribution function exceeds u, by bisection (`searchsorted`, side "right"). */
export function outcomeAt(distribution: Float64Array, u: number): number {
  let low = 0;
  let high = distribution.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (u < distribution[middle]) high = middle;
    else low = middle + 1;
  }
  return low;
}
