import type { Matrix } from "../array/matrix.js";
import { losses } from "../ops/generated/losses.js";
import type { LossDefinition, OutputTargets } from "../ops/loss/loss.js";
import type { Network } from "./network.js";

/** What a loss computes, with the numbers of its network; see `LossDefinition`. */
export interface LossFunctions {
  readonly formula: string;
  perExample(Z: Matrix, A: Matrix, Y: Matrix): Matrix;
  derivative(Z: Matrix, A: Matrix, Y: Matrix): Matrix;
  guess(targets: OutputTargets): number;
  chance(targets: OutputTargets, outputs: number): number;
  /** Undefined where there are no classes. */
  evenOdds(outputs: number): number | undefined;
  logitOf(answer: number): number;
  complaint(Y: Matrix, example: number): string | undefined;
}

/** The loss of a network with all that it computes. */
export function lossOf({ loss: { name, options } }: Pick<Network, "loss">): LossFunctions {
  const definition: LossDefinition = losses[name];
  return {
    formula: definition.formula(options),
    perExample: (Z, A, Y) => definition.perExample(Z, A, Y, options),
    derivative: (Z, A, Y) => definition.derivative(Z, A, Y, options),
    guess: (targets) => definition.guess?.(targets, options) ?? targets.mean,
    chance: (targets, outputs) => definition.chance(targets, outputs, options),
    evenOdds: (outputs) => definition.evenOdds?.(outputs, options),
    logitOf: (answer) => definition.logitOf(answer),
    complaint: (Y, example) => definition.complaint(Y, example),
  };
}
