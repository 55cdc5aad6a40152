import type { Matrix } from "../../array/matrix.js";
import type { Numbers, OptionTable } from "../choice.js";
import type { ErrorPiece } from "./errorPieces.js";

/** The targets of one output, over the examples of a data set. */
export interface OutputTargets {
  readonly mean: number;
  /** The mean over the examples of a function of their target. */
  meanOf(f: (y: number) => number): number;
  /** The smallest target that is at least as large as the share τ of them, 0 < τ < 1. */
  quantile(tau: number): number;
}

/** What a network is to know of its loss; a page that only predicts bundles no more of it. */
export interface LossTraits {
  /** Its numbers, with ranges and defaults. */
  readonly options: OptionTable;
  /** What a network with this loss learns to say. */
  readonly task: "binary" | "multiclass" | "regression";
  /** The output activation it is derived for; undefined where any will do. */
  readonly activation?: string;
  /**
   * Whether it is taken where a specification names no loss: for its task, and for the activation it is made for, or, where any
   * will do, for those that no other is made for. One loss of a task says so.
   */
  readonly byDefault?: true;
  /** What `derivative` is by: the logits Z[L], past the activation it is derived for, or the outputs A[L]. */
  readonly by: "logits" | "output";
  /** Whether the derivative by the logits is A − Y, of outputs that are logits through their canonical link. */
  readonly residual?: boolean;
  /** Targets that are counts, numbers of at least 0: they are learned as they are, since normalized they would be counts no more. */
  readonly targets?: "counts";
  /** Whether the cost of an example is the mean over its K outputs, not their sum. */
  readonly meanOfOutputs?: boolean;
}

/** What is minimized: the mean over the examples of a cost per example, computed from the logits. */
export interface LossDefinition extends LossTraits {
  /** `derivative` as it is written: `A − Y`, `(2/K) (A − Y)`. */
  formula(options: Numbers): string;
  /**
   * Cost of each example, 1 × examples, from logits Z, outputs A and targets Y (all units × examples). Of a loss that is made for
   * one activation from Z and Y alone.
   */
  perExample(Z: Matrix, A: Matrix, Y: Matrix, options: Numbers): Matrix;
  /** Derivative of the summed cost, units × examples. The 1/m comes with the parameters' gradients. */
  derivative(Z: Matrix, A: Matrix, Y: Matrix, options: Numbers): Matrix;
  /** What an output does best to answer where it does not look at its input. Default the mean of its targets. */
  guess?(targets: OutputTargets, outputs: number, options: Numbers): number;
  /**
   * Cost of an output that always answers the guess.
   *
   * @param outputs number of outputs, over which costs add up
   */
  chance(targets: OutputTargets, outputs: number, options: Numbers): number;
  /** The logit with which an output, of the activation that the loss is made for, or linear, always gives this answer. */
  logitOf(answer: number): number;
  /** Of a loss of the errors alone: what it is made of. Its kinks are where one piece ends. */
  readonly pieces?: (options: Numbers) => readonly ErrorPiece[];
  /** Says what is wrong with the targets of one example (a column of Y), or undefined where nothing is. */
  complaint(Y: Matrix, example: number): string | undefined;
}
