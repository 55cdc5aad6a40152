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
  const first = firstRow(s.rows);
  layerProduct<T>(p, s, true, valueAt(s.input), valueAt(s.output), first, endRow(s.rows) - first);
}

/** `dW (+)= dZ Aᵀ`, `db (+)= Σ_columns dZ`, `dA = Wᵀ dZ`. */
export function backward<T>(p: Plan, s: Step): void {
  productBackward<T>(p, s, true);
}

/** The same of `Z = W A + b`, `biased`, or of `Z = W A`. */
export function productBackward<T>(p: Plan, s: Step, biased: bool): void {
  const dZ = valueAt(s.dOutput);
  const unit = firstRow(s.rows);
  weightGradient<T>(p, s, biased, dZ, valueAt(s.input), unit, endRow(s.rows) - unit);
  if (s.dInput == 0) return;
  const first = firstRow(s.inputRows);
  inputGradient<T>(p, s, dZ, valueAt(s.dInput), first, endRow(s.inputRows) - first);
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

/** `Z = W A + b`, `biased`, or `Z = W A`: rows `first … first + rows` of units × columns. */
export function layerProduct<T>(
  p: Plan,
  s: Step,
  biased: bool,
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
  const K = s.inputRows;
  const W = p.theta + s.parameters;
  const b = biased ? W + <usize>s.rows * K * size : 0;
  if (isLarge(s.rows, columns, K)) {
    if (p.usesGemm) {
      // The host has threads of its own: rows are not shared out.
      for (let i = 0; i < rows; i++) {
        fillRow<T>(Z + <usize>i * stride, biased ? load<T>(b + <usize>i * size) : <T>0, vectors);
      }
      const ld = p.stride / <i32>size;
      gemm(<i32>size, 0, 0, rows, columns, K, W, K, A, ld, 1, Z, ld);
    } else {
      const row = <usize>K * size;
      packedProduct<T>(s.rows, columns, K, W, row, size, A, stride, size, Z, stride, b, false, scratch, first, first + rows);
    }
    return;
  }
  const offset = <usize>first * size;
  product<T>(rows, K, W + offset * K, <usize>K * size, size, A, Z + <usize>first * stride, stride, vectors, biased ? b + offset : 0);
}

/** `dA = Wᵀ dZ`, rows `first … first + rows` of inputs × columns. */
function inputGradient<T>(
  p: Plan,
  s: Step,
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
  const inputs = s.inputRows;
  const W = p.theta + s.parameters;
  const row = <usize>inputs * size;
  if (isLarge(inputs, columns, s.rows)) {
    if (p.usesGemm) {
      const ld = p.stride / <i32>size;
      gemm(<i32>size, 1, 0, rows, columns, s.rows, W, inputs, dZ, ld, 0, dA, ld);
    } else {
      packedProduct<T>(inputs, columns, s.rows, W, size, row, dZ, stride, size, dA, stride, 0, false, scratch, first, first + rows);
    }
    return;
  }
  product<T>(rows, s.rows, W + <usize>first * size, size, row, dZ, dA + <usize>first * stride, stride, vectors, 0);
}

/** `dW (+)= dZ Aᵀ` and, `biased`, `db (+)= Σ_columns dZ`, rows `first … first + rows` of units × inputs. */
function weightGradient<T>(
  p: Plan,
  s: Step,
  biased: bool,
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
  const inputs = s.inputRows;
  const row = <usize>inputs * size;
  const overwrite = Tile.overwrite;
  const dW = Tile.gradient + s.parameters;
  const db = biased ? dW + <usize>s.rows * row + <usize>first * size : 0;
  const dZRows = dZ + <usize>first * stride;
  if (overwrite && biased) clear<T>(db, <usize>rows * size);
  if (isLarge(s.rows, inputs, columns)) {
    if (biased) parameterGradients<T>(rows, 0, dZRows, A, dW, db, stride, vectors);
    if (p.usesGemm) {
      const ld = p.stride / <i32>size;
      gemm(<i32>size, 0, 1, rows, inputs, columns, dZ, ld, A, ld, overwrite ? 0 : 1, dW, inputs);
    } else {
      packedProduct<T>(s.rows, inputs, columns, dZ, stride, size, A, size, stride, dW, row, 0, !overwrite, scratch, first, first + rows);
    }
    return;
  }
  const dWRows = dW + <usize>first * row;
  if (overwrite) clear<T>(dWRows, <usize>rows * row);
  parameterGradients<T>(rows, inputs, dZRows, A, dWRows, db, stride, vectors);
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
