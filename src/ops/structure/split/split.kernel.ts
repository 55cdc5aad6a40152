import { Plan, Step } from "../../../../kernels/generated/shared";
import { endRow, firstRow, Tile, valueAt } from "../../../../kernels/tile";

/** A thread reads and writes its own rows alone. */
export const rows = "own";
/** Without a forward of its own, both outputs are the input itself. */
export const inPlace = "backward";

/** What came back from both readers, added. */
export function backward<T>(p: Plan, s: Step): void {
  const stride = <usize>p.stride;
  for (let i = firstRow(s.rows); i < endRow(s.rows); i++) {
    const offset = <usize>i * stride;
    const a = valueAt(s.dOutput) + offset;
    const b = valueAt(s.dOutput2) + offset;
    const to = valueAt(s.dInput) + offset;
    for (let x: usize = 0; x < <usize>Tile.vectors << 4; x += 16) {
      v128.store(to + x, v128.add<T>(v128.load(a + x), v128.load(b + x)));
    }
  }
}
