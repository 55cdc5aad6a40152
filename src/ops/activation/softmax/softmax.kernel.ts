import { Plan, Step } from "../../../../kernels/generated/shared";
import { exp } from "../../../../kernels/numeric";
import { Tile, valueAt } from "../../../../kernels/tile";
import { constant } from "../../../../kernels/vector";

/** Forward and backward overwrite what they read, number by number. */
export const inPlace = "both";

/** `aᵢ = e^(zᵢ − M) / Σₖ e^(zₖ − M)`, M = maxₖ zₖ, column by column, of each member. */
export function forward<T>(p: Plan, s: Step): void {
  const stride = <usize>p.stride;
  const rows = s.rows / s.members;
  const member = <usize>rows * stride;
  for (let i = 0; i < s.members; i++) {
    const offset = <usize>i * member;
    forwardRows<T>(valueAt(s.input) + offset, valueAt(s.output) + offset, rows, stride);
  }
}

function forwardRows<T>(Z: usize, A: usize, rows: i32, stride: usize): void {
  for (let v = 0; v < Tile.vectors; v++) {
    const x = <usize>v << 4;
    const largest = largestOf<T>(Z + x, rows, stride);
    let sum = constant<T>(0);
    for (let i = 0, k = x; i < rows; i++, k += stride) {
      const e = exp<T>(v128.sub<T>(v128.load(Z + k), largest));
      v128.store(A + k, e);
      sum = v128.add<T>(sum, e);
    }
    const factor = v128.div<T>(constant<T>(1), sum);
    for (let i = 0, k = x; i < rows; i++, k += stride) v128.store(A + k, v128.mul<T>(v128.load(A + k), factor));
  }
}

/** `dzᵢ = aᵢ (daᵢ − Σₖ daₖ aₖ)`, column by column, of each member. */
export function backward<T>(p: Plan, s: Step): void {
  const stride = <usize>p.stride;
  const rows = s.rows / s.members;
  const member = <usize>rows * stride;
  for (let i = 0; i < s.members; i++) {
    const offset = <usize>i * member;
    backwardRows<T>(valueAt(s.output) + offset, valueAt(s.dOutput) + offset, valueAt(s.dInput) + offset, rows, stride);
  }
}

function backwardRows<T>(A: usize, dA: usize, dZ: usize, rows: i32, stride: usize): void {
  for (let v = 0; v < Tile.vectors; v++) {
    const x = <usize>v << 4;
    let inner = constant<T>(0);
    for (let i = 0, k = x; i < rows; i++, k += stride) {
      inner = v128.add<T>(inner, v128.mul<T>(v128.load(dA + k), v128.load(A + k)));
    }
    for (let i = 0, k = x; i < rows; i++, k += stride) {
      v128.store(dZ + k, v128.mul<T>(v128.load(A + k), v128.sub<T>(v128.load(dA + k), inner)));
    }
  }
}

/** The largest of each column; NaN where one of them is NaN. */
// @ts-ignore: decorator
@inline
export function largestOf<T>(Z: usize, units: i32, stride: usize): v128 {
  let largest = v128.load(Z);
  for (let i = 1, k = Z + stride; i < units; i++, k += stride) largest = v128.max<T>(largest, v128.load(k));
  return largest;
}
