import { constant, multiplyAdd, sumOfLanes } from "./vector";

/**
 * `dW += dZ Aᵀ` and `db += Σ_columns dZ` over the columns of one tile.
 *
 * Blocks of 4 rows of dZ by 2 rows of A: 8 vectors of partial sums stay in registers while the columns stream by; their
 * lanes are added at the end. What 4 rows leave over goes one by one, 4 rows of A at a time.
 *
 * @param dZ units × columns
 * @param A inputs × columns, both in rows of `stride` bytes
 * @param dW units × inputs, row-major
 * @param db units; 0 where it is not wanted
 */
export function parameterGradients<T>(
  units: i32,
  inputs: i32,
  dZ: usize,
  A: usize,
  dW: usize,
  db: usize,
  stride: usize,
  vectors: i32,
): void {
  const bytes = <usize>vectors << 4;
  const row = <usize>inputs * sizeof<T>();
  const sums = db != 0;
  let i = 0;
  for (; i + 4 <= units; i += 4) {
    let a = A;
    let w = dW;
    let k = 0;
    for (; k + 2 <= inputs; k += 2) {
      fourByTwo<T>(dZ, a, w, row, stride, bytes);
      a += 2 * stride;
      w += 2 * sizeof<T>();
    }
    if (k < inputs) {
      let z = dZ;
      for (let r = 0; r < 4; r++) {
        oneByOne<T>(z, a, w, bytes);
        z += stride;
        w += row;
      }
    }
    if (sums) {
      fourSums<T>(dZ, db, stride, bytes);
      db += 4 * sizeof<T>();
    }
    dZ += 4 * stride;
    dW += 4 * row;
  }
  for (; i < units; i++) {
    let a = A;
    let w = dW;
    let k = 0;
    for (; k + 4 <= inputs; k += 4) {
      oneByFour<T>(dZ, a, w, stride, bytes);
      a += 4 * stride;
      w += 4 * sizeof<T>();
    }
    for (; k < inputs; k++) {
      oneByOne<T>(dZ, a, w, bytes);
      a += stride;
      w += sizeof<T>();
    }
    if (sums) {
      oneSum<T>(dZ, db, bytes);
      db += sizeof<T>();
    }
    dZ += stride;
    dW += row;
  }
}

// @ts-ignore: decorator
@inline
function addTo<T>(address: usize, sum: v128): void {
  store<T>(address, load<T>(address) + sumOfLanes<T>(sum));
}

function fourByTwo<T>(dZ: usize, A: usize, dW: usize, row: usize, stride: usize, bytes: usize): void {
  let s00 = constant<T>(0);
  let s01 = constant<T>(0);
  let s10 = constant<T>(0);
  let s11 = constant<T>(0);
  let s20 = constant<T>(0);
  let s21 = constant<T>(0);
  let s30 = constant<T>(0);
  let s31 = constant<T>(0);
  const A1 = A + stride;
  const dZ1 = dZ + stride;
  const dZ2 = dZ1 + stride;
  const dZ3 = dZ2 + stride;
  for (let x: usize = 0; x < bytes; x += 16) {
    const a0 = v128.load(A + x);
    const a1 = v128.load(A1 + x);
    const d0 = v128.load(dZ + x);
    s00 = multiplyAdd<T>(d0, a0, s00);
    s01 = multiplyAdd<T>(d0, a1, s01);
    const d1 = v128.load(dZ1 + x);
    s10 = multiplyAdd<T>(d1, a0, s10);
    s11 = multiplyAdd<T>(d1, a1, s11);
    const d2 = v128.load(dZ2 + x);
    s20 = multiplyAdd<T>(d2, a0, s20);
    s21 = multiplyAdd<T>(d2, a1, s21);
    const d3 = v128.load(dZ3 + x);
    s30 = multiplyAdd<T>(d3, a0, s30);
    s31 = multiplyAdd<T>(d3, a1, s31);
  }
  addTo<T>(dW, s00);
  addTo<T>(dW + sizeof<T>(), s01);
  dW += row;
  addTo<T>(dW, s10);
  addTo<T>(dW + sizeof<T>(), s11);
  dW += row;
  addTo<T>(dW, s20);
  addTo<T>(dW + sizeof<T>(), s21);
  dW += row;
  addTo<T>(dW, s30);
  addTo<T>(dW + sizeof<T>(), s31);
}

function oneByFour<T>(dZ: usize, A: usize, dW: usize, stride: usize, bytes: usize): void {
  let s0 = constant<T>(0);
  let s1 = constant<T>(0);
  let s2 = constant<T>(0);
  let s3 = constant<T>(0);
  const A1 = A + stride;
  const A2 = A1 + stride;
  const A3 = A2 + stride;
  for (let x: usize = 0; x < bytes; x += 16) {
    const d = v128.load(dZ + x);
    s0 = multiplyAdd<T>(d, v128.load(A + x), s0);
    s1 = multiplyAdd<T>(d, v128.load(A1 + x), s1);
    s2 = multiplyAdd<T>(d, v128.load(A2 + x), s2);
    s3 = multiplyAdd<T>(d, v128.load(A3 + x), s3);
  }
  addTo<T>(dW, s0);
  addTo<T>(dW + sizeof<T>(), s1);
  addTo<T>(dW + 2 * sizeof<T>(), s2);
  addTo<T>(dW + 3 * sizeof<T>(), s3);
}

function oneByOne<T>(dZ: usize, A: usize, dW: usize, bytes: usize): void {
  let sum = constant<T>(0);
  for (let x: usize = 0; x < bytes; x += 16) sum = multiplyAdd<T>(v128.load(dZ + x), v128.load(A + x), sum);
  addTo<T>(dW, sum);
}

function fourSums<T>(dZ: usize, db: usize, stride: usize, bytes: usize): void {
  let s0 = constant<T>(0);
  let s1 = constant<T>(0);
  let s2 = constant<T>(0);
  let s3 = constant<T>(0);
  const dZ1 = dZ + stride;
  const dZ2 = dZ1 + stride;
  const dZ3 = dZ2 + stride;
  for (let x: usize = 0; x < bytes; x += 16) {
    s0 = v128.add<T>(s0, v128.load(dZ + x));
    s1 = v128.add<T>(s1, v128.load(dZ1 + x));
    s2 = v128.add<T>(s2, v128.load(dZ2 + x));
    s3 = v128.add<T>(s3, v128.load(dZ3 + x));
  }
  addTo<T>(db, s0);
  addTo<T>(db + sizeof<T>(), s1);
  addTo<T>(db + 2 * sizeof<T>(), s2);
  addTo<T>(db + 3 * sizeof<T>(), s3);
}

function oneSum<T>(dZ: usize, db: usize, bytes: usize): void {
  let sum = constant<T>(0);
  for (let x: usize = 0; x < bytes; x += 16) sum = v128.add<T>(sum, v128.load(dZ + x));
  addTo<T>(db, sum);
}
