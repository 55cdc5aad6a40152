import type { Matrix } from "../../../array/matrix.js";
import type { Network } from "../../../network/network.js";
import type { WeightPenalty } from "../../../network/penalty.js";
import type { ParameterWindow } from "../../../ops/parameterWindow.js";
import type { TrainingStep } from "../trainingStep.js";

/** The parameters of one layer. */
export interface LayerWindows {
  readonly W: ParameterWindow;
  readonly b: ParameterWindow;
  /** Of its activation. */
  readonly learned: readonly ParameterWindow[];
}

/** One forward pass and the right backward pass after it, with everything on the way. Index l is layer l, from 1. */
export interface Backpropagation {
  readonly network: Network;
  readonly step: TrainingStep;
  /** Examples of the batch. */
  readonly m: number;
  readonly layers: number;
  readonly Z: readonly Matrix[];
  /** After its mask; A[0] is X after its mask. */
  readonly A: readonly Matrix[];
  /** A[l] before its mask. */
  readonly unmasked: readonly Matrix[];
  /** dA[l] after its mask; of the last layer only where the loss is differentiated by the outputs. */
  readonly dA: readonly Matrix[];
  readonly dZ: readonly Matrix[];
  /** dW[l] without the penalty. */
  readonly dW: readonly Matrix[];
  readonly db: readonly Matrix[];
  /** What the weights of layer l are penalized by. */
  penalty(l: number): WeightPenalty;
  /** Where the parameters of layer l lie in θ. */
  windows(l: number): LayerWindows;
  /** Layer l, from 1. */
  layer(l: number): Network["layers"][number];
  /** Probability to keep a unit of layer l; 1 without dropout. */
  keep(l: number): number;
  /** Whether a number read from a gradient is this one. */
  same(value: number, known: number): boolean;
  /** The right gradient of a block by its name, penalty included. */
  right(name: string): Float64Array;
}
