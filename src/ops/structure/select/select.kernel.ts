import { Plan, Step } from "../../../../kernels/generated/shared";
import { endRow, firstRow, Tile, valueAt } from "../../../../kernels/tile";

/** A thread copies its own rows of what it writes, from any rows of what it reads. */
export const rows = "shared";

/** The rows from the step's first option on. */
export function forward<T>(p: Plan, s: Step): void {
  const stride = <usize>p.stride;
  const from = valueAt(s.input) + <usize>load<f64>(s.options) * stride;
  for (let i = firstRow(s.rows); i < endRow(s.rows); i++) {
    memory.copy(valueAt(s.output) + <usize>i * stride, from + <usize>i * stride, <usize>Tile.vectors << 4);
  }
}

/** What comes back to these rows, and 0 to the others. */
export function backward<T>(p: Plan, s: Step): void {
  if (s.dInput == 0) return;
  const stride = <usize>p.stride;
  const bytes = <usize>Tile.vectors << 4;
  const first = <i32>load<f64>(s.options);
  for (let i = firstRow(s.inputRows); i < endRow(s.inputRows); i++) {
    const to = valueAt(s.dInput) + <usize>i * stride;
    if (i < first || i >= first + s.rows) memory.fill(to, 0, bytes);
    else memory.copy(to, valueAt(s.dOutput) + <usize>(i - first) * stride, bytes);
  }
}
