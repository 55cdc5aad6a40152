import { Matrix } from "gradproof";
import type { Bug } from "./bugs.js";

/**
 * A network with its cost and backward pass, written straight from the equations and apart from the library, with a place for
 * every bug of `bugs.ts`. What the calibration checks is this.
 */
export interface StudentNetwork {
  /** n[0], n[1], … n[L] */
  readonly sizes: readonly number[];
  /** g[1], … g[L] */
  readonly activations: readonly Activation[];
  readonly loss: Loss;
  readonly X: Matrix; // (n[0] × m)
  readonly Y: Matrix; // (n[L] × m)
  /** λ of the penalty (λ/2m) Σ‖W‖²; 0 for none. */
  readonly l2: number;
  /** Masks of the hidden layers, kept still: units × examples, 0 or 1; index l − 1 is layer l. */
  readonly masks: readonly (Float64Array | undefined)[];
  readonly keep: number;
}

export type Activation = "sigmoid" | "tanh" | "relu" | "leakyRelu" | "linear" | "softmax";
/** `textbook` is binary cross-entropy from the probabilities, `−Σ y log a + (1 − y) log(1 − a)`, as courses write it. */
export type Loss = "binaryCrossEntropy" | "textbook" | "categoricalCrossEntropy" | "meanSquaredError";

/** W1, b1, W2, … : matrices, biases as columns. */
export type Parameters = Record<string, Matrix>;

const slope = 0.01;

function activate(g: Activation, z: number): number {
  if (g === "sigmoid") return 1 / (1 + Math.exp(-z));
  if (g === "tanh") return Math.tanh(z);
  if (g === "relu") return z > 0 ? z : 0;
  if (g === "leakyRelu") return z > 0 ? z : slope * z;
  return z;
}

function derivative(g: Activation, z: number, a: number, bug: Bug | undefined): number {
  if (bug === "wrongDerivative") {
    // Of the value instead of the argument, as is easily mixed up.
    if (g === "sigmoid") return z * (1 - z);
    if (g === "tanh") return 1 - z * z;
    return z > 0 ? (g === "leakyRelu" ? slope : 0) : 1;
  }
  if (g === "sigmoid") return a * (1 - a);
  if (g === "tanh") return 1 - a * a;
  if (g === "relu") return z > 0 ? 1 : 0;
  if (g === "leakyRelu") return z > 0 ? 1 : bug === "leakySlope" ? 2 * slope : slope;
  return 1;
}

interface Pass {
  readonly Z: Matrix[];
  /** A[0] = X, A[l] after its dropout mask. */
  readonly A: Matrix[];
}

export function forward(net: StudentNetwork, parameters: Parameters): Pass {
  const m = net.X.columns;
  const A = [net.X];
  const Z = [net.X];
  for (let l = 1; l < net.sizes.length; l++) {
    const W = parameters[`W${l}`].data; // (n[l] × n[l−1])
    const b = parameters[`b${l}`].data;
    const inputs = net.sizes[l - 1];
    const units = net.sizes[l];
    const below = A[l - 1].data;
    const z = new Float64Array(units * m);
    for (let i = 0; i < units; i++) {
      for (let j = 0; j < m; j++) {
        let sum = b[i];
        for (let k = 0; k < inputs; k++) sum += W[i * inputs + k] * below[k * m + j];
        z[i * m + j] = sum;
      }
    }
    const a = z.map((value) => activate(net.activations[l - 1], value));
    if (net.activations[l - 1] === "softmax") softmax(a, units, m);
    const mask = net.masks[l - 1];
    if (mask !== undefined) for (let i = 0; i < a.length; i++) a[i] = (a[i] * mask[i]) / net.keep;
    Z.push(new Matrix(units, m, z));
    A.push(new Matrix(units, m, a));
  }
  return { Z, A };
}

/** In place, over the units of each example. */
function softmax(a: Float64Array, units: number, m: number): void {
  for (let j = 0; j < m; j++) {
    let largest = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < units; i++) largest = Math.max(largest, a[i * m + j]);
    let sum = 0;
    for (let i = 0; i < units; i++) {
      a[i * m + j] = Math.exp(a[i * m + j] - largest);
      sum += a[i * m + j];
    }
    for (let i = 0; i < units; i++) a[i * m + j] /= sum;
  }
}

export function cost(net: StudentNetwork, parameters: Parameters): number {
  const { Z, A } = forward(net, parameters);
  const L = net.sizes.length - 1;
  const m = net.X.columns;
  const y = net.Y.data;
  const z = Z[L].data;
  const a = A[L].data;
  let sum = 0;
  if (net.loss === "binaryCrossEntropy") {
    for (let i = 0; i < y.length; i++) sum += Math.max(z[i], 0) - z[i] * y[i] + Math.log1p(Math.exp(-Math.abs(z[i])));
  } else if (net.loss === "textbook") {
    for (let i = 0; i < y.length; i++) sum -= y[i] * Math.log(a[i]) + (1 - y[i]) * Math.log(1 - a[i]);
  } else if (net.loss === "categoricalCrossEntropy") {
    for (let j = 0; j < m; j++) {
      let largest = Number.NEGATIVE_INFINITY;
      for (let i = j; i < z.length; i += m) largest = Math.max(largest, z[i]);
      let total = 0;
      for (let i = j; i < z.length; i += m) total += Math.exp(z[i] - largest);
      for (let i = j; i < z.length; i += m) sum += y[i] * (largest + Math.log(total) - z[i]);
    }
  } else {
    for (let i = 0; i < y.length; i++) sum += (a[i] - y[i]) ** 2 / 2;
  }
  let penalty = 0;
  if (net.l2 > 0) for (let l = 1; l <= L; l++) for (const w of parameters[`W${l}`].data) penalty += w * w;
  return sum / m + (net.l2 / (2 * m)) * penalty;
}

/** Whether the output's activation and the loss give `dZ[L] = A[L] − Y` together. */
export function isCrossEntropy(loss: Loss): boolean {
  return loss !== "meanSquaredError";
}

/**
 * dW1, db1, … with a bug planted in the formulas of layer `at`.
 *
 * @param stale parameters of an earlier forward pass, for the bug that keeps its activations
 */
export function backward(
  net: StudentNetwork,
  parameters: Parameters,
  bug?: Bug,
  at = 0,
  stale: Parameters = parameters,
): Parameters {
  const { sizes, activations, keep, l2 } = net;
  const L = sizes.length - 1;
  const m = net.X.columns;
  const { Z, A } = forward(net, parameters);
  const old = bug === "staleCache" ? forward(net, stale) : undefined;
  const y = net.Y.data;
  const gradients: Parameters = {};
  let dA = new Float64Array(0); // (n[l] × m)
  for (let l = L; l >= 1; l--) {
    const here = l === at ? bug : undefined;
    const units = sizes[l];
    const inputs = sizes[l - 1];
    const z = Z[l].data;
    const a = A[l].data;
    const g = activations[l - 1];
    const dZ = new Float64Array(units * m);
    if (l === L) {
      for (let i = 0; i < dZ.length; i++) {
        const target = here === "shiftedTargets" ? y[i - (i % m) + ((i + 1) % m)] : y[i];
        dZ[i] = a[i] - target;
        if (!isCrossEntropy(net.loss) || here === "lossDerivativeTwice") dZ[i] *= derivative(g, z[i], a[i], here);
        if (here === "lossFactor") dZ[i] *= 2;
        if (here === "lossSign") dZ[i] = -dZ[i];
      }
    } else {
      const mask = net.masks[l - 1];
      for (let i = 0; i < dZ.length; i++) {
        let d = dA[i];
        if (mask !== undefined) {
          const turned = mask[mask.length - 1 - i];
          if (here !== "missingMask") d *= here === "wrongMask" ? turned : mask[i];
          if (here !== "missingKeep") d /= keep;
        }
        // The activation before its mask, whatever the mask did to it.
        const raw = mask === undefined ? a[i] : activate(g, z[i]);
        dZ[i] = here === "missingDerivative" ? d : d * derivative(g, z[i], raw, here);
      }
    }
    const W = parameters[`W${l}`].data;
    const below = (here === "staleCache" && old !== undefined ? old.A : A)[l - 1].data; // (n[l−1] × m)
    const dW = new Float64Array(units * inputs);
    const db = new Float64Array(units);
    const used = here === "droppedExample" ? m - 1 : m;
    for (let i = 0; i < units; i++) {
      for (let k = 0; k < inputs; k++) {
        let sum = here === "repeatedExample" ? dZ[i * m] * below[k * m] : 0;
        for (let j = 0; j < used; j++) sum += dZ[i * m + j] * below[k * m + j];
        dW[i * inputs + k] = sum / m;
      }
      for (let j = 0; j < m; j++) db[i] += dZ[i * m + j] / m;
    }
    if (here === "biasOverUnits") {
      for (let i = 0; i < units; i++) {
        db[i] = 0;
        for (let k = 0; k < units; k++) db[i] += dZ[k * m + (i % m)] / m;
      }
    }
    let lambda = l2 / m;
    if (here === "missingPenalty") lambda = 0;
    if (here === "doublePenalty") lambda *= 2;
    if (here === "penaltyWithoutM") lambda = l2;
    if (here === "penaltySign") lambda = -lambda;
    for (let i = 0; i < dW.length; i++) dW[i] += lambda * W[i];
    if (here === "penaltyOnBias") for (let i = 0; i < units; i++) db[i] += lambda * parameters[`b${l}`].data[i];
    gradients[`dW${l}`] = new Matrix(units, inputs, dW);
    gradients[`db${l}`] = new Matrix(units, 1, db);
    if (l === 1) break;
    dA = new Float64Array(inputs * m);
    for (let k = 0; k < inputs; k++) {
      for (let j = 0; j < m; j++) {
        let sum = 0;
        for (let i = 0; i < units; i++) {
          let w = W[here === "chainNotTransposed" ? k * inputs + i : i * inputs + k];
          if (here === "updatedBeforeUse") w -= 0.1 * dW[i * inputs + k];
          sum += w * dZ[i * m + j];
        }
        dA[k * m + j] = here === "chainSign" ? -sum : sum;
      }
    }
  }
  return gradients;
}
