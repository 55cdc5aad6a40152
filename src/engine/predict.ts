import type { Matrix } from "../array/matrix.js";
import { requireMatrix } from "../array/requireMatrix.js";
import { requireRecord } from "../constraint/kinds.js";
import type { Network } from "../network/network.js";
import { chooseEngine, type EngineOption } from "./choose.js";
import { EnginePredictor, once } from "./enginePredictor.js";
import type { NetworkModel } from "./networkModel.js";
import type { Plan } from "./plan.js";

/**
 * The network's outputs A[L] for new examples, without dropout.
 *
 * @param X features × examples
 * @param options engine: what computes it, as in `train`
 * @returns outputs × examples: probabilities for sigmoid and softmax, numbers otherwise
 * @throws ShapeError when X does not have the network's number of features
 *
 * @example
 * import { dense, Matrix, networkWith, predict } from "gradproof";
 * const model = networkWith({ inputs: 2, layers: [dense(1, "sigmoid")] }, Float64Array.of(1, -1, 0));
 * predict(model, Matrix.from([[0, 3], [0, 3]])).toArray(); // => [[0.5, 0.5]]
 */
export function predict(
  network: Network,
  X: Matrix,
  options: { readonly engine?: EngineOption | undefined } = {},
): Matrix {
  requireMatrix("predict(): X", X);
  requireRecord("predict(): options", options);
  return once(new Predictor(network, { ...options, examples: X.columns }), (predictor) => predictor.predict(X));
}

/** What a `Predictor` is made for. */
export interface PredictorOptions {
  /** Examples a call, as far as known: a larger workspace is of no use. Default 4,096, the most there is. */
  readonly examples?: number;
  /** What computes the outputs, as in `train`. */
  readonly engine?: EngineOption | undefined;
}

/**
 * Predictions of a network or a model with a workspace made once, for calls that come again and again: `one` takes a fifth of a
 * microsecond on a small network. A network takes features as it was trained on them, a model takes raw ones. It reads θ at each
 * call, so it follows a network that is being trained.
 *
 * @throws OptionError for an engine that cannot run here
 *
 * @example
 * import { dense, networkWith, Predictor } from "gradproof";
 * const model = networkWith({ inputs: 2, layers: [dense(1, "sigmoid")] }, Float64Array.of(1, -1, 0));
 * const predictor = new Predictor(model, { examples: 1 });
 * predictor.one([3, 3])[0]; // => 0.5
 */
export class Predictor extends EnginePredictor<Plan> {
  constructor(predicts: Network | NetworkModel, options: PredictorOptions = {}) {
    requireRecord("Predictor(): options", options);
    super(predicts, chooseEngine("Predictor()", options.engine), options.examples);
  }

  /** Of a network: outputs and the data cost `(1/m) Σⱼ wⱼ ℓⱼ` in one pass. */
  evaluate(X: Matrix, Y: Matrix, weights?: ArrayLike<number>): { readonly P: Matrix; readonly dataCost: number } {
    requireMatrix("Predictor.evaluate(): X", X);
    requireMatrix("Predictor.evaluate(): Y", Y);
    let total = 0;
    const P = this.passes(X, (from, count) => {
      this.plan.load({ X, Y, weights, from, count });
      total += this.plan.cost() * count;
    });
    return { P, dataCost: total / X.columns };
  }
}
