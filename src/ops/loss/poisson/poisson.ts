import { Matrix } from "../../../array/matrix.js";
import { exp } from "../../../numeric/exp.js";
import { expm1 } from "../../../numeric/expm1.js";
import { log } from "../../../numeric/log.js";
import type { LossDefinition } from "../loss.js";
import { poisson as traits } from "./poisson.traits.js";

/**
 * `eᶻ − y − y (z − log y)`, by the distance `d = z − log y` where that is exact: `y (eᵈ − 1 − d)`.
 *
 * @param y at least 0
 */
function cost(z: number, y: number): number {
  if (y === 0) return exp(z);
  const d = z - log(y);
  return d <= 1 ? y * (expm1(d) - d) : exp(z) - y * (1 + d);
}

/**
 * The Poisson loss of counts y ≥ 0 and rates `a = eᶻ`: `ℓ = (1/K) Σₖ (aₖ − yₖ − yₖ log(aₖ / yₖ))` over the K output units,
 * half the unit deviance. It is the negative log-likelihood but for what the targets alone decide, so that it is 0 where
 * every rate is its count.
 *
 * Computed from the logit z = log a. With the exponential as output activation, `dZ = (A − Y) / K`. A rate beyond the largest
 * number (z > 709) costs infinitely much, and ends the run.
 *
 * Source: McCullagh & Nelder 1989, "Generalized Linear Models", sections 2.3 and 6.2.
 */
export const poisson = {
  ...traits,
  formula: () => "(1/K) (A − Y)",
  perExample(Z, _A, Y) {
    const result = Matrix.zeros(1, Z.columns); // (1 × examples)
    for (let k = 0; k < Z.data.length; k++) result.data[k % Z.columns] += cost(Z.data[k], Y.data[k]) / Z.rows;
    return result;
  },
  derivative(_Z, A, Y) {
    const dZ = Matrix.zeros(A.rows, A.columns, A.dtype); // (units × examples)
    for (let k = 0; k < dZ.data.length; k++) dZ.data[k] = (A.data[k] - Y.data[k]) / A.rows;
    return dZ;
  },
  chance: ({ mean, meanOf }, outputs) => meanOf((y) => cost(log(mean), y)) / outputs,
  logitOf: log,
  complaint(Y, example) {
    for (let i = 0; i < Y.rows; i++) {
      const y = Y.data[i * Y.columns + example];
      if (!(y >= 0 && y < Number.POSITIVE_INFINITY)) {
        return `the target is ${y}; the Poisson loss needs counts, finite numbers of at least 0`;
      }
    }
    return undefined;
  },
} as const satisfies LossDefinition;
