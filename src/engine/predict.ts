import type { FloatArray } from "../array/floatArray.js";
import { Matrix } from "../array/matrix.js";
import { ShapeError } from "../array/shapeError.js";
import type { Network } from "../network/network.js";
import { chooseEngine, type EngineOption } from "./choose.js";
import type { Plan } from "./plan.js";

/** Examples a pass at most. */
const chunk = 4096;

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
  const predictor = new Predictor(network, { ...options, examples: X.columns });
  try {
    return predictor.predict(X);
  } finally {
    predictor.release();
  }
}

/** What a `Predictor` is made for. */
export interface PredictorOptions {
  /** Examples a call, as far as known: a larger workspace is of no use. Default 4,096, the most there is. */
  readonly examples?: number;
  /** What computes the outputs, as in `train`. */
  readonly engine?: EngineOption | undefined;
}

/**
 * A network's predictions with a workspace made once, for calls that come again and again: `one` takes a fifth of a
 * microsecond on a small network. It reads the network's θ at each call, so it follows a network that is being trained.
 *
 * @throws OptionError for an engine that cannot run here
 *
 * @example
 * import { dense, networkWith, Predictor } from "gradproof";
 * const model = networkWith({ inputs: 2, layers: [dense(1, "sigmoid")] }, Float64Array.of(1, -1, 0));
 * const predictor = new Predictor(model, { examples: 1 });
 * predictor.one([3, 3])[0]; // => 0.5
 */
export class Predictor {
  /** Name of the engine that computes the outputs. */
  readonly engine: string;
  private readonly plan: Plan;
  private readonly network: Network;
  private readonly outputs: number;
  /** One example to load, and its outputs. */
  private readonly single: { readonly X: Matrix; readonly from: 0; readonly count: 1 };
  private readonly singleOutput: FloatArray;

  constructor(network: Network, options: PredictorOptions = {}) {
    const { examples = chunk } = options;
    const { dtype, inputs } = network.spec;
    this.network = network;
    this.outputs = network.layers[network.layers.length - 1].units;
    const engine = chooseEngine("Predictor()", options.engine);
    this.engine = engine.name;
    this.plan = engine.plan(network, { capacity: Math.min(chunk, Math.max(1, examples)), training: false });
    this.single = { X: Matrix.zeros(inputs, 1, dtype), from: 0, count: 1 };
    this.singleOutput = this.plan.output.subarray(0, this.outputs);
  }

  /**
   * Outputs A[L] of one example. The array returned is overwritten by the next call.
   *
   * @param x one number a feature
   * @throws ShapeError for another number of features
   */
  one(x: ArrayLike<number>): FloatArray {
    const { data } = this.single.X;
    if (x.length !== data.length) {
      throw new ShapeError(`Predictor.one(): the network takes ${data.length} features, got ${x.length}`);
    }
    for (let i = 0; i < data.length; i++) data[i] = x[i];
    this.plan.load(this.single);
    this.plan.forward();
    return this.singleOutput;
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
    const { plan, network, outputs } = this;
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
