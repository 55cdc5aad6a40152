import type { FixedBug, Names, Placed, TunedBug } from "../bugs/bug.js";
import type { Formulas } from "../bugs/formulas.js";
import type { Pass } from "../bugs/pass.js";

/** One way to write a backward pass wrong, as it can be planted. */
export interface Plantable extends Placed {
  /** What is written wrong, in the field's words. */
  readonly title: string;
  /** What a network and its options must have for that, for those that have it not. */
  readonly needs: string;
  /** Where it is planted unless told: in a layer (the highest there is, if that is too high), or in all where it can be. */
  readonly usual: number | "all";
  /** The formula as it should be and as it is written. */
  readonly formulas: (names: Names, pass: Pass) => readonly [right: string, written: string];
  /** The wrong formulas of a layer; `pass` is that at the weights where it is planted. */
  readonly wrong: (pass: Pass, l: number) => Partial<Formulas>;
}

/** Stands for the highest layer that a bug can be in: everything below it is wrong then. */
export const highest = Number.POSITIVE_INFINITY;

/** dZ[l] with a derivative as it is written. */
export const dZ = ({ l }: Names, derivative: string): string => `dZ${l} = dA${l} ∘ ${derivative}`;

/** What is said of a bug beside what the catalogue knows of it. */
type Words = Pick<Plantable, "title" | "needs" | "usual" | "formulas">;

/** A bug of the catalogue. */
export function known({ at, possible, wrong }: FixedBug, words: Words): Plantable {
  return { at, possible, wrong: () => wrong, ...words };
}

/** A bug of the catalogue with its number. */
export function knownWith(
  { at, tuned }: TunedBug,
  value: (pass: Pass) => number,
  words: Words & Pick<Plantable, "possible">,
): Plantable {
  return { at, wrong: (pass) => tuned(value(pass)), ...words };
}
