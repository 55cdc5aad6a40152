import type { Numbers } from "../choice.js";

/** What is known of wrong derivatives of one activation: the gradient check knows them by their numbers. */
export interface DerivativeBugs {
  readonly bugs: readonly DerivativeBug[];
  /** What is said of each in English, by id; `planted.` and its name is what is written wrong of one that can be planted. */
  readonly words: Readonly<Record<string, (values: DerivativeBugValues) => string>>;
}

/** A way in which people write the derivative of one activation wrong. */
export type DerivativeBug = FixedDerivativeBug | TunedDerivativeBug;

interface KnownDerivativeBug {
  /**
   * What stands in the place of g'(z), given z, a = g(z) before its mask, da = ∂J/∂a, and options and what the unit has
   * learned.
   *
   * @param value the number of a bug that has one
   */
  wrong(z: number, a: number, da: number, n: Numbers, value: number): number;
  /** Other activations whose derivative it is with the right number: they need no sentence of their own. */
  readonly covers?: readonly string[];
}

/** A bug without a number. */
export interface FixedDerivativeBug extends KnownDerivativeBug {
  /** Its sentence: the activation and what is wrong, such as `relu.gradientAsked`. */
  readonly id: string;
  /** How it is written where it can be planted. */
  readonly planted?: PlantedDerivative;
}

/** A bug with a number, which is found from the gradient: `wrong` is linear in it. */
export interface TunedDerivativeBug extends KnownDerivativeBug {
  /**
   * Its sentence, undefined where the number found is no bug, or told by another.
   *
   * @param is whether the number is this one, up to rounding
   */
  idOf(is: (known: number) => boolean): string | undefined;
}

/** What stands in the sentence of a derivative bug: beside these the options of the activation. */
export interface DerivativeBugValues {
  /** The layer: `1` or, of a bug in all layers, `[l]`. */
  readonly l: string;
  /** The number that was found. */
  readonly value: number;
  readonly [option: string]: number | string;
}

/** A bug as it can be planted. */
export interface PlantedDerivative {
  readonly name: string;
  /** g'(Z[l]) as it should be and as it is written. */
  formulas(l: string): readonly [right: string, written: string];
}
