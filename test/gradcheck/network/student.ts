import { Matrix } from "../../../src/array/matrix.js";
import type { TrainingStep } from "../../../src/gradcheck/network/trainingStep.js";
import type { Layer, Network } from "../../../src/network/network.js";

type Rows = number[][];

/** A bug planted in `backprop`: what is wrong, and in which layer. */
export interface Planted {
  readonly bug: string;
  readonly layer?: number;
}

/**
 * Forward and backward pass in plain loops over arrays, as a student writes them, with one bug if asked for. It shares no
 * code with the library's passes or with the catalogue of bugs.
 */
export function backprop(network: Network, step: TrainingStep, { bug, layer = 1 }: Planted = { bug: "" }): object {
  const is = (name: string, l: number): boolean => bug === name && l === layer;
  const { layers } = network;
  const L = layers.length;
  const X = step.X.toArray();
  const Y = step.Y.toArray();
  const m = step.X.columns;
  const masks = step.masks.map((mask) => mask && { D: mask.D.toArray(), keep: mask.keep });
  const Z: Rows[] = [X];
  const plain: Rows[] = [X];
  const A: Rows[] = [dropped(X, masks[0])];
  for (let l = 1; l <= L; l++) {
    const { W, b } = layers[l - 1];
    Z[l] = entries(W.rows, m, (i, j) => {
      let z = b.get(i, 0);
      for (let k = 0; k < W.columns; k++) z += W.get(i, k) * A[l - 1][k][j];
      return z;
    });
    plain[l] = activate(layers[l - 1], Z[l]);
    A[l] = dropped(plain[l], masks[l]);
  }
  const gradients: Record<string, Matrix> = {};
  let dZ: Rows = entries(Z[L].length, m, (i, j) => {
    const [a, y] = [A[L][i][j], Y[i][j]];
    const w = bug === "weights ignored" ? 1 : (step.weights?.data[j] ?? 1) ** (bug === "weights squared" ? 2 : 1);
    if (bug === "last example dropped" && j === m - 1) return 0;
    if (network.spec.loss === "meanSquaredError") {
      const K = bug === "1/K missing" ? 1 : Z[L].length;
      const two = bug === "2 of the square missing" ? 1 : 2;
      const slope = bug === "g' of the output missing" ? 1 : derivative(layers[L - 1], Z[L][i][j], a);
      return (w * two * slope * (a - y)) / K;
    }
    if (bug === "Y − A") return w * (y - a);
    if (bug === "σ' once more") return w * (a - y) * a * (1 - a);
    if (bug === "Y forgotten") return w * a;
    if (bug === "|error|") return w * Math.abs(a - y);
    return w * (a - y);
  });
  const decay = lambdaOf(step) / step.trainingExamples;
  for (let l = L; l >= 1; l--) {
    const { W, b } = layers[l - 1];
    const below = is("Z for A", l) ? Z[l - 1] : is("A before its mask", l) ? plain[l - 1] : A[l - 1];
    const share = is("1/m missing from dW", l) || bug === "1/m missing from every dW" ? 1 : 1 / m;
    const dW = entries(W.rows, W.columns, (i, k) => {
      let sum = 0;
      for (let j = 0; j < m; j++) sum += dZ[i][j] * below[k][j];
      return sum * share * (is("dW × 2", l) ? 2 : 1) + penalty(bug, is, l, W.get(i, k), step, decay);
    });
    const db = entries(b.rows, 1, (i) => {
      let sum = 0;
      for (let j = 0; j < m; j++) sum += dZ[i][j];
      return sum / (is("db / (m − 1)", l) ? m - 1 : m) + (bug === "λ on biases" ? decay * b.get(i, 0) : 0);
    });
    const total = db.reduce((sum, [value]) => sum + value, 0);
    const transposed = is("dW transposed", l) ? dW[0].map((_, i) => dW.map((row) => row[i])) : dW;
    gradients[`dW${l}`] = Matrix.from(is("one entry × 1.5", l) ? bumped(transposed) : transposed);
    gradients[`db${l}`] = Matrix.from(is("db over both axes", l) ? db.map(() => [total]) : db);
    if (l === 1) break;
    const rate = is("W already updated", l - 1) ? 0.1 : 0;
    const dA = entries(W.columns, m, (k, j) => {
      let sum = 0;
      for (let i = 0; i < W.rows; i++) {
        const w = is("no transpose", l - 1) ? W.get(k, i) : W.get(i, k) - rate * dW[i][k];
        sum += w * dZ[i][j];
      }
      return sum * (is("dA × 3", l - 1) ? 3 : 1);
    });
    const mask = masks[l - 1];
    const kept = entries(dA.length, m, (i, j) => dA[i][j] * maskFactor(bug, is, l - 1, mask, i, j));
    dZ = entries(dA.length, m, (i, j) => {
      const a = is("g' of the masked A", l - 1) ? A[l - 1][i][j] : plain[l - 1][i][j];
      return kept[i][j] * slopeAt(is, l - 1, layers[l - 2], Z[l - 1][i][j], a, kept[i][j]);
    });
  }
  return gradients;
}

/** The one λ of L2. */
function lambdaOf({ l2 }: TrainingStep): number {
  if (typeof l2 !== "number") throw new Error("the student knows one λ for all layers");
  return l2;
}

type Is = (name: string, l: number) => boolean;

function penalty(bug: string, is: Is, l: number, w: number, step: TrainingStep, decay: number): number {
  if (bug === "λ missing" || is("λ missing in one layer", l)) return 0;
  if (bug === "2λ") return 2 * decay * w;
  if (bug === "λ without m") return lambdaOf(step) * w;
  if (bug === "λ of the batch") return (lambdaOf(step) / step.X.columns) * w;
  if (bug === "λ sign") return decay * Math.sign(w);
  if (bug === "λ W²") return decay * w * w;
  return decay * w;
}

function maskFactor(
  bug: string,
  is: Is,
  l: number,
  mask: { D: Rows; keep: number } | undefined,
  i: number,
  j: number,
): number {
  if (mask === undefined || is("mask missing", l) || bug === "every mask missing") return 1;
  if (is("keep missing", l)) return mask.D[i][j];
  if (is("mask but for 1/keep missing", l)) return 1 / mask.keep;
  if (is("another mask", l)) return (i + j) % 3 === 0 ? 0 : 1 / mask.keep;
  return mask.D[i][j] / mask.keep;
}

function slopeAt(is: Is, l: number, layer: Layer, z: number, a: number, da: number): number {
  if (is("g' missing", l)) return 1;
  if (is("σ' is a", l)) return a;
  if (is("tanh' is 1 − a", l)) return 1 - a;
  if (is("tanh' of z", l)) return 1 - z * z;
  if (is("σ' for tanh'", l)) return a * (1 - a);
  if (is("dA > 0", l)) return da > 0 ? 1 : 0;
  if (is("slope 0.2", l)) return z > 0 ? 1 : 0.2;
  if (is("slope 0", l)) return z > 0 ? 1 : 0;
  if (is("tanh' is 1 − a⁴", l)) return 1 - a ** 4;
  return derivative(layer, z, a);
}

function derivative({ activation }: Layer, z: number, a: number): number {
  switch (activation.name) {
    case "sigmoid":
      return a * (1 - a);
    case "tanh":
      return 1 - a * a;
    case "relu":
      return z > 0 ? 1 : 0;
    case "leakyRelu":
      return z > 0 ? 1 : (activation.options.slope ?? 0);
    default:
      return 1;
  }
}

function activate({ activation }: Layer, Z: Rows): Rows {
  if (activation.name !== "softmax") {
    return Z.map((row) => row.map((z) => activation.forward(Matrix.row([z])).get(0, 0)));
  }
  return activation.forward(Matrix.from(Z)).toArray();
}

function dropped(A: Rows, mask: { D: Rows; keep: number } | undefined): Rows {
  return mask === undefined ? A : A.map((row, i) => row.map((a, j) => (a * mask.D[i][j]) / mask.keep));
}

function bumped(A: Rows): Rows {
  return A.map((row, i) => row.map((a, j) => (i === 1 && j === 0 ? 1.5 * a : a)));
}

function entries(rows: number, columns: number, f: (i: number, j: number) => number): Rows {
  return Array.from({ length: rows }, (_, i) => Array.from({ length: columns }, (_, j) => f(i, j)));
}
