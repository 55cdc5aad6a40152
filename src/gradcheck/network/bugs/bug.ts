import { type IdsOf, type Message, messageOf } from "../../../constraint/message.js";
import type { networkWords } from "../words.js";
import type { Backpropagation } from "./backpropagation.js";
import type { Formulas } from "./formulas.js";
import type { Names } from "./names.js";

/** Where a bug can be. */
export interface Placed {
  /** The output layer, the hidden ones, or all. One in several layers is also tried in all at once. */
  readonly at: "output" | "hidden" | "all";
  /** Whether it can be in a layer of these and would change anything there. */
  readonly possible?: ((pass: Backpropagation, l: number) => boolean) | undefined;
}

/** One way to write a backward pass wrong. */
interface KnownBug extends Placed {
  readonly says: Says;
  /** Whether it is told only where no other bug gives the same numbers. */
  readonly farFetched?: boolean;
}

/**
 * What to say of it; undefined where the number found is no bug, or another entry's.
 *
 * @param value the number of a tuned bug, NaN of a fixed one
 * @param l the layer, the highest of several
 */
export type Says = (names: Names, pass: Backpropagation, value: number, l: number) => Message | undefined;

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

/** The layers in which a bug can be, from the lowest. */
export function layersOf({ at, possible }: Placed, pass: Backpropagation): number[] {
  const all = Array.from({ length: pass.layers }, (_, index) => index + 1);
  const there = at === "output" ? [pass.layers] : at === "hidden" ? all.slice(0, -1) : all;
  return there.filter((l) => possible?.(pass, l) ?? true);
}

/** The sentence of a bug that needs the names of its layers alone. */
export function named(id: IdsOf<typeof networkWords, Names>): Says {
  return (names) => messageOf(id, { ...names });
}
