import { sigmoid, tanh } from "./numeric";
import { constant } from "./vector";

/** Activations, numbered as `src/engine/wasm/planMemory.ts` numbers them. Softmax belongs to the loss head alone. */
export const LINEAR: i32 = 0;
export const RELU: i32 = 1;
export const LEAKY_RELU: i32 = 2;
export const TANH: i32 = 3;
export const SIGMOID: i32 = 4;
export const SOFTMAX: i32 = 5;

/** `A = g(Z)` on rows × vectors; A may be Z. */
export function activate<T>(
  activation: i32,
  slope: f64,
  Z: usize,
  A: usize,
  rows: i32,
  stride: usize,
  vectors: i32,
): void {
  const zero = constant<T>(0);
  const bytes = <usize>vectors << 4;
  for (let i = 0; i < rows; i++) {
    switch (activation) {
      case RELU:
        // pmax(z, 0) is z where z is NaN; the other way round it would be 0.
        for (let x: usize = 0; x < bytes; x += 16) v128.store(A + x, v128.pmax<T>(v128.load(Z + x), zero));
        break;
      case LEAKY_RELU: {
        const s = v128.splat<T>(<T>slope);
        for (let x: usize = 0; x < bytes; x += 16) {
          const z = v128.load(Z + x);
          v128.store(A + x, v128.bitselect(v128.mul<T>(s, z), z, v128.le<T>(z, zero)));
        }
        break;
      }
      case TANH:
        for (let x: usize = 0; x < bytes; x += 16) v128.store(A + x, tanh<T>(v128.load(Z + x)));
        break;
      case SIGMOID:
        for (let x: usize = 0; x < bytes; x += 16) v128.store(A + x, sigmoid<T>(v128.load(Z + x)));
        break;
      default:
        if (A != Z) for (let x: usize = 0; x < bytes; x += 16) v128.store(A + x, v128.load(Z + x));
    }
    Z += stride;
    A += stride;
  }
}

/** `dZ = dA ∘ g'(Z)` in place on rows × vectors: D holds dA and becomes dZ. A holds g(Z), from which g' follows. */
export function timesDerivative<T>(
  activation: i32,
  slope: f64,
  D: usize,
  A: usize,
  rows: i32,
  stride: usize,
  vectors: i32,
): void {
  const zero = constant<T>(0);
  const one = constant<T>(1);
  const bytes = <usize>vectors << 4;
  for (let i = 0; i < rows; i++) {
    switch (activation) {
      case RELU:
        // a > 0 exactly where z > 0.
        for (let x: usize = 0; x < bytes; x += 16) {
          v128.store(D + x, v128.and(v128.load(D + x), v128.gt<T>(v128.load(A + x), zero)));
        }
        break;
      case LEAKY_RELU: {
        const s = v128.splat<T>(<T>slope);
        for (let x: usize = 0; x < bytes; x += 16) {
          const d = v128.load(D + x);
          v128.store(D + x, v128.bitselect(d, v128.mul<T>(s, d), v128.gt<T>(v128.load(A + x), zero)));
        }
        break;
      }
      case TANH:
        for (let x: usize = 0; x < bytes; x += 16) {
          const a = v128.load(A + x);
          v128.store(D + x, v128.mul<T>(v128.load(D + x), v128.sub<T>(one, v128.mul<T>(a, a))));
        }
        break;
      case SIGMOID:
        for (let x: usize = 0; x < bytes; x += 16) {
          const a = v128.load(A + x);
          v128.store(D + x, v128.mul<T>(v128.load(D + x), v128.mul<T>(a, v128.sub<T>(one, a))));
        }
    }
    D += stride;
    A += stride;
  }
}

/**
 * Inverted dropout, `to = from ∘ mask / keep`, on rows × vectors; used forward on A and backward on dA. `to` may be
 * `from`.
 *
 * @param mask the byte of the first row's first column, 1 = kept; the next row lies `maskStride` bytes further
 */
export function applyMask<T>(
  from: usize,
  to: usize,
  mask: usize,
  maskStride: usize,
  keep: f64,
  rows: i32,
  stride: usize,
  vectors: i32,
): void {
  const scale = v128.splat<T>(<T>(1 / keep));
  for (let i = 0; i < rows; i++) {
    for (let v = 0; v < vectors; v++) {
      const x = <usize>v << 4;
      const a = v128.mul<T>(v128.load(from + x), scale);
      v128.store(to + x, v128.and(a, selectors<T>(mask + <usize>v * (16 / sizeof<T>()))));
    }
    from += stride;
    to += stride;
    mask += maskStride;
  }
}

/** All bits of a lane from the 0 or 1 of its byte. */
// @ts-ignore: decorator
@inline
function selectors<T>(mask: usize): v128 {
  if (sizeof<T>() == 8) {
    const bytes = v128.load16_splat(mask);
    return i8x16.neg(i8x16.shuffle(bytes, bytes, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1));
  }
  const bytes = v128.load32_splat(mask);
  return i8x16.neg(i8x16.shuffle(bytes, bytes, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3));
}
