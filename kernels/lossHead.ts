import { activate, SOFTMAX, timesDerivative } from "./activation";
import { exp, log, log1p, sigmoidFrom } from "./numeric";
import { constant, sumOfLanes } from "./vector";

/** Losses, numbered as `src/engine/wasm/planMemory.ts` numbers them. */
export const BINARY_CROSS_ENTROPY: i32 = 0;
export const CATEGORICAL_CROSS_ENTROPY: i32 = 1;
export const MEAN_SQUARED_ERROR: i32 = 2;

/**
 * The last layer of one tile from its logits: A[L] in their place, the cost `Σⱼ wⱼ ℓⱼ`, and with `gradient` dZ[L].
 * Losses are computed from the logits; `src/network/loss/` has the formulas.
 *
 * @param Z logits, units × columns; then A[L]
 * @param Y targets, units × columns
 * @param w weight of each column; 0 for those beyond the last example
 * @param dZ units × columns; written with `gradient` only
 */
export function lossHead<T>(
  loss: i32,
  activation: i32,
  slope: f64,
  Z: usize,
  Y: usize,
  w: usize,
  dZ: usize,
  units: i32,
  stride: usize,
  vectors: i32,
  gradient: bool,
  weighted: bool,
): f64 {
  if (loss == BINARY_CROSS_ENTROPY) {
    return binaryCrossEntropy<T>(Z, Y, w, dZ, units, stride, vectors, gradient, weighted);
  }
  if (loss == CATEGORICAL_CROSS_ENTROPY) {
    return categoricalCrossEntropy<T>(Z, Y, w, dZ, units, stride, vectors, gradient);
  }
  outputs<T>(activation, slope, Z, Z, units, stride, vectors);
  return meanSquaredError<T>(activation, slope, Z, Y, w, dZ, units, stride, vectors, gradient);
}

/** `A[L] = g(Z[L])` on one tile, for prediction; A may be Z. */
export function outputs<T>(
  activation: i32,
  slope: f64,
  Z: usize,
  A: usize,
  units: i32,
  stride: usize,
  vectors: i32,
): void {
  if (activation == SOFTMAX) softmax<T>(Z, A, units, stride, vectors);
  else activate<T>(activation, slope, Z, A, units, stride, vectors);
}

/**
 * `ℓ = max(z, 0) − z y + log(1 + e^−|z|)`.
 *
 * Where all examples weigh 1, the logarithms of a row are taken at once: `Σ log(1 + eⱼ) = log(1 + u)` with
 * `u = Π(1 + eⱼ) − 1`, built up by `u := u + e + u e`, which loses nothing where all e are small. A row of up to 64
 * vectors cannot overflow, since no factor exceeds 2.
 */
function binaryCrossEntropy<T>(
  Z: usize,
  Y: usize,
  w: usize,
  dZ: usize,
  units: i32,
  stride: usize,
  vectors: i32,
  gradient: bool,
  weighted: bool,
): f64 {
  const zero = constant<T>(0);
  const bytes = <usize>vectors << 4;
  let total = zero;
  for (let i = 0; i < units; i++) {
    let u = zero;
    for (let x: usize = 0; x < bytes; x += 16) {
      const z = v128.load(Z + x);
      const y = v128.load(Y + x);
      const weight = v128.load(w + x);
      const e = exp<T>(v128.neg<T>(v128.abs<T>(z)));
      const a = sigmoidFrom<T>(z, e);
      let l = v128.sub<T>(v128.pmax<T>(z, zero), v128.mul<T>(z, y));
      if (weighted) l = v128.add<T>(l, log1p<T>(e));
      else {
        const counted = v128.mul<T>(weight, e); // 0 beyond the last example
        u = v128.add<T>(u, v128.add<T>(counted, v128.mul<T>(u, counted)));
      }
      total = v128.add<T>(total, v128.mul<T>(weight, l));
      v128.store(Z + x, a);
      if (gradient) v128.store(dZ + x, v128.mul<T>(weight, v128.sub<T>(a, y)));
    }
    if (!weighted) total = v128.add<T>(total, logOfProduct<T>(u));
    Z += stride;
    Y += stride;
    dZ += stride;
  }
  return <f64>sumOfLanes<T>(total);
}

/** `log(1 + u)` for any u ≥ 0: the logarithm of the rounded sum w, and what the rounding lost. */
function logOfProduct<T>(u: v128): v128 {
  const one = constant<T>(1);
  const w = v128.add<T>(one, u);
  const lost = v128.sub<T>(u, v128.sub<T>(w, one));
  return v128.add<T>(log<T>(w), v128.div<T>(lost, w));
}

function categoricalCrossEntropy<T>(
  Z: usize,
  Y: usize,
  w: usize,
  dZ: usize,
  units: i32,
  stride: usize,
  vectors: i32,
  gradient: bool,
): f64 {
  const zero = constant<T>(0);
  let total = constant<T>(0);
  for (let v = 0; v < vectors; v++) {
    const x = <usize>v << 4;
    const weight = v128.load(w + x);
    const largest = largestOf<T>(Z + x, units, stride);
    let sum = zero;
    let l = zero;
    for (let i = 0, k = x; i < units; i++, k += stride) {
      sum = v128.add<T>(sum, exp<T>(v128.sub<T>(v128.load(Z + k), largest)));
    }
    const logTotal = v128.add<T>(largest, log<T>(sum));
    const factor = v128.div<T>(constant<T>(1), sum);
    for (let i = 0, k = x; i < units; i++, k += stride) {
      const z = v128.load(Z + k);
      const y = v128.load(Y + k);
      // A class of weight 0 must not turn an infinite logit into 0 · ∞ = NaN.
      const term = v128.and(v128.mul<T>(y, v128.sub<T>(logTotal, z)), v128.ne<T>(y, zero));
      l = v128.add<T>(l, term);
      const a = v128.mul<T>(exp<T>(v128.sub<T>(z, largest)), factor);
      v128.store(Z + k, a);
      if (gradient) v128.store(dZ + k, v128.mul<T>(weight, v128.sub<T>(a, y)));
    }
    total = v128.add<T>(total, v128.mul<T>(weight, l));
  }
  return <f64>sumOfLanes<T>(total);
}

/** `ℓ = (1/K) Σₖ (aₖ − yₖ)²`, `dA = 2 (A − Y) / K`. */
function meanSquaredError<T>(
  activation: i32,
  slope: f64,
  A: usize,
  Y: usize,
  w: usize,
  dZ: usize,
  units: i32,
  stride: usize,
  vectors: i32,
  gradient: bool,
): f64 {
  const bytes = <usize>vectors << 4;
  const count = constant<T>(<f64>units);
  const twice = constant<T>(2 / <f64>units);
  let total = constant<T>(0);
  let a = A;
  let d = dZ;
  for (let i = 0; i < units; i++) {
    for (let x: usize = 0; x < bytes; x += 16) {
      const error = v128.sub<T>(v128.load(a + x), v128.load(Y + x));
      const weight = v128.load(w + x);
      total = v128.add<T>(total, v128.mul<T>(weight, v128.div<T>(v128.mul<T>(error, error), count)));
      if (gradient) v128.store(d + x, v128.mul<T>(weight, v128.mul<T>(twice, error)));
    }
    a += stride;
    d += stride;
    Y += stride;
  }
  if (gradient) {
    if (activation == SOFTMAX) timesSoftmaxDerivative<T>(dZ, A, units, stride, vectors);
    else timesDerivative<T>(activation, slope, dZ, A, units, stride, vectors);
  }
  return <f64>sumOfLanes<T>(total);
}

/** `aᵢ = e^(zᵢ − M) / Σₖ e^(zₖ − M)`, M = maxₖ zₖ, column by column. */
function softmax<T>(Z: usize, A: usize, units: i32, stride: usize, vectors: i32): void {
  for (let v = 0; v < vectors; v++) {
    const x = <usize>v << 4;
    const largest = largestOf<T>(Z + x, units, stride);
    let sum = constant<T>(0);
    for (let i = 0, k = x; i < units; i++, k += stride) {
      const e = exp<T>(v128.sub<T>(v128.load(Z + k), largest));
      v128.store(A + k, e);
      sum = v128.add<T>(sum, e);
    }
    const factor = v128.div<T>(constant<T>(1), sum);
    for (let i = 0, k = x; i < units; i++, k += stride) v128.store(A + k, v128.mul<T>(v128.load(A + k), factor));
  }
}

/** `dzᵢ = aᵢ (daᵢ − Σₖ daₖ aₖ)`, column by column, in place. */
function timesSoftmaxDerivative<T>(D: usize, A: usize, units: i32, stride: usize, vectors: i32): void {
  for (let v = 0; v < vectors; v++) {
    const x = <usize>v << 4;
    let inner = constant<T>(0);
    for (let i = 0, k = x; i < units; i++, k += stride) {
      inner = v128.add<T>(inner, v128.mul<T>(v128.load(D + k), v128.load(A + k)));
    }
    for (let i = 0, k = x; i < units; i++, k += stride) {
      v128.store(D + k, v128.mul<T>(v128.load(A + k), v128.sub<T>(v128.load(D + k), inner)));
    }
  }
}

/** The largest of each column; NaN where one of them is NaN. */
// @ts-ignore: decorator
@inline
function largestOf<T>(Z: usize, units: i32, stride: usize): v128 {
  let largest = v128.load(Z);
  for (let i = 1, k = Z + stride; i < units; i++, k += stride) largest = v128.max<T>(largest, v128.load(k));
  return largest;
}
