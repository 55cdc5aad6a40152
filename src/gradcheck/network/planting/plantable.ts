import type { IdsOf, Message } from "../../../constraint/message.js";
import type { Backpropagation } from "../bugs/backpropagation.js";
import type { FixedBug, Placed, TunedBug } from "../bugs/bug.js";
import type { Formulas } from "../bugs/formulas.js";
import type { Names } from "../bugs/names.js";
import type { networkWords } from "../words.js";

/** A sentence around a formula. */
type FormulaId = Extract<IdsOf<typeof networkWords, { formula: string }>, `formula.${string}`>;

/** One way to write a backward pass wrong, as it can be planted. */
export interface Plantable extends Placed {
  /** What a network and its options must have for that, for those that have it not; undefined where nothing is needed. */
  readonly needs?: Message | undefined;
  /** Where it is planted unless told: in a layer (the highest there is, if that is too high), or in all where it can be. */
  readonly usual: number | "all";
  /** The formula as it should be and as it is written, in the field's notation. */
  readonly formulas: (names: Names, pass: Backpropagation) => readonly [right: string, written: string];
  /** Sentences that say them, where notation alone does not. */
  readonly sentences?: readonly [right: FormulaId, written: FormulaId];
  /** The wrong formulas of a layer; `pass` is that at the weights where it is planted. */
  readonly wrong: (pass: Backpropagation, l: number) => Partial<Formulas>;
}

/** Stands for the highest layer that a bug can be in: everything below it is wrong then. */
export const highest = Number.POSITIVE_INFINITY;

/** dZ[l] with a derivative as it is written. */
export const dZ = ({ l }: Names, derivative: string): string => `dZ${l} = dA${l} ∘ ${derivative}`;

/** What is known of a bug beside what the catalogue knows. */
type Beside = Pick<Plantable, "needs" | "usual" | "formulas" | "sentences">;

/** A bug of the catalogue. */
export function known({ at, possible, wrong }: FixedBug, beside: Beside): Plantable {
  return { at, possible, wrong: () => wrong, ...beside };
}

/** A bug of the catalogue with its number. */
export function knownWith(
  { at, tuned }: TunedBug,
  value: (pass: Backpropagation, l: number) => number,
  beside: Beside & Pick<Plantable, "possible">,
): Plantable {
  return { at, wrong: (pass, l) => tuned(value(pass, l)), ...beside };
}
