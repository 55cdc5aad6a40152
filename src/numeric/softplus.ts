import { exp } from "./exp.js";
import { log1p } from "./log1p.js";

/**
 * `log(1 + eᶻ) = max(z, 0) + log(1 + e^−|z|)` with an error below 2 ulp; nothing overflows. Its derivative is the
 * logistic function.
 */
export function softplus(z: number): number {
  return Math.max(z, 0) + log1p(exp(-Math.abs(z)));
}
