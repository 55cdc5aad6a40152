import { type PiecewiseLinearSpec, parsePiecewiseLinear } from "../ops/layer/piecewiseLinear/piecewiseLinear.js";

/**
 * A piecewise-linear encoding of numbers, as plain data: a row a bin of each feature, `(x − low) / (high − low)`, but 0 below
 * the bin and 1 above it; the first bin goes on below, the last one above. With a `dimension`, a learned linear map of each
 * feature's bins follows.
 *
 * Input features × examples, output bins × examples or features · dimension × examples; `map1` (which decays) is bins ×
 * dimension, `shift1` features · dimension × 1. A configuration may say `bins` instead of edges: they then come from quantiles of
 * the training rows.
 *
 * @param edges of each feature the edges of its bins, increasing: 2 … 4,097 numbers
 * @param options `dimension` of the map, 1 … 4,096. Default: none
 * @throws OptionError naming the edges that do not increase, or the number that is out of range
 *
 * Source: Gorishniy, Rubachev & Babenko 2022, "On embeddings for numerical features in tabular deep learning" (arXiv
 * 2203.05556), eq. 1.
 *
 * @example
 * import { dense, Matrix, networkWith, piecewiseLinear, predict } from "gradproof";
 * const layers = [piecewiseLinear([[0, 1, 3]]), dense(2, "linear")];
 * const model = networkWith({ inputs: 1, layers }, Float64Array.of(1, 0, 0, 1, 0, 0)); // W1 the identity, b1 = 0
 * predict(model, Matrix.row([0.5, 2])).toArray(); // => [[0.5, 1], [0, 0.5]]
 */
export function piecewiseLinear(
  edges: readonly (readonly number[])[],
  options: Omit<PiecewiseLinearSpec, "type" | "edges"> = {},
): PiecewiseLinearSpec {
  return parsePiecewiseLinear("piecewiseLinear()", { ...options, type: "piecewiseLinear", edges });
}
