import { Plan, Step } from "../../../../kernels/generated/shared";
import { endRow, firstRow, Tile, valueAt } from "../../../../kernels/tile";

/** A thread copies its own rows of what it writes, from any rows of what it reads. */
export const rows = "shared";

/** The rows of the input, once for each member. */
export function forward<T>(p: Plan, s: Step): void {
  const stride = <usize>p.stride;
  const end = endRow(s.rows);
  for (let i = firstRow(s.rows); i < end; i++) {
    const from = valueAt(s.input) + <usize>(i % s.inputRows) * stride;
    memory.copy(valueAt(s.output) + <usize>i * stride, from, <usize>Tile.vectors << 4);
  }
}

/** What came back from the members, added in their order. */
export function backward<T>(p: Plan, s: Step): void {
  if (s.dInput == 0) return;
  const stride = <usize>p.stride;
  const bytes = <usize>Tile.vectors << 4;
  const end = endRow(s.inputRows);
  for (let i = firstRow(s.inputRows); i < end; i++) {
    const to = valueAt(s.dInput) + <usize>i * stride;
    memory.copy(to, valueAt(s.dOutput) + <usize>i * stride, bytes);
    for (let row = i + s.inputRows; row < s.rows; row += s.inputRows) {
      const from = valueAt(s.dOutput) + <usize>row * stride;
      for (let x: usize = 0; x < bytes; x += 16) {
        v128.store(to + x, v128.add<T>(v128.load(to + x), v128.load(from + x)));
      }
    }
  }
}
