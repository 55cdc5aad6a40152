import { norm } from "./norm.js";
import type { ReverseCommunication } from "./problem.js";

const unitRoundoff = 2 ** -53;
/** Points in the table. */
const points = 7;
/** Even spacing can meet the grid of floating-point numbers in step, which hides the rounding; this leaves no third difference. */
const unevenness = 0.382;

/** How much further apart the points are set where the cost stands still. */
const spread = 100;
/** Up to this spacing, in sizes of the parameters, the cost itself contributes nothing. */
const widest = 1e-5;

/** Noise and the spacing at which it was read. */
export interface Noise {
  readonly deviation: number;
  readonly spacing: number;
}

/** The least noise a float64 cost of this size can have: it is itself rounded, and so are its terms. */
export function leastNoise(cost: number): number {
  return Math.max(2 * unitRoundoff * Math.abs(cost), 2 ** -1070);
}

/**
 * Standard deviation of the noise of a cost, from a table of its differences at 7 points so near each other that all the
 * cost itself contributes to the higher differences is nothing: the k-th difference of numbers with noise σ has the
 * variance `σ² (2k)! / (k!)²`.
 *
 * Points so near that the cost is the same at most of them show no noise (a float32 cost does not notice a step of 1e-9):
 * they are spread until it changes, and once more, for the rounding of the parameters to show as well.
 *
 * Source: J. Moré & S. Wild, "Estimating computational noise", SIAM J. Sci. Comput. 33 (2011).
 *
 * @param J the cost at a distance from the point in question, along some direction
 * @param atPoint J(0)
 * @param spacing distance of two points
 * @param seen takes the values
 * @returns `undefined` where J ends within the table, or never changes
 */
export function* measureNoise(
  J: (distance: number) => ReverseCommunication<number>,
  atPoint: number,
  spacing: number,
  seen: number[] = [],
): ReverseCommunication<Noise | undefined> {
  let found: Noise | undefined;
  for (let attempt = 0; attempt < 4; attempt++) {
    const values = [atPoint];
    const step = spacing * spread ** attempt;
    for (let i = 1; i < points; i++) values.push(yield* J(step * (i + unevenness * i * i)));
    seen.push(...values);
    // Where the cost ends or stands still there is nothing to read.
    if (values.some((value) => !Number.isFinite(value))) break;
    if (new Set(values).size <= points / 2) continue;
    const deviation = noiseOf(values);
    if (found !== undefined) return { deviation: Math.max(found.deviation, deviation), spacing: step };
    found = { deviation, spacing: step };
    if (attempt === 0 || step >= widest) break;
  }
  return found;
}

/** Noise of values at places in a row, from the levels 3 to 5 of their difference table: the root of their mean square. */
export function noiseOf(values: readonly number[]): number {
  let differences = [...values];
  let factor = 1; // (k!)² / (2k)!
  const levels: number[] = [];
  for (let k = 1; k <= 5; k++) {
    differences = differences.slice(1).map((value, i) => value - differences[i]);
    factor *= k / (2 * (2 * k - 1));
    if (k < 3) continue;
    levels.push(Math.sqrt(factor / differences.length) * norm(differences));
  }
  return norm(levels) / Math.sqrt(levels.length);
}
