import type { FloatArray } from "../../array/floatArray.js";
import type { Network } from "../../network/network.js";
import { exp } from "../../numeric/exp.js";
import { log } from "../../numeric/log.js";
import { log1p } from "../../numeric/log1p.js";
import { timesDerivative } from "./activate.js";

/** The last layer's arrays, outputs × m, and one weight an example where examples are weighted. */
export interface Head {
  readonly Z: FloatArray;
  readonly A: FloatArray;
  readonly Y: FloatArray;
  weights: FloatArray | undefined;
}

/**
 * The data cost `(1/m) Σⱼ wⱼ ℓⱼ` from logits, outputs and targets. `binaryCrossEntropy`, `categoricalCrossEntropy` and
 * `meanSquaredError` in `network/loss/` give the formulas.
 */
export function dataCost(network: Network, head: Head, m: number): number {
  const { Z, A, Y, weights } = head;
  const units = network.layers[network.layers.length - 1].units;
  let total = 0;
  for (let j = 0; j < m; j++) {
    let example = 0;
    switch (network.loss.name) {
      case "binaryCrossEntropy":
        for (let k = j; k < units * m; k += m) {
          const z = Z[k];
          example += Math.max(z, 0) - z * Y[k] + log1p(exp(-Math.abs(z)));
        }
        break;
      case "categoricalCrossEntropy": {
        let largest = Number.NEGATIVE_INFINITY;
        for (let k = j; k < units * m; k += m) largest = Math.max(largest, Z[k]);
        let sum = 0;
        for (let k = j; k < units * m; k += m) sum += exp(Z[k] - largest);
        const logTotal = largest + log(sum);
        for (let k = j; k < units * m; k += m) if (Y[k] !== 0) example += Y[k] * (logTotal - Z[k]);
        break;
      }
      case "meanSquaredError":
        for (let k = j; k < units * m; k += m) {
          const error = A[k] - Y[k];
          example += (error * error) / units;
        }
    }
    total += weights === undefined ? example : weights[j] * example;
  }
  return total / m;
}

/** `dZ[L]`, outputs × m: `A − Y` for the cross-entropies, `2 (A − Y) / K ∘ g'(Z)` for the mean squared error. */
export function outputGradient(network: Network, head: Head, dZ: FloatArray, m: number): void {
  const { A, Y, weights } = head;
  const { units, activation } = network.layers[network.layers.length - 1];
  const count = units * m;
  if (network.loss.name === "meanSquaredError") {
    for (let k = 0; k < count; k++) dZ[k] = (2 * (A[k] - Y[k])) / units;
    timesDerivative(activation, dZ, A, units, m);
  } else {
    for (let k = 0; k < count; k++) dZ[k] = A[k] - Y[k];
  }
  if (weights !== undefined) {
    for (let i = 0; i < units; i++) for (let j = 0; j < m; j++) dZ[i * m + j] *= weights[j];
  }
}
