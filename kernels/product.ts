import { constant, loadSplat, multiplyAdd } from "./vector";

/**
 * `C = bias + A B` for layers small enough that a tile of B stays in the first-level cache.
 *
 * A is rows × K with any strides, so that it may be W or Wᵀ as it lies in θ; B is K × columns and C rows × columns, in
 * rows of `stride` bytes, `vectors` vectors of columns.
 *
 * Blocks of 4 × 2 vectors of C stay in registers while k runs: 8 sums, 4 weights and 2 vectors of B, one register short
 * of the 15 that can be had. What 4 rows leave over goes by 2 and 1, then 4 vectors wide, so that enough sums run side
 * by side to hide the latency of an addition.
 */
export function product<T>(
  rows: i32,
  K: i32,
  A: usize,
  rowStride: usize,
  kStride: usize,
  B: usize,
  C: usize,
  stride: usize,
  vectors: i32,
  bias: usize,
): void {
  let i = 0;
  for (; i + 4 <= rows; i += 4) {
    fourRows<T>(K, A, rowStride, kStride, B, C, stride, vectors, bias);
    A += 4 * rowStride;
    C += 4 * stride;
    if (bias != 0) bias += 4 * sizeof<T>();
  }
  if (i + 2 <= rows) {
    twoRows<T>(K, A, rowStride, kStride, B, C, stride, vectors, bias);
    A += 2 * rowStride;
    C += 2 * stride;
    if (bias != 0) bias += 2 * sizeof<T>();
    i += 2;
  }
  if (i < rows) oneRow<T>(K, A, kStride, B, C, stride, vectors, bias);
}

// @ts-ignore: decorator
@inline
function biasOf<T>(bias: usize, row: usize): v128 {
  return bias == 0 ? constant<T>(0) : loadSplat<T>(bias + row * sizeof<T>());
}

function fourRows<T>(
  K: i32,
  A: usize,
  rowStride: usize,
  kStride: usize,
  B: usize,
  C: usize,
  stride: usize,
  vectors: i32,
  bias: usize,
): void {
  const b0 = biasOf<T>(bias, 0);
  const b1 = biasOf<T>(bias, 1);
  const b2 = biasOf<T>(bias, 2);
  const b3 = biasOf<T>(bias, 3);
  const A1 = A + rowStride;
  const A2 = A1 + rowStride;
  const A3 = A2 + rowStride;
  const C1 = C + stride;
  const C2 = C1 + stride;
  const C3 = C2 + stride;
  const end = <usize>(vectors & ~1) << 4;
  let x: usize = 0;
  for (; x < end; x += 32) {
    let c00 = b0;
    let c01 = b0;
    let c10 = b1;
    let c11 = b1;
    let c20 = b2;
    let c21 = b2;
    let c30 = b3;
    let c31 = b3;
    let b = B + x;
    let a: usize = 0;
    for (let k = 0; k < K; k++) {
      const v0 = v128.load(b);
      const v1 = v128.load(b, 16);
      const w0 = loadSplat<T>(A + a);
      c00 = multiplyAdd<T>(w0, v0, c00);
      c01 = multiplyAdd<T>(w0, v1, c01);
      const w1 = loadSplat<T>(A1 + a);
      c10 = multiplyAdd<T>(w1, v0, c10);
      c11 = multiplyAdd<T>(w1, v1, c11);
      const w2 = loadSplat<T>(A2 + a);
      c20 = multiplyAdd<T>(w2, v0, c20);
      c21 = multiplyAdd<T>(w2, v1, c21);
      const w3 = loadSplat<T>(A3 + a);
      c30 = multiplyAdd<T>(w3, v0, c30);
      c31 = multiplyAdd<T>(w3, v1, c31);
      b += stride;
      a += kStride;
    }
    v128.store(C + x, c00);
    v128.store(C + x, c01, 16);
    v128.store(C1 + x, c10);
    v128.store(C1 + x, c11, 16);
    v128.store(C2 + x, c20);
    v128.store(C2 + x, c21, 16);
    v128.store(C3 + x, c30);
    v128.store(C3 + x, c31, 16);
  }
  if (vectors & 1) {
    let c0 = b0;
    let c1 = b1;
    let c2 = b2;
    let c3 = b3;
    let b = B + x;
    let a: usize = 0;
    for (let k = 0; k < K; k++) {
      const v = v128.load(b);
      c0 = multiplyAdd<T>(loadSplat<T>(A + a), v, c0);
      c1 = multiplyAdd<T>(loadSplat<T>(A1 + a), v, c1);
      c2 = multiplyAdd<T>(loadSplat<T>(A2 + a), v, c2);
      c3 = multiplyAdd<T>(loadSplat<T>(A3 + a), v, c3);
      b += stride;
      a += kStride;
    }
    v128.store(C + x, c0);
    v128.store(C1 + x, c1);
    v128.store(C2 + x, c2);
    v128.store(C3 + x, c3);
  }
}

function twoRows<T>(
  K: i32,
  A: usize,
  rowStride: usize,
  kStride: usize,
  B: usize,
  C: usize,
  stride: usize,
  vectors: i32,
  bias: usize,
): void {
  const b0 = biasOf<T>(bias, 0);
  const b1 = biasOf<T>(bias, 1);
  const A1 = A + rowStride;
  const C1 = C + stride;
  const end = <usize>(vectors & ~3) << 4;
  let x: usize = 0;
  for (; x < end; x += 64) {
    let c00 = b0;
    let c01 = b0;
    let c02 = b0;
    let c03 = b0;
    let c10 = b1;
    let c11 = b1;
    let c12 = b1;
    let c13 = b1;
    let b = B + x;
    let a: usize = 0;
    for (let k = 0; k < K; k++) {
      const w0 = loadSplat<T>(A + a);
      const w1 = loadSplat<T>(A1 + a);
      const v0 = v128.load(b);
      c00 = multiplyAdd<T>(w0, v0, c00);
      c10 = multiplyAdd<T>(w1, v0, c10);
      const v1 = v128.load(b, 16);
      c01 = multiplyAdd<T>(w0, v1, c01);
      c11 = multiplyAdd<T>(w1, v1, c11);
      const v2 = v128.load(b, 32);
      c02 = multiplyAdd<T>(w0, v2, c02);
      c12 = multiplyAdd<T>(w1, v2, c12);
      const v3 = v128.load(b, 48);
      c03 = multiplyAdd<T>(w0, v3, c03);
      c13 = multiplyAdd<T>(w1, v3, c13);
      b += stride;
      a += kStride;
    }
    v128.store(C + x, c00);
    v128.store(C + x, c01, 16);
    v128.store(C + x, c02, 32);
    v128.store(C + x, c03, 48);
    v128.store(C1 + x, c10);
    v128.store(C1 + x, c11, 16);
    v128.store(C1 + x, c12, 32);
    v128.store(C1 + x, c13, 48);
  }
  for (const last = <usize>vectors << 4; x < last; x += 16) {
    let c0 = b0;
    let c1 = b1;
    let b = B + x;
    let a: usize = 0;
    for (let k = 0; k < K; k++) {
      const v = v128.load(b);
      c0 = multiplyAdd<T>(loadSplat<T>(A + a), v, c0);
      c1 = multiplyAdd<T>(loadSplat<T>(A1 + a), v, c1);
      b += stride;
      a += kStride;
    }
    v128.store(C + x, c0);
    v128.store(C1 + x, c1);
  }
}

function oneRow<T>(
  K: i32,
  A: usize,
  kStride: usize,
  B: usize,
  C: usize,
  stride: usize,
  vectors: i32,
  bias: usize,
): void {
  const b0 = biasOf<T>(bias, 0);
  const end = <usize>(vectors & ~3) << 4;
  let x: usize = 0;
  for (; x < end; x += 64) {
    let c0 = b0;
    let c1 = b0;
    let c2 = b0;
    let c3 = b0;
    let b = B + x;
    let a = A;
    for (let k = 0; k < K; k++) {
      const w = loadSplat<T>(a);
      c0 = multiplyAdd<T>(w, v128.load(b), c0);
      c1 = multiplyAdd<T>(w, v128.load(b, 16), c1);
      c2 = multiplyAdd<T>(w, v128.load(b, 32), c2);
      c3 = multiplyAdd<T>(w, v128.load(b, 48), c3);
      b += stride;
      a += kStride;
    }
    v128.store(C + x, c0);
    v128.store(C + x, c1, 16);
    v128.store(C + x, c2, 32);
    v128.store(C + x, c3, 48);
  }
  for (const last = <usize>vectors << 4; x < last; x += 16) {
    let c0 = b0;
    let b = B + x;
    let a = A;
    for (let k = 0; k < K; k++) {
      c0 = multiplyAdd<T>(loadSplat<T>(a), v128.load(b), c0);
      b += stride;
      a += kStride;
    }
    v128.store(C + x, c0);
  }
}
