import type { FloatArray } from "../../array/floatArray.js";
import type { NumberOption, Numbers, OptionTable } from "../choice.js";
import type { ParameterWindow } from "../parameterWindow.js";

/** What an optimizer remembers between steps. Which averages there are depends on the optimizer. */
export interface OptimizerState {
  /** v, the average of dθ, laid out like θ. */
  readonly average?: FloatArray;
  /** s, the average or the sum of dθ², laid out like θ. */
  readonly square?: FloatArray;
  /** Running products, such as β₁ᵗ and β₂ᵗ after t steps of an optimizer that corrects its averages; 1 elsewhere. */
  readonly power1: number;
  readonly power2: number;
  readonly power3: number;
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
  /** Changed by the update. */
  readonly state: { -readonly [Key in keyof OptimizerState]: OptimizerState[Key] };
}

/** Turns gradients into updates of θ. */
export interface OptimizerDefinition {
  readonly options: OptionTable & { readonly weightDecay: NumberOption };
  /** α that suits most networks on normalized inputs. */
  readonly learningRate: number;
  readonly remembers: readonly Average[];
  /** One update of θ in place; weight decay has come before it. */
  update(step: Update): void;
}

/** An average that the optimizer keeps, by its definition. */
export function kept(average: FloatArray | undefined): FloatArray {
  if (average === undefined) throw new Error("an optimizer was given a state without an average that it keeps");
  return average;
}

/**
 * The option of every optimizer: decoupled weight decay λ. Before each update the weights, never the biases, shrink by
 * `α λ W`. The penalty `l2` is another thing: its gradient is part of dθ, which an optimizer may average and divide.
 *
 * Source: Loshchilov & Hutter 2019, "Decoupled Weight Decay Regularization".
 */
export const weightDecay = { constraint: { kind: "number", min: 0 }, default: 0 } as const satisfies NumberOption;

/** `W := W − factor · W` on all that decays. */
export function decay(theta: FloatArray, layout: readonly ParameterWindow[], factor: number): void {
  for (const { decays, offset, rows, columns } of layout) {
    if (!decays) continue;
    for (let k = offset; k < offset + rows * columns; k++) theta[k] -= factor * theta[k];
  }
}
