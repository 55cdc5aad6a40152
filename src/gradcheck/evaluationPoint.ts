import type { FlatCost } from "./problem.js";

/** A θ at which the gradient is compared with the cost, and what is known there. */
export interface EvaluationPoint {
  readonly theta: Float64Array;
  /** J(θ). */
  readonly cost: number;
  /** The gradient under test. */
  readonly gradient: Float64Array;
  /** J near this point: frozen branches where the problem offers them. */
  readonly near: FlatCost;
  /** Whether it is the place the caller asked about, and not one near it. */
  readonly given: boolean;
  /** Standard deviation of the noise of J here. */
  readonly noise: number;
  /** Whether that is far more than float64 has, and the gradient may be asked for along a chord instead. */
  readonly isNoisy: boolean;
  /** The same far from here, where J has another value. */
  readonly noiseAt: (cost: number) => number;
  /** Typical size of the parameters of each block. */
  readonly scales: readonly number[];
  /** Largest ‖g‖ · scale of all blocks: what a block's gradient has to be small beside to count as zero. */
  readonly largest: number;
}
