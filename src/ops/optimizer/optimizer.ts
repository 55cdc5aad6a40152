import type { FloatArray } from "../../array/floatArray.js";
import type { Numbers, OptionTable } from "../choice.js";
import type { ParameterWindow } from "../parameterWindow.js";

/** What an optimizer remembers between steps. Which averages there are depends on the optimizer. */
export interface OptimizerState {
  /** v, the average of dθ, laid out like θ. */
  readonly average?: FloatArray;
  /** s, the average of dθ², laid out like θ. */
  readonly square?: FloatArray;
  /** β₁ᵗ and β₂ᵗ after t steps of an optimizer that corrects its averages; 1 elsewhere. */
  readonly power1: number;
  readonly power2: number;
}

/** Averages that an optimizer may keep, each laid out like θ. */
export type Average = "average" | "square";

/** What one update works with. */
export interface Update {
  readonly theta: FloatArray;
  /** The penalty's gradient included. */
  readonly dTheta: FloatArray;
  readonly learningRate: number;
  readonly options: Numbers;
  readonly layout: readonly ParameterWindow[];
  /** Changed by the update. */
  readonly state: { -readonly [Key in keyof OptimizerState]: OptimizerState[Key] };
}

/** Turns gradients into updates of θ. */
export interface OptimizerDefinition {
  readonly options: OptionTable;
  /** α that suits most networks on normalized inputs. */
  readonly learningRate: number;
  readonly remembers: readonly Average[];
  /** One update of θ in place. */
  update(step: Update): void;
}

/** The option that decoupled weight decay has, in every optimizer that has one: a run may multiply it by a factor. */
export const weightDecayName = "weightDecay";

/** An average that the optimizer keeps, by its definition. */
export function kept(average: FloatArray | undefined): FloatArray {
  if (average === undefined) throw new Error("an optimizer was given a state without an average that it keeps");
  return average;
}
