import { norm } from "./norm.js";
import type { ReverseCommunication } from "./problem.js";

const unitRoundoff = 2 ** -53;
/** Points in the table. */
const points = 7;
/** Even spacing can meet the grid of floating-point numbers in step, which hides the rounding; this leaves no third difference. */
const unevenness = 0.382;

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
 * they are spread until it changes.
 *
 * Source: J. Moré & S. Wild, "Estimating computational noise", SIAM J. Sci. Comput. 33 (2011).
 *
 * @param J the cost at a distance from the point in question, along some direction
 * @param atPoint J(0)
 * @param spacing distance of two points
 * @returns `undefined` where J ends within the table, or never changes
 */
export function* measureNoise(
  J: (distance: number) => ReverseCommunication<number>,
  atPoint: number,
  spacing: number,
): ReverseCommunication<Noise | undefined> {
  for (let spread = 0; spread < 4; spread++) {
    const values = [atPoint];
    const step = spacing * 100 ** spread;
    for (let i = 1; i < points; i++) values.push(yield* J(step * (i + unevenness * i * i)));
    // Where the cost ends or stands still there is nothing to read.
    if (values.some((value) => !Number.isFinite(value))) return undefined;
    const distinct = new Set(values).size;
    if (distinct > points / 2) return { deviation: noiseOf(values), spacing: step };
  }
  return undefined;
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
