import { Plan, Step } from "../../../../kernels/generated/shared";
import { endRow, firstRow, Tile, valueAt } from "../../../../kernels/tile";

/** A thread copies its own rows of what it writes, from any rows of what it reads. */
export const rows = "shared";

/** Number k of the options: first row and end of the first range, of the second, … */
// @ts-ignore: decorator
@inline
function optionOf(s: Step, k: i32): i32 {
  return <i32>load<f64>(s.options + (<usize>k << 3));
}

/** The rows of each range, on end. */
export function forward<T>(p: Plan, s: Step): void {
  const stride = <usize>p.stride;
  const bytes = <usize>Tile.vectors << 4;
  const first = firstRow(s.rows);
  const end = endRow(s.rows);
  for (let i = 0, k = 0; i < end; k += 2) {
    const last = optionOf(s, k + 1);
    for (let row = optionOf(s, k); row < last; row++, i++) {
      if (i < first || i >= end) continue;
      memory.copy(valueAt(s.output) + <usize>i * stride, valueAt(s.input) + <usize>row * stride, bytes);
    }
  }
}

/** What comes back to these rows, and 0 to the others. */
export function backward<T>(p: Plan, s: Step): void {
  if (s.dInput == 0) return;
  const stride = <usize>p.stride;
  const bytes = <usize>Tile.vectors << 4;
  const first = firstRow(s.inputRows);
  const end = endRow(s.inputRows);
  memory.fill(valueAt(s.dInput) + <usize>first * stride, 0, <usize>(end - first) * stride);
  for (let i = 0, k = 0; i < s.rows; k += 2) {
    const last = optionOf(s, k + 1);
    for (let row = optionOf(s, k); row < last; row++, i++) {
      if (row < first || row >= end) continue;
      let to = valueAt(s.dInput) + <usize>row * stride;
      let from = valueAt(s.dOutput) + <usize>i * stride;
      for (const stop = to + bytes; to < stop; to += 16, from += 16) {
        v128.store(to, v128.add<T>(v128.load(to), v128.load(from)));
      }
    }
  }
}
