import type { FloatArray } from "../../array/floatArray.js";
import type { Activation } from "../../network/activation.js";
import { exp } from "../../numeric/exp.js";
import { tanh } from "../../numeric/tanh.js";

/**
 * `A = g(Z)` on the first units × m entries; Z and A may be the same array.
 *
 * One loop an activation: a call through a function value for each entry would cost more than the arithmetic.
 */
export function activate(activation: Activation, Z: FloatArray, A: FloatArray, units: number, m: number): void {
  const count = units * m;
  switch (activation.name) {
    case "relu":
      // Math.max keeps NaN.
      for (let k = 0; k < count; k++) A[k] = Math.max(Z[k], 0);
      return;
    case "leakyRelu": {
      const slope = activation.options.slope;
      for (let k = 0; k < count; k++) A[k] = Z[k] <= 0 ? slope * Z[k] : Z[k];
      return;
    }
    case "tanh":
      for (let k = 0; k < count; k++) A[k] = tanh(Z[k]);
      return;
    case "sigmoid":
      for (let k = 0; k < count; k++) {
        const e = exp(-Math.abs(Z[k]));
        A[k] = Z[k] >= 0 ? 1 / (1 + e) : e / (1 + e);
      }
      return;
    case "linear":
      if (A !== Z) for (let k = 0; k < count; k++) A[k] = Z[k];
      return;
    case "softmax":
      softmaxColumns(Z, A, units, m);
  }
}

/** `dZ = dA ∘ g'(Z)` in place: D holds dA and becomes dZ. A holds g(Z), from which g' follows. */
export function timesDerivative(activation: Activation, D: FloatArray, A: FloatArray, units: number, m: number): void {
  const count = units * m;
  switch (activation.name) {
    case "relu":
      // a > 0 exactly where z > 0.
      for (let k = 0; k < count; k++) if (!(A[k] > 0)) D[k] = 0;
      return;
    case "leakyRelu": {
      const slope = activation.options.slope;
      for (let k = 0; k < count; k++) if (!(A[k] > 0)) D[k] *= slope;
      return;
    }
    case "tanh":
      for (let k = 0; k < count; k++) D[k] *= 1 - A[k] * A[k];
      return;
    case "sigmoid":
      for (let k = 0; k < count; k++) D[k] *= A[k] * (1 - A[k]);
      return;
    case "linear":
      return;
    case "softmax":
      for (let j = 0; j < m; j++) {
        let inner = 0;
        for (let i = 0; i < units; i++) inner += D[i * m + j] * A[i * m + j];
        for (let i = 0; i < units; i++) D[i * m + j] = A[i * m + j] * (D[i * m + j] - inner);
      }
  }
}

function softmaxColumns(Z: FloatArray, A: FloatArray, units: number, m: number): void {
  for (let j = 0; j < m; j++) {
    let largest = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < units; i++) largest = Math.max(largest, Z[i * m + j]);
    let total = 0;
    for (let i = 0; i < units; i++) {
      const e = exp(Z[i * m + j] - largest);
      A[i * m + j] = e;
      total += e;
    }
    for (let i = 0; i < units; i++) A[i * m + j] /= total;
  }
}
