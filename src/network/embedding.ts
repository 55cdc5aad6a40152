import { type EmbeddingSpec, parseEmbedding } from "../ops/layer/embedding/embedding.js";
import type { InitializerSpec } from "../ops/names.js";

/**
 * An embedding of categories, as plain data: in the place of each code stands a row of a table E that is learned.
 *
 * Row i of its input holds codes 0 … sizes[i] − 1; it becomes `dimension` rows, `E[code]` on end. Input rows × examples,
 * output Σ dimensions × examples. `E1`, Σ sizes × dimension, holds the tables one below the other (in one column where they
 * differ in dimension); nothing decays. The codes have to be features: one that is not known is refused, with its place,
 * before a training or a prediction.
 *
 * @param sizes how many codes there are in each row, 1 … 2²⁴
 * @param dimension numbers that stand for a code: one for all rows, or one a row, 1 … 4,096
 * @param options `initializer` of the tables. Default: N(0, 1), as PyTorch's `nn.Embedding`
 * @throws OptionError naming what is out of range, and for tables of more than 2 GiB
 *
 * Source: Guo & Berkhahn 2016, "Entity embeddings of categorical variables" (arXiv 1604.06737), eq. 6.
 *
 * @example
 * import { dense, embedding, Matrix, network, predict } from "gradproof";
 * const model = network({ inputs: 2, layers: [embedding([3, 7], 4), dense(1, "linear")] });
 * model.parameters.E1?.shape; // => [10, 4]
 * predict(model, Matrix.from([[0, 2], [6, 1]])).shape; // => [1, 2]
 */
export function embedding(
  sizes: readonly number[],
  dimension: number | readonly number[],
  options: { readonly initializer?: InitializerSpec } = {},
): EmbeddingSpec {
  return parseEmbedding("embedding()", { type: "embedding", sizes, dimension, ...options });
}
