import { exp } from "./exp.js";

/**
 * The logistic function `σ(z) = 1 / (1 + e⁻ᶻ)` with an error below 2.5 ulp.
 *
 * e is raised to −|z| only, so that no z overflows.
 */
export function sigmoid(z: number): number {
  const e = exp(-Math.abs(z));
  return z >= 0 ? 1 / (1 + e) : e / (1 + e);
}

/**
 * `σ'(z) = q (1 − q)` with q = σ(−|z|) ≤ ½ and an error below 2.5 ulp: a (1 − a) would lose its digits where a is nearly 1.
 */
export function sigmoidDerivative(z: number): number {
  const e = exp(-Math.abs(z));
  const q = e / (1 + e);
  // Where e is small, the same with rounding errors in the small term alone: q = e − eq.
  return e < 0.25 ? e - q * (e + q) : q - q * q;
}
