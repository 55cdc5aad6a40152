import { Matrix } from "../array/matrix.js";
import type { Network } from "../network/network.js";
import { chooseEngine, type EngineOption } from "./choose.js";
import type { Engine, Plan } from "./plan.js";

/** Examples a pass: few enough that the activations of common layers stay in the cache. */
const chunk = 1024;

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
  const predictor = new Predictor(network, X.columns, chooseEngine("predict()", options.engine));
  try {
    return predictor.predict(X);
  } finally {
    predictor.release();
  }
}

/** A prediction workspace to use again and again, as a training run does for its validation set. */
export class Predictor {
  private readonly plan: Plan;
  private readonly network: Network;

  constructor(network: Network, examples: number, engine: Engine = chooseEngine("predict()", undefined)) {
    this.network = network;
    this.plan = engine.plan(network, { capacity: Math.min(chunk, Math.max(1, examples)), training: false });
  }

  /** Gives the workspace back. */
  release(): void {
    this.plan.release();
  }

  /** Outputs A[L] of the examples, outputs × examples. */
  predict(X: Matrix): Matrix {
    return this.pass(X).P;
  }

  /** Outputs and the data cost `(1/m) Σⱼ wⱼ ℓⱼ` in one pass. */
  evaluate(X: Matrix, Y: Matrix, weights?: ArrayLike<number>): { readonly P: Matrix; readonly dataCost: number } {
    return this.pass(X, Y, weights);
  }

  private pass(X: Matrix, Y?: Matrix, weights?: ArrayLike<number>): { readonly P: Matrix; readonly dataCost: number } {
    const { plan, network } = this;
    const outputs = network.layers[network.layers.length - 1].units;
    const P = Matrix.zeros(outputs, X.columns, network.spec.dtype); // (outputs × examples)
    let total = 0;
    // At least one pass, so that a matrix of the wrong height is noticed even without examples.
    for (let from = 0; from === 0 || from < X.columns; from += plan.capacity) {
      const count = Math.min(plan.capacity, X.columns - from);
      plan.load({ X, from, count, ...(Y && { Y }), ...(weights && { weights }) });
      if (Y === undefined) plan.forward();
      else total += plan.cost() * count;
      for (let i = 0; i < outputs; i++) {
        P.data.set(plan.output.subarray(i * count, (i + 1) * count), i * X.columns + from);
      }
    }
    return { P, dataCost: total / X.columns };
  }
}
