import { Plan } from "./generated/shared";

/**
 * Packs the examples of a batch that belong to tile `t` from the training set's records, in the order of this epoch.
 * Columns that fill up the last vector repeat the tile's first example, with weight 0.
 *
 * @param from place of the batch's first example in the order
 */
export function gatherTile<T>(p: Plan, t: i32, from: i32): void {
  const stride = <usize>p.stride;
  const tile = p.tiles + <usize>t * <usize>p.tileBytes;
  const first = from + t * p.tileColumns;
  const columns = min(p.count - t * p.tileColumns, p.tileColumns);
  const rows = p.recordBytes / <i32>sizeof<T>();
  const lanes = 16 / <i32>sizeof<T>();
  const padded = (columns + lanes - 1) & ~(lanes - 1);
  const weights = tile + <usize>(rows - 1) * stride;
  for (let j = 0; j < padded; j++) {
    const k = first + (j < columns ? j : 0);
    const example = p.indices == 0 ? <u32>k : load<u32>(p.indices + (<usize>k << 2));
    let source = p.records + <usize>example * <usize>p.recordBytes;
    let target = tile + <usize>j * sizeof<T>();
    for (let i = 0; i < rows; i++) {
      store<T>(target, load<T>(source));
      source += sizeof<T>();
      target += stride;
    }
    if (j >= columns) store<T>(weights + <usize>j * sizeof<T>(), 0);
  }
}
