import { Plan, Step } from "../../../../kernels/generated/shared";
import { parameterGradients } from "../../../../kernels/parameterGradients";
import { product } from "../../../../kernels/product";
import { endRow, firstRow, Tile, valueAt } from "../../../../kernels/tile";

/** A thread computes its own rows of each product, from all rows of the factors. */
export const rows = "shared";

/** Numbers that each feature becomes. */
// @ts-ignore: decorator
@inline
function dimensionOf(s: Step): i32 {
  return <i32>load<f64>(s.options);
}

/** Rows of a feature in the input. */
// @ts-ignore: decorator
@inline
function rowsOf(s: Step, feature: i32): i32 {
  return <i32>load<f64>(s.options + (<usize>(feature + 1) << 3));
}

/** `z = Mᵀ a + b`, feature after feature. */
export function forward<T>(p: Plan, s: Step): void {
  const first = firstRow(s.rows);
  const end = endRow(s.rows);
  const size = sizeof<T>();
  const stride = <usize>p.stride;
  const dimension = dimensionOf(s);
  const numbers = <usize>dimension * size;
  const M = p.theta + s.parameters;
  const b = M + <usize>s.inputRows * numbers;
  let row = 0;
  for (let output = 0, i = 0; output < end; output += dimension, i++) {
    const count = rowsOf(s, i);
    const from = max(first, output);
    const to = min(end, output + dimension);
    if (from < to) {
      const map = M + <usize>row * numbers + <usize>(from - output) * size;
      const A = valueAt(s.input) + <usize>row * stride;
      const Z = valueAt(s.output) + <usize>from * stride;
      product<T>(to - from, count, map, size, numbers, A, Z, stride, Tile.vectors, b + <usize>from * size);
    }
    row += count;
  }
}

/** `dM (+)= a dzᵀ`, `db (+)= Σ_columns dz`, `da = M dz`, each for this thread's rows of `a`; `db` for those of z. */
export function backward<T>(p: Plan, s: Step): void {
  const size = sizeof<T>();
  const stride = <usize>p.stride;
  const dimension = dimensionOf(s);
  const numbers = <usize>dimension * size;
  const dZ = valueAt(s.dOutput);
  const M = p.theta + s.parameters;
  const dM = Tile.gradient + s.parameters;
  const db = dM + <usize>s.inputRows * numbers;
  const first = firstRow(s.inputRows);
  const end = endRow(s.inputRows);
  const unit = firstRow(s.rows);
  const units = endRow(s.rows) - unit;
  if (Tile.overwrite) {
    memory.fill(dM + <usize>first * numbers, 0, <usize>(end - first) * numbers);
    memory.fill(db + <usize>unit * size, 0, <usize>units * size);
  }
  parameterGradients<T>(units, 0, dZ + <usize>unit * stride, dZ, 0, db + <usize>unit * size, stride, Tile.vectors);
  for (let row = 0, i = 0; row < end; i++) {
    const next = row + rowsOf(s, i);
    const from = max(first, row);
    const count = min(end, next) - from;
    if (count > 0) {
      const offset = <usize>from * stride;
      const dz = dZ + <usize>(i * dimension) * stride;
      const weights = <usize>from * numbers;
      parameterGradients<T>(count, dimension, valueAt(s.input) + offset, dz, dM + weights, 0, stride, Tile.vectors);
      if (s.dInput != 0) {
        product<T>(count, dimension, M + weights, numbers, size, dz, valueAt(s.dInput) + offset, stride, Tile.vectors, 0);
      }
    }
    row = next;
  }
}
