import type { Matrix } from "../../array/matrix.js";
import type { OptionTable } from "../choice.js";

/** What is minimized: the mean over the examples of a cost per example, computed from the logits. */
export interface LossDefinition {
  readonly options: OptionTable;
  /** What a network with this loss learns to say. */
  readonly task: "binary" | "multiclass" | "regression";
  /** The output activation it is derived for; undefined where any will do. */
  readonly activation?: string;
  /** What `derivative` is by: the logits Z[L], past the activation it is derived for, or the outputs A[L]. */
  readonly by: "logits" | "output";
  /** `derivative` as it is written: `A − Y`, `(2/K) (A − Y)`. */
  readonly formula: string;
  /** Whether the cost of an example is the mean over its K outputs, not their sum. */
  readonly meanOfOutputs?: boolean;
  /** Cost of each example, 1 × examples, from logits Z, outputs A and targets Y (all units × examples). */
  perExample(Z: Matrix, A: Matrix, Y: Matrix): Matrix;
  /** Derivative of the summed cost, units × examples. The 1/m comes with the parameters' gradients. */
  derivative(Z: Matrix, A: Matrix, Y: Matrix): Matrix;
  /**
   * Cost of the best answer that is the same for every example, of one output: it says the mean of its targets.
   *
   * @param mean of the output's targets
   * @param variance of the output's targets
   * @param outputs number of outputs, over which costs add up
   */
  chance(mean: number, variance: number, outputs: number): number;
  /** Cost of an answer that gives every class the same odds, with so many outputs; left out where there are no classes. */
  evenOdds?(outputs: number): number;
  /** The logit with which an output always answers `mean`. */
  logitOf(mean: number): number;
  /** Says what is wrong with the targets of one example (a column of Y), or undefined where nothing is. */
  complaint(Y: Matrix, example: number): string | undefined;
}
