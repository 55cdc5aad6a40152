import type { FloatArray } from "../../array/floatArray.js";
import type { OptimizerState } from "../../engine/trainer.js";

/** Turns gradients into updates of θ. Its state has the layout of θ. */
export interface Optimizer {
  /** What it remembers, itself and no copy: written to, it changes the steps that follow. */
  readonly state: { -readonly [K in keyof OptimizerState]: OptimizerState[K] };
  /** One update in place; `dTheta` includes the penalty's gradient. */
  step(theta: FloatArray, dTheta: FloatArray, learningRate: number): void;
}
