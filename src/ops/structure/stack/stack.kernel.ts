import { Plan, Step } from "../../../../kernels/generated/shared";
import { endRow, firstRow, Tile, valueAt } from "../../../../kernels/tile";

/** A thread copies its own rows of what it writes, from any rows of what it reads. */
export const rows = "shared";

/** The rows of the first input, then those of the second. */
export function forward<T>(p: Plan, s: Step): void {
  const stride = <usize>p.stride;
  const bytes = <usize>Tile.vectors << 4;
  const end = endRow(s.rows);
  for (let i = firstRow(s.rows); i < end; i++) {
    const second = i >= s.inputRows;
    const from = second ? valueAt(s.input2) + <usize>(i - s.inputRows) * stride : valueAt(s.input) + <usize>i * stride;
    memory.copy(valueAt(s.output) + <usize>i * stride, from, bytes);
  }
}

/** Each input's rows of what comes back. */
export function backward<T>(p: Plan, s: Step): void {
  if (s.dInput != 0) copyRows(p, s.dOutput, s.dInput, s.inputRows, 0);
  if (s.dInput2 != 0) copyRows(p, s.dOutput, s.dInput2, s.rows - s.inputRows, s.inputRows);
}

/** This thread's share of `rows` rows, from row `first` of what comes back on. */
function copyRows(p: Plan, dOutput: usize, dInput: usize, rows: i32, first: i32): void {
  const stride = <usize>p.stride;
  const bytes = <usize>Tile.vectors << 4;
  const end = endRow(rows);
  for (let i = firstRow(rows); i < end; i++) {
    memory.copy(valueAt(dInput) + <usize>i * stride, valueAt(dOutput) + <usize>(first + i) * stride, bytes);
  }
}
