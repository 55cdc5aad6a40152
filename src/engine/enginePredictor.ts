import type { FloatArray } from "../array/floatArray.js";
import { Matrix } from "../array/matrix.js";
import { requireMatrix } from "../array/requireMatrix.js";
import { ShapeError } from "../array/shapeError.js";
import type { Network } from "../network/network.js";
import { requireCodes } from "../network/requireCodes.js";
import { requireNetwork } from "../network/requireNetwork.js";
import type { ForwardEngine, ForwardPlan } from "./plan.js";

/** Examples a pass at most. */
const chunk = 4096;

/** What an engine makes plans of one kind with. */
interface Planner<P extends ForwardPlan> extends ForwardEngine {
  plan(...from: Parameters<ForwardEngine["plan"]>): P;
}

/** A network's predictions on an engine, with a workspace made once. */
export class EnginePredictor<P extends ForwardPlan = ForwardPlan> {
  /** Name of the engine that computes the outputs. */
  readonly engine: string;
  protected readonly plan: P;
  private readonly network: Network;
  private readonly outputs: number;
  /** One example to load, and its outputs. */
  private readonly single: { readonly X: Matrix; readonly from: 0; readonly count: 1 };
  private readonly singleOutput: FloatArray;

  /** @param examples a call, as far as known. Default 4,096, the most there is. */
  constructor(network: Network, engine: Planner<P>, examples = chunk) {
    requireNetwork("Predictor(): network", network);
    const { dtype, inputs } = network.spec;
    this.network = network;
    this.outputs = network.program.outputs;
    this.engine = engine.name;
    this.plan = engine.plan(network, { capacity: Math.min(chunk, Math.max(1, examples)), training: false });
    this.single = { X: Matrix.zeros(inputs, 1, dtype), from: 0, count: 1 };
    this.singleOutput = this.plan.output.subarray(0, this.outputs);
  }

  /**
   * Outputs A[L] of one example. The array returned is overwritten by the next call.
   *
   * @param x one number a feature
   * @throws ShapeError for another number of features, OptionError for a code that an embedding does not know
   */
  one(x: ArrayLike<number>): FloatArray {
    const { data } = this.single.X;
    if (x?.length !== data.length) {
      throw new ShapeError(`Predictor.one(): the network takes ${data.length} features, got ${x?.length}`);
    }
    for (let i = 0; i < data.length; i++) data[i] = x[i];
    requireCodes("Predictor.one()", this.network, this.single.X);
    this.plan.load(this.single);
    this.plan.forward();
    return this.singleOutput;
  }

  /** Outputs A[L] of the examples, outputs × examples. */
  predict(X: Matrix): Matrix {
    return this.passes(X, (from, count) => {
      this.plan.load({ X, from, count });
      this.plan.forward();
    });
  }

  /** Gives the workspace back. */
  release(): void {
    this.plan.release();
  }

  /** Outputs of all examples, pass after pass. */
  protected passes(X: Matrix, pass: (from: number, count: number) => void): Matrix {
    const { plan, network, outputs } = this;
    requireMatrix("predict(): X", X);
    if (X.rows === network.spec.inputs) requireCodes("predict(): X", network, X);
    const P = Matrix.zeros(outputs, X.columns, network.spec.dtype); // (outputs × examples)
    // At least one pass, so that a matrix of the wrong height is noticed even without examples.
    for (let from = 0; from === 0 || from < X.columns; from += plan.capacity) {
      const count = Math.min(plan.capacity, X.columns - from);
      pass(from, count);
      for (let i = 0; i < outputs; i++) {
        P.data.set(plan.output.subarray(i * count, (i + 1) * count), i * X.columns + from);
      }
    }
    return P;
  }
}

/** The outputs for some examples from a predictor that is released at once. */
export function predictOnce(predictor: EnginePredictor, X: Matrix): Matrix {
  try {
    return predictor.predict(X);
  } finally {
    predictor.release();
  }
}
