import { Plan, Step } from "../../../../kernels/generated/shared";
import { endRow, firstRow, Tile, valueAt } from "../../../../kernels/tile";
import { constant } from "../../../../kernels/vector";

/** A thread computes its own rows of each result, from any rows of what it reads. */
export const rows = "shared";

/** Number k of the options: how many bins each feature has, then the edges of the first, of the second, … */
// @ts-ignore: decorator
@inline
function optionOf(s: Step, k: i32): f64 {
  return load<f64>(s.options + (<usize>k << 3));
}

/** `(x − low) / (high − low)`, a row a bin; 0 below it but in the first bin, 1 above it but in the last. */
export function forward<T>(p: Plan, s: Step): void {
  const first = firstRow(s.rows);
  const end = endRow(s.rows);
  const stride = <usize>p.stride;
  const bytes = <usize>Tile.vectors << 4;
  let edge = s.inputRows;
  let row = 0;
  for (let i = 0; row < end; i++) {
    const bins = <i32>optionOf(s, i);
    const X = valueAt(s.input) + <usize>i * stride;
    for (let t = 0; t < bins; t++, edge++, row++) {
      if (row < first || row >= end) continue;
      const low = optionOf(s, edge);
      const from = constant<T>(low);
      const width = constant<T>(optionOf(s, edge + 1) - low);
      const least = constant<T>(t == 0 ? -Infinity : 0);
      const most = constant<T>(t == bins - 1 ? Infinity : 1);
      const to = valueAt(s.output) + <usize>row * stride;
      for (let x: usize = 0; x < bytes; x += 16) {
        const share = v128.div<T>(v128.sub<T>(v128.load(X + x), from), width);
        v128.store(to + x, v128.min<T>(v128.max<T>(share, least), most));
      }
    }
    edge++;
  }
}

/** `dx = Σ_bins dOut / (high − low)` over the bins that x has begun and not filled. */
export function backward<T>(p: Plan, s: Step): void {
  if (s.dInput == 0) return;
  const first = firstRow(s.inputRows);
  const end = endRow(s.inputRows);
  const stride = <usize>p.stride;
  const bytes = <usize>Tile.vectors << 4;
  let edge = s.inputRows;
  let row = 0;
  for (let i = 0; i < end; i++) {
    const bins = <i32>optionOf(s, i);
    if (i >= first) {
      const X = valueAt(s.input) + <usize>i * stride;
      const dX = valueAt(s.dInput) + <usize>i * stride;
      memory.fill(dX, 0, bytes);
      for (let t = 0; t < bins; t++) {
        const low = optionOf(s, edge + t);
        const high = optionOf(s, edge + t + 1);
        const from = constant<T>(t == 0 ? -Infinity : low);
        const to = constant<T>(t == bins - 1 ? Infinity : high);
        const width = constant<T>(high - low);
        const dOutput = valueAt(s.dOutput) + <usize>(row + t) * stride;
        for (let x: usize = 0; x < bytes; x += 16) {
          const value = v128.load(X + x);
          const within = v128.and(v128.ge<T>(value, from), v128.lt<T>(value, to));
          const share = v128.and(v128.div<T>(v128.load(dOutput + x), width), within);
          v128.store(dX + x, v128.add<T>(v128.load(dX + x), share));
        }
      }
    }
    edge += bins + 1;
    row += bins;
  }
}
