import type { FloatArray } from "../array/floatArray.js";
import { Matrix } from "../array/matrix.js";
import { requireMatrix } from "../array/requireMatrix.js";
import { ShapeError } from "../array/shapeError.js";
import type { Network } from "../network/network.js";
import { requireCodes } from "../network/requireCodes.js";
import { type MembersPrediction, meanAndSpread } from "./meanAndSpread.js";
import { type NetworkModel, requireNetworkModel } from "./networkModel.js";
import type { ForwardEngine, ForwardPlan } from "./plan.js";

/** Examples a pass at most. */
const chunk = 4096;

/** What an engine makes plans of one kind with. */
interface Planner<P extends ForwardPlan> extends ForwardEngine {
  plan(...from: Parameters<ForwardEngine["plan"]>): P;
}

/** Predictions of a network or a model on an engine, with a workspace made once. */
export class EnginePredictor<P extends ForwardPlan = ForwardPlan> {
  /** Name of the engine that computes the outputs. */
  readonly engine: string;
  /** Of an ensemble, the standard deviation among its members of each output that `one` gave last. */
  readonly spread: Float64Array | undefined;
  protected readonly plan: P;
  protected readonly network: Network;
  private readonly model: NetworkModel;
  private readonly members: readonly Network[];
  private readonly outputs: number;
  /** One example as it is given, then normalized; and as the network takes it. */
  private readonly raw: Float64Array;
  private readonly single: { readonly X: Matrix; readonly from: 0; readonly count: 1 };
  private readonly singleOutput: FloatArray;
  /** Of a model, what each member says of one example, and the mean. */
  private readonly said: readonly Float64Array[];
  private readonly mean: Float64Array | undefined;

  /** @param examples a call, as far as known. Default 4,096, the most there is. */
  constructor(predicts: Network | NetworkModel, engine: Planner<P>, examples = chunk) {
    this.model = requireNetworkModel("Predictor()", predicts);
    const { network, members } = this.model;
    this.network = network;
    this.members = members ?? [network];
    const { dtype, inputs } = network.spec;
    this.outputs = network.program.outputs;
    this.engine = engine.name;
    this.plan = engine.plan(network, { capacity: Math.min(chunk, Math.max(1, examples)), training: false });
    this.raw = new Float64Array(inputs);
    this.single = { X: Matrix.zeros(inputs, 1, dtype), from: 0, count: 1 };
    this.singleOutput = this.plan.output.subarray(0, this.outputs);
    const numbers = (): Float64Array => new Float64Array(this.outputs);
    this.said = this.members.map(numbers);
    this.mean = this.model === predicts ? numbers() : undefined;
    this.spread = members && numbers();
  }

  /**
   * Outputs of one example: A[L] of a network; of a model predictions from raw features, of an ensemble their mean. The array
   * returned is overwritten by the next call.
   *
   * @param x one number a feature
   * @throws ShapeError for another number of features, OptionError for a code that an embedding does not know, RangeError for a
   *   feature to be normalized that is not finite
   */
  one(x: ArrayLike<number>): FloatArray {
    const { raw, single, network, mean } = this;
    const { data } = single.X;
    if (x?.length !== data.length) {
      throw new ShapeError(`Predictor.one(): the network takes ${data.length} features, got ${x?.length}`);
    }
    for (let i = 0; i < data.length; i++) raw[i] = x[i];
    this.model.normalizer?.applyOne(raw);
    data.set(raw);
    requireCodes("Predictor.one()", network, single.X);
    this.plan.load(single);
    if (mean !== undefined) return this.meanOfOne(mean);
    this.plan.forward();
    return this.singleOutput;
  }

  /** Outputs of the examples, outputs × examples: of a network A[L], of a model what `one` gives. */
  predict(X: Matrix): Matrix {
    return this.predictAll(X).mean;
  }

  /** Outputs of the examples, outputs × examples, and of an ensemble their spread. */
  predictAll(X: Matrix): Pick<MembersPrediction, "mean"> & Partial<MembersPrediction> {
    requireMatrix("predict(): X", X);
    const { normalizer, targetNormalizer, members } = this.model;
    if (this.mean === undefined) return { mean: this.outputsOf(this.network, X) };
    const inputs = normalizer === undefined ? X : normalizer.apply(X); // (features × examples)
    const rounded = inputs.as(this.network.spec.dtype);
    const said = this.members.map((member) => {
      const outputs = this.outputsOf(member, rounded).as("float64"); // (outputs × examples)
      return targetNormalizer === undefined ? outputs : targetNormalizer.invert(outputs);
    });
    return members === undefined ? { mean: said[0] } : meanAndSpread(said);
  }

  /** Gives the workspace back. */
  release(): void {
    this.plan.release();
  }

  /** Outputs of all examples, pass after pass. */
  protected passes(X: Matrix, pass: (from: number, count: number) => void): Matrix {
    const { plan, network, outputs } = this;
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

  private outputsOf(member: Network, X: Matrix): Matrix {
    return this.passes(X, (from, count) => {
      this.plan.load({ X, from, count });
      this.plan.forward(member);
    });
  }

  /** Mean and spread of what the members say of the loaded example, by the sums of `meanAndSpread`. */
  private meanOfOne(mean: Float64Array): Float64Array {
    const { members, said, spread, plan, singleOutput } = this;
    const { targetNormalizer } = this.model;
    const k = members.length;
    for (let member = 0; member < k; member++) {
      plan.forward(members[member]);
      said[member].set(singleOutput);
      targetNormalizer?.invertOne(said[member]);
    }
    if (spread === undefined) return said[0];
    for (let i = 0; i < mean.length; i++) {
      let sum = 0;
      for (let member = 0; member < k; member++) sum += said[member][i];
      mean[i] = sum / k;
      let squares = 0;
      for (let member = 0; member < k; member++) squares += (said[member][i] - sum / k) ** 2;
      spread[i] = Math.sqrt(squares / k);
    }
    return mean;
  }
}

/** What is taken from a predictor that is released at once. */
export function once<T>(predictor: EnginePredictor, take: (predictor: EnginePredictor) => T): T {
  try {
    return take(predictor);
  } finally {
    predictor.release();
  }
}
