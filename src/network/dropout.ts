import { requireNumber } from "../constraint/constraint.js";
import { type DropoutSpec, dropoutOptions } from "../ops/layer/dropout/dropout.js";

/**
 * Dropout as a layer, as plain data: in training each unit is kept with probability `keep` and divided by it, `A ∘ D / keep`,
 * with a mask D drawn anew each step; predictions leave A as it is. It has its own probability and its own random numbers,
 * whatever the run's `keep` says of other layers.
 *
 * Source: Srivastava et al. 2014, "Dropout: a simple way to prevent neural networks from overfitting".
 *
 * @param keep probability to keep a unit, above 0 and up to 1 (default 0.5); PyTorch's `p` is 1 − keep
 * @throws OptionError for a number out of range
 *
 * @example
 * import { dense, dropout } from "gradproof";
 * dropout(0.8); // => { type: "dropout", keep: 0.8 }
 * const layers = [dense(64, "relu"), dropout(0.8), dense(1, "sigmoid")];
 */
export function dropout(keep?: number): DropoutSpec {
  if (keep === undefined) return { type: "dropout" };
  return { type: "dropout", keep: requireNumber("dropout(): keep", keep, dropoutOptions.keep.constraint) };
}
