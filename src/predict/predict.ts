import type { Matrix } from "../array/matrix.js";
import { requireMatrix } from "../array/requireMatrix.js";
import { requireRecord } from "../constraint/kinds.js";
import { once } from "../engine/enginePredictor.js";
import type { Network } from "../network/network.js";
import { type EngineName, Predictor } from "./predictor.js";

/**
 * The network's outputs A[L] for new examples, to the bits of `predict` of `gradproof`.
 *
 * @param X features × examples
 * @param options engine: `wasm` or `readable`, as in `Predictor`
 * @returns outputs × examples: probabilities for sigmoid and softmax, numbers otherwise
 * @throws ShapeError when X does not have the network's number of features
 *
 * @example
 * import { dense, network, serializeModel } from "gradproof";
 * import { Matrix, parseModel, predict } from "gradproof/predict";
 * const trained = network({ inputs: 2, layers: [dense(1, "sigmoid")], initializer: "zeros" });
 * const model = parseModel(serializeModel({ network: trained }));
 * predict(model.network, Matrix.from([[0, 3], [0, 3]])).toArray(); // => [[0.5, 0.5]]
 */
export function predict(
  network: Network,
  X: Matrix,
  options: { readonly engine?: EngineName | undefined } = {},
): Matrix {
  requireMatrix("predict(): X", X);
  requireRecord("predict(): options", options);
  return once(new Predictor(network, { ...options, examples: X.columns }), (predictor) => predictor.predict(X));
}
