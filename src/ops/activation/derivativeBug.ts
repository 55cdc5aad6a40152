import type { Numbers } from "../choice.js";

/** A way in which people write the derivative of one activation wrong: the gradient check knows it by its numbers. */
export interface DerivativeBug {
  /**
   * What stands in the place of g'(z), given z, a = g(z) before its mask, da = ∂J/∂a, and options and what the unit has
   * learned.
   *
   * @param value the number of a bug that has one
   */
  wrong(z: number, a: number, da: number, n: Numbers, value: number): number;
  /** Whether it has a number, which is found from the gradient: `wrong` is linear in it. */
  readonly tuned?: true;
  /** The sentence; undefined where the number found is no bug, or told by another. */
  says(told: Told): string | undefined;
  /** Other activations whose derivative it is with the right number: they need no sentence of their own. */
  readonly covers?: readonly string[];
  /** Its words where it can be planted, of a bug without a number. */
  readonly planted?: PlantedDerivative;
}

/** What the sentence of a derivative bug is about. */
export interface Told {
  /** The layer: `1` or, of a bug in all layers, `[l]`. */
  readonly l: string;
  /** Options of the activation. */
  readonly n: Numbers;
  /** The number that was found, to four digits. */
  readonly value: string;
  /** Whether it is this one, up to rounding. */
  is(known: number): boolean;
}

/** What is said of a bug that can be planted. */
export interface PlantedDerivative {
  readonly name: string;
  /** What is written wrong, in the field's words. */
  readonly title: string;
  /** What a network must have for it. */
  readonly needs: string;
  /** g'(Z[l]) as it should be and as it is written. */
  formulas(l: string): readonly [right: string, written: string];
}
