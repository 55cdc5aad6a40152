import type { Matrix } from "../../array/matrix.js";
import type { Activation } from "../activation/activation.js";
import type { ActivationName, LossName } from "../spec.js";

/** What is minimized: the mean over the examples of a cost per example. */
export interface Loss {
  readonly name: LossName;
  /** The output activation the loss is derived for; undefined where any will do. */
  readonly activation?: ActivationName;
  /** Cost of each example, 1 × examples, from logits Z, outputs A and targets Y (all units × examples). */
  perExample(Z: Matrix, A: Matrix, Y: Matrix): Matrix;
  /** `dZ[L]`: derivative of the summed cost by the logits, units × examples. The 1/m comes with `dW` and `db`. */
  dZ(Z: Matrix, A: Matrix, Y: Matrix, activation: Activation): Matrix;
  /** Says what is wrong with the targets of one example (a column of Y), or undefined where nothing is. */
  complaint(Y: Matrix, example: number): string | undefined;
}
