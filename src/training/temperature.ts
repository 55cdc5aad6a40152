import type { Matrix } from "../array/matrix.js";
import type { Dataset } from "../data/dataset.js";
import { predict } from "../engine/predict.js";
import { type Network, networkWith } from "../network/network.js";
import { exp } from "../numeric/exp.js";
import { sigmoid } from "../numeric/sigmoid.js";
import { nameOf } from "../ops/choice.js";
import { outputActivationOf } from "../ops/names.js";
import { requireTargets } from "./evaluate.js";

/** The sharpness s = 1/T may be no smaller: a network that is worse than none is not made to say nothing at all. */
const least = 0.01;

/**
 * Sets how sure a classifier is, on examples that it has not learned from: its logits Z become Z/T, with the temperature T that
 * minimizes the log loss there. T goes into the weights and biases of the last layer, W/T and b/T.
 *
 * In s = 1/T the loss is convex. What is minimized is its sum over the examples, and `(s − 1)²/2`, so that few examples move T but
 * little: a handful that are all right would ask for T = 0. Its log loss never rises, and which class is likelier stays as it is.
 *
 * @returns T; undefined where the last layer is no dense one of a sigmoid or softmax, or its logits overflow, and nothing is changed
 * @throws ShapeError, RangeError or OptionError where the examples do not fit the network
 *
 * Source: Guo, Pleiss, Sun & Weinberger, "On calibration of modern neural networks", ICML 2017, §4.2.
 *
 * @example
 * import { dense, Matrix, networkWith } from "gradproof";
 * import { temper } from "gradproof/training";
 * const model = networkWith({ inputs: 1, layers: [dense(1, "sigmoid")] }, Float64Array.of(9, 0)); // 99.99 % sure at x = ±1
 * const heldOut = { X: Matrix.row([1, 1, 1, 1, -1]), Y: Matrix.row([1, 1, 1, 0, 0]) };
 * (temper(model, heldOut) ?? 1) > 4; // => true
 */
export function temper(network: Network, heldOut: Dataset): number | undefined {
  requireTargets(network, heldOut, "temper(): heldOut");
  const { task } = network.loss;
  const last = lastOf(network);
  if (last === undefined || task === "regression") return undefined;
  const { loss: _, ...rest } = network.spec;
  const linear = networkWith({ ...rest, layers: [...rest.layers.slice(0, -1), last] }, network.theta);
  linear.state.set(network.state);
  const Z = predict(linear, heldOut.X).as("float64"); // (outputs × examples)
  // Of a run that ended on weights that overflow.
  if (!Z.data.every(Number.isFinite)) return undefined;
  const s = sharpness(Z, heldOut.Y, task);
  const { W, b } = network.layers[network.layers.length - 1];
  for (const { data } of [W, b]) for (let k = 0; k < data.length; k++) data[k] *= s;
  return 1 / s;
}

/** Whether {@link temper} can set how sure a network is: a classifier whose logits come from a dense layer. */
export function canTemper(network: Network): boolean {
  return lastOf(network) !== undefined;
}

/** The last layer without its sigmoid or softmax; undefined where there is no such one. */
function lastOf({ spec, loss }: Network) {
  const last = spec.layers.at(-1);
  if (last === undefined || !("units" in last) || loss.task === "regression") return undefined;
  if (nameOf(last.activation) !== outputActivationOf(loss.name)) return undefined;
  return { ...last, activation: "linear" } as const;
}

/**
 * The s that minimizes `Σⱼ ℓ(s zⱼ, yⱼ) + (s − 1)²/2` over the examples j, ℓ the log loss: Newton's method within a bracket.
 *
 * @param Z logits and `Y` targets, outputs × examples; of several classes one-hot, of two 0 and 1, each output for itself
 */
export function sharpness(Z: Matrix, Y: Matrix, task: "binary" | "multiclass"): number {
  const slopeAt = task === "multiclass" ? softmaxSlope : sigmoidSlope;
  let [low, high] = [least, Number.POSITIVE_INFINITY];
  let s = 1;
  for (let round = 0; round < 100; round++) {
    const { slope, curvature } = slopeAt(Z, Y, s);
    const [first, second] = [slope + s - 1, curvature + 1];
    if (first > 0) high = s;
    else low = s;
    const step = s - first / second;
    // Newton's step, where it stays within; else half of the way.
    const next = step > low && step < high ? step : high === Number.POSITIVE_INFINITY ? 2 * s : (low + high) / 2;
    if (Math.abs(next - s) <= 1e-10 * s) return next;
    s = next;
  }
  return s;
}

/** First and second derivative of the summed loss by s. */
interface Slope {
  readonly slope: number;
  readonly curvature: number;
}

/** `Σ z (σ(sz) − y)` and `Σ z² σ(sz) (1 − σ(sz))`. */
function sigmoidSlope(Z: Matrix, Y: Matrix, s: number): Slope {
  let [slope, curvature] = [0, 0];
  for (let k = 0; k < Z.data.length; k++) {
    const z = Z.data[k];
    const a = sigmoid(s * z);
    slope += z * (a - Y.data[k]);
    curvature += z * z * a * (1 - a);
  }
  return { slope, curvature };
}

/** `Σ E[z] − z_y` and `Σ Var[z]`, of each example by its probabilities `softmax(sz)`. */
function softmaxSlope(Z: Matrix, Y: Matrix, s: number): Slope {
  const m = Z.columns;
  let [slope, curvature] = [0, 0];
  for (let j = 0; j < m; j++) {
    let most = Number.NEGATIVE_INFINITY;
    for (let k = 0; k < Z.rows; k++) most = Math.max(most, Z.data[k * m + j]);
    let [total, mean, square, own] = [0, 0, 0, 0];
    for (let k = 0; k < Z.rows; k++) {
      // Beside the largest, so that nothing overflows and squares of large logits cost no digits.
      const z = Z.data[k * m + j] - most;
      const e = exp(s * z);
      total += e;
      mean += e * z;
      square += e * z * z;
      own += Y.data[k * m + j] * z;
    }
    mean /= total;
    slope += mean - own;
    curvature += square / total - mean * mean;
  }
  return { slope, curvature };
}
