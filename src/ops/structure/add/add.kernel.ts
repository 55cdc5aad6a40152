import { Plan, Step } from "../../../../kernels/generated/shared";
import { copyRows, endRow, firstRow, Tile, valueAt } from "../../../../kernels/tile";

/** A thread reads and writes its own rows alone. */
export const rows = "own";
/** What comes back may stay where it is for the first input; the second gets a copy. */
export const inPlace = "backward";

export function forward<T>(p: Plan, s: Step): void {
  const stride = <usize>p.stride;
  for (let i = firstRow(s.rows); i < endRow(s.rows); i++) {
    const offset = <usize>i * stride;
    const a = valueAt(s.input) + offset;
    const b = valueAt(s.input2) + offset;
    const to = valueAt(s.output) + offset;
    for (let x: usize = 0; x < <usize>Tile.vectors << 4; x += 16) {
      v128.store(to + x, v128.add<T>(v128.load(a + x), v128.load(b + x)));
    }
  }
}

export function backward<T>(p: Plan, s: Step): void {
  if (s.dInput != 0 && s.dInput != s.dOutput) copyRows(p, s.rows, valueAt(s.dOutput), valueAt(s.dInput));
  if (s.dInput2 != 0) copyRows(p, s.rows, valueAt(s.dOutput), valueAt(s.dInput2));
}
