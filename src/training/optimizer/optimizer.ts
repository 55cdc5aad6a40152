import type { FloatArray } from "../../array/floatArray.js";

/** Turns gradients into updates of θ. Its state has the layout of θ. */
export interface Optimizer {
  /** One update in place; `dTheta` includes the penalty's gradient. */
  step(theta: FloatArray, dTheta: FloatArray, learningRate: number): void;
}
