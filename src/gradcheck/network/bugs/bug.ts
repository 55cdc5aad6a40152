import type { Formulas } from "./formulas.js";
import type { Pass } from "./pass.js";

/** How a sentence names a layer: `1` or, for a bug in every layer, `[l]`; and those beside it. */
export interface Names {
  readonly l: string;
  readonly above: string;
  /** A of the layer below: `X`, `A1`, `A[l−1]`. */
  readonly input: string;
}

/** One way to write a backward pass wrong. */
interface KnownBug {
  /** Where it can be: the output layer, the hidden ones, or all. One in several layers is also tried in all at once. */
  readonly at: "output" | "hidden" | "all";
  /** Whether it can be there and would change anything. */
  readonly possible?: (pass: Pass, l: number) => boolean;
  readonly says: Says;
}

/**
 * The sentence; undefined where the number found is no bug, or another entry's.
 *
 * @param value the number of a tuned bug, NaN of a fixed one
 * @param l the layer, the highest of several
 */
export type Says = (names: Names, pass: Pass, value: number, l: number) => string | undefined;

/** A bug without a number of its own. */
export interface FixedBug extends KnownBug {
  readonly wrong: Partial<Formulas>;
}

/**
 * A bug with a number that has to be found first: the gradient is linear in it, so two replays tell which one gives the
 * gradient under test.
 */
export interface TunedBug extends KnownBug {
  readonly tuned: (value: number) => Partial<Formulas>;
  /** The block the number is read from. */
  readonly fitOn: "W" | "b";
}

export type Bug = FixedBug | TunedBug;

/** The names for a bug in one layer, or in several at once. */
export function namesOf(layers: readonly number[]): Names {
  if (layers.length > 1) return { l: "[l]", above: "[l+1]", input: "A[l−1]" };
  const [l] = layers;
  return { l: `${l}`, above: `${l + 1}`, input: l === 1 ? "X" : `A${l - 1}` };
}
