import type { Matrix } from "../../array/matrix.js";
import type { RandomState } from "../../random/randomState.js";
import type { Numbers, OptionTable } from "../choice.js";

/** How the weights of a layer start. */
export interface InitializerDefinition {
  readonly options: OptionTable;
  /** Draws weights, units × inputs, in float64. */
  draw(units: number, inputs: number, options: Numbers, random: RandomState): Matrix;
}

/** N(0, scale²): randn × scale, in this order of operations, as NumPy code writes it: the digits are the same. */
export function drawNormal(units: number, inputs: number, scale: number, random: RandomState): Matrix {
  const W = random.randn(units, inputs); // (units × inputs)
  for (let k = 0; k < W.data.length; k++) W.data[k] *= scale;
  return W;
}

/** U(−limit, limit) */
export function drawUniform(units: number, inputs: number, limit: number, random: RandomState): Matrix {
  const W = random.rand(units, inputs); // (units × inputs)
  for (let k = 0; k < W.data.length; k++) W.data[k] = -limit + 2 * limit * W.data[k];
  return W;
}
