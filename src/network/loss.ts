import type { Matrix } from "../array/matrix.js";
import { losses } from "../ops/generated/losses.js";
import type { ErrorPiece } from "../ops/loss/errorPieces.js";
import type { LossDefinition, OutputTargets } from "../ops/loss/loss.js";
import type { Network } from "./network.js";

/** What a loss computes, with the numbers of its network; see `LossDefinition`. */
export interface LossFunctions {
  readonly formula: string;
  perExample(Z: Matrix, A: Matrix, Y: Matrix): Matrix;
  derivative(Z: Matrix, A: Matrix, Y: Matrix): Matrix;
  guess(targets: OutputTargets, outputs: number): number;
  chance(targets: OutputTargets, outputs: number): number;
  logitOf(answer: number): number;
  complaint(Y: Matrix, example: number): string | undefined;
  /** Of a loss of the errors alone. */
  readonly pieces: readonly ErrorPiece[] | undefined;
}

/** The loss of a network with all that it computes. */
export function lossOf({ loss: { name, options } }: Pick<Network, "loss">): LossFunctions {
  const definition: LossDefinition = losses[name];
  return {
    formula: definition.formula(options),
    perExample: (Z, A, Y) => definition.perExample(Z, A, Y, options),
    derivative: (Z, A, Y) => definition.derivative(Z, A, Y, options),
    guess: (targets, outputs) => definition.guess?.(targets, outputs, options) ?? targets.mean,
    chance: (targets, outputs) => definition.chance(targets, outputs, options),
    logitOf: (answer) => definition.logitOf(answer),
    complaint: (Y, example) => definition.complaint(Y, example),
    pieces: definition.pieces?.(options),
  };
}
