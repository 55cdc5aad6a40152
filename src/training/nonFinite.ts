import type { FloatArray } from "../array/floatArray.js";
import type { Matrix } from "../array/matrix.js";
import { CodedError, say } from "../constraint/codedError.js";
import { forward } from "../network/forward.js";
import type { Network } from "../network/network.js";
import type { Run } from "./run.js";
import { trainingWords } from "./words.js";

/** Where a run broke: the first value that was no finite number. */
export interface NonFinite {
  /** Update step, from 0, whose forward pass broke. */
  readonly iteration: number;
  /** Layer, from 1. */
  readonly layer: number;
  /** `W2`, `b2`, `Z2`, `A2` or `cost`. */
  readonly tensor: string;
  readonly likelyCause: string;
}

/**
 * A cost that is NaN or infinite ended the run. The network holds the last weights whose cost was finite, or the best
 * ones where early stopping watched a validation set; `run` is the run up to there.
 *
 * @example
 * import { Matrix, NonFiniteCostError, dense, network, train } from "gradproof";
 * const model = network({ inputs: 1, layers: [dense(1, "linear")] });
 * const data = { X: Matrix.row([1, 2]), Y: Matrix.row([1, 2]) };
 * let tensor = "";
 * let code = "";
 * try {
 *   await train(model, data, { optimizer: "gradientDescent", learningRate: 1e9, iterations: 100 });
 * } catch (error) {
 *   if (error instanceof NonFiniteCostError) {
 *     tensor = error.where.tensor;
 *     code = error.code;
 *   }
 * }
 * code; // => "training.notFinite"
 * tensor; // => "cost"
 * model.theta.every(Number.isFinite); // => true
 */
export class NonFiniteCostError extends CodedError {
  override readonly name = "NonFiniteCostError";
  readonly where: NonFinite;
  readonly run: Run;

  constructor(where: NonFinite, run: Run) {
    super(say(trainingWords, "training.notFinite", { ...where }));
    this.where = where;
    this.run = run;
  }
}

/**
 * Finds the first value that is not finite in the order a forward pass meets them: parameters of all layers, then
 * Z and A layer by layer, then the cost.
 *
 * @param before θ one step earlier, undefined at the first step
 */
export function locateNonFinite(
  network: Network,
  X: Matrix,
  iteration: number,
  learningRate: number,
  before: FloatArray | undefined,
): NonFinite {
  const L = network.layers.length;
  const cause = before === undefined ? startTooLarge(network) : stepTooLarge(network, learningRate, before);
  for (const { name, layer } of network.layout) {
    if (!allFinite(network.parameters[name])) return { iteration, layer, tensor: name, likelyCause: cause };
  }
  // By the statistics of the examples at hand, where running averages had no time to follow.
  const { Z, A } = forward(network, X, { training: true }).cache;
  for (let l = 1; l <= L; l++) {
    if (!allFinite(Z[l])) return { iteration, layer: l, tensor: `Z${l}`, likelyCause: cause };
    if (!allFinite(A[l])) return { iteration, layer: l, tensor: `A${l}`, likelyCause: cause };
  }
  return { iteration, layer: L, tensor: "cost", likelyCause: cause };
}

function startTooLarge({ layers: [{ activation }] }: Network): string {
  return (
    "It broke before the first update, so the starting weights or the inputs are too large: " +
    `use initializer ${activation.traits.initializer} and normalize the inputs`
  );
}

function stepTooLarge(network: Network, learningRate: number, before: FloatArray): string {
  const after = norm(network.theta);
  const was = norm(before);
  const growth = Number.isFinite(after) ? `from ${was.toPrecision(3)} to ${after.toPrecision(3)}` : "beyond all bounds";
  return `The last update took ‖θ‖ ${growth}: the learning rate ${learningRate} is probably too large; try ${suggestion(learningRate)}`;
}

function suggestion(learningRate: number): string {
  return Number((learningRate / 10).toPrecision(2)).toString();
}

function norm(theta: FloatArray): number {
  // Scaled by the largest entry, so that the squares of huge weights do not overflow.
  let largest = 0;
  for (const value of theta) largest = Math.max(largest, Math.abs(value));
  if (largest === 0 || !Number.isFinite(largest)) return largest;
  let total = 0;
  for (const value of theta) total += (value / largest) ** 2;
  return largest * Math.sqrt(total);
}

function allFinite(A: Matrix): boolean {
  for (const value of A.data) if (!Number.isFinite(value)) return false;
  return true;
}
