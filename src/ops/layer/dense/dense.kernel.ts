import { Plan, PRODUCTS_PACKED_FROM, Step } from "../../../../kernels/generated/shared";
import { packedProduct } from "../../../../kernels/packedProduct";
import { parameterGradients } from "../../../../kernels/parameterGradients";
import { product } from "../../../../kernels/product";
import { endRow, firstRow, Tile, valueAt } from "../../../../kernels/tile";

/**
 * The three products of a layer, with a bias or without, each for a range of rows of its result, each by the kernel that is faster at its size:
 * straight from the tile, packed, or the host's BLAS where the plan allows it. The choice depends on the layer and the
 * tile's width alone.
 */

/** A thread computes its own rows of each product, from all rows of the factors. */
export const rows = "shared";

/** `Z = W A + b` */
export function forward<T>(p: Plan, s: Step): void {
  productForward<T>(p, s, true);
}

/** `dW (+)= dZ Aᵀ`, `db (+)= Σ_columns dZ`, `dA = Wᵀ dZ`. */
export function backward<T>(p: Plan, s: Step): void {
  productBackward<T>(p, s, true);
}

/** `Z = W A + b`, `biased`, or `Z = W A`. */
export function productForward<T>(p: Plan, s: Step, biased: bool): void {
  const first = firstRow(s.rows);
  const W = p.theta + s.parameters;
  const b = biased ? W + <usize>(s.rows * s.inputRows) * sizeof<T>() : 0;
  layerProduct<T>(p, s.rows, s.inputRows, W, b, valueAt(s.input), valueAt(s.output), first, endRow(s.rows) - first);
}

/** The backward pass of the same. */
export function productBackward<T>(p: Plan, s: Step, biased: bool): void {
  const units = s.rows;
  const inputs = s.inputRows;
  const dZ = valueAt(s.dOutput);
  const unit = firstRow(units);
  const dW = Tile.gradient + s.parameters;
  const db = biased ? dW + <usize>(units * inputs) * sizeof<T>() : 0;
  weightGradient<T>(p, units, inputs, dW, db, Tile.overwrite, dZ, valueAt(s.input), unit, endRow(units) - unit);
  if (s.dInput == 0) return;
  const first = firstRow(inputs);
  inputGradient<T>(p, units, inputs, p.theta + s.parameters, dZ, valueAt(s.dInput), first, endRow(inputs) - first);
}

/** `C = beta C + A B` by the host, in numbers of `bytes` each; leading dimensions in numbers. Rows of C are contiguous. */
// @ts-ignore: decorator
@external("env", "gemm")
declare function gemm(
  bytes: i32,
  transposeA: i32,
  transposeB: i32,
  M: i32,
  N: i32,
  K: i32,
  A: usize,
  lda: i32,
  B: usize,
  ldb: i32,
  beta: i32,
  C: usize,
  ldc: i32,
): void;

// @ts-ignore: decorator
@inline
function isLarge(M: i32, N: i32, K: i32): bool {
  return <i64>M * N * K >= PRODUCTS_PACKED_FROM;
}

/** `Z = W A + b`, or `Z = W A` where b is 0, with W units × K: rows `first … first + rows` of units × columns. */
export function layerProduct<T>(
  p: Plan,
  units: i32,
  K: i32,
  W: usize,
  b: usize,
  A: usize,
  Z: usize,
  first: i32,
  rows: i32,
): void {
  const vectors = Tile.vectors;
  const scratch = Tile.scratch;
  const size = sizeof<T>();
  const stride = <usize>p.stride;
  const columns = vectors * (16 / <i32>size);
  if (isLarge(units, columns, K)) {
    if (p.usesGemm) {
      // The host has threads of its own: rows are not shared out.
      for (let i = 0; i < rows; i++) {
        fillRow<T>(Z + <usize>i * stride, b != 0 ? load<T>(b + <usize>i * size) : <T>0, vectors);
      }
      const ld = p.stride / <i32>size;
      gemm(<i32>size, 0, 0, rows, columns, K, W, K, A, ld, 1, Z, ld);
    } else {
      const row = <usize>K * size;
      packedProduct<T>(units, columns, K, W, row, size, A, stride, size, Z, stride, b, false, scratch, first, first + rows);
    }
    return;
  }
  const offset = <usize>first * size;
  product<T>(rows, K, W + offset * K, <usize>K * size, size, A, Z + <usize>first * stride, stride, vectors, b != 0 ? b + offset : 0);
}

/** `dA = Wᵀ dZ`, rows `first … first + rows` of inputs × columns. */
export function inputGradient<T>(
  p: Plan,
  units: i32,
  inputs: i32,
  W: usize,
  dZ: usize,
  dA: usize,
  first: i32,
  rows: i32,
): void {
  const vectors = Tile.vectors;
  const scratch = Tile.scratch;
  const size = sizeof<T>();
  const stride = <usize>p.stride;
  const columns = vectors * (16 / <i32>size);
  const row = <usize>inputs * size;
  if (isLarge(inputs, columns, units)) {
    if (p.usesGemm) {
      const ld = p.stride / <i32>size;
      gemm(<i32>size, 1, 0, rows, columns, units, W, inputs, dZ, ld, 0, dA, ld);
    } else {
      packedProduct<T>(inputs, columns, units, W, size, row, dZ, stride, size, dA, stride, 0, false, scratch, first, first + rows);
    }
    return;
  }
  product<T>(rows, units, W + <usize>first * size, size, row, dZ, dA + <usize>first * stride, stride, vectors, 0);
}

/** `db (+)= Σ_columns dZ`, units `first … first + rows`. */
export function biasGradient<T>(p: Plan, db: usize, dZ: usize, first: i32, rows: i32): void {
  const at = db + <usize>first * sizeof<T>();
  if (Tile.overwrite) clear<T>(at, <usize>rows * sizeof<T>());
  parameterGradients<T>(rows, 0, dZ + <usize>first * <usize>p.stride, 0, 0, at, p.stride, Tile.vectors);
}

/** `dW (+)= dZ Aᵀ` and, where db is not 0, `db (+)= Σ_columns dZ`, rows `first … first + rows` of units × inputs. */
export function weightGradient<T>(
  p: Plan,
  units: i32,
  inputs: i32,
  dW: usize,
  db: usize,
  overwrite: bool,
  dZ: usize,
  A: usize,
  first: i32,
  rows: i32,
): void {
  const vectors = Tile.vectors;
  const scratch = Tile.scratch;
  const size = sizeof<T>();
  const stride = <usize>p.stride;
  const columns = vectors * (16 / <i32>size);
  const row = <usize>inputs * size;
  const biases = db != 0 ? db + <usize>first * size : 0;
  const dZRows = dZ + <usize>first * stride;
  if (overwrite && db != 0) clear<T>(biases, <usize>rows * size);
  if (isLarge(units, inputs, columns)) {
    if (db != 0) parameterGradients<T>(rows, 0, dZRows, A, dW, biases, stride, vectors);
    if (p.usesGemm) {
      const ld = p.stride / <i32>size;
      gemm(<i32>size, 0, 1, rows, inputs, columns, dZ, ld, A, ld, overwrite ? 0 : 1, dW, inputs);
    } else {
      packedProduct<T>(units, inputs, columns, dZ, stride, size, A, size, stride, dW, row, 0, !overwrite, scratch, first, first + rows);
    }
    return;
  }
  const dWRows = dW + <usize>first * row;
  if (overwrite) clear<T>(dWRows, <usize>rows * row);
  parameterGradients<T>(rows, inputs, dZRows, A, dWRows, biases, stride, vectors);
}

/** Zeros; a few of them without the call that filling memory is. */
// @ts-ignore: decorator
@inline
function clear<T>(at: usize, bytes: usize): void {
  if (bytes > 512) memory.fill(at, 0, bytes);
  else for (const end = at + bytes; at < end; at += sizeof<T>()) store<T>(at, 0);
}

function fillRow<T>(to: usize, value: T, vectors: i32): void {
  const v = v128.splat<T>(value);
  for (const end = to + (<usize>vectors << 4); to < end; to += 16) v128.store(to, v);
}
