import { Plan, Step } from "../../../../kernels/generated/shared";
import { copyRows, endRow, firstRow, Tile, valueAt } from "../../../../kernels/tile";

/** A thread reads and writes its own rows alone. */
export const rows = "own";
/** Forward leaves the activations as they are: their derivative is taken from them, and they can be read. */
export const inPlace = "backward";

export function forward<T>(p: Plan, s: Step): void {
  if (Tile.training) masked<T>(p, s, valueAt(s.input), valueAt(s.output));
  else copyRows(p, s.rows, valueAt(s.input), valueAt(s.output));
}

export function backward<T>(p: Plan, s: Step): void {
  masked<T>(p, s, valueAt(s.dOutput), valueAt(s.dInput));
}

/** `to = from ∘ D / keep` on this thread's rows. */
function masked<T>(p: Plan, s: Step, from: usize, to: usize): void {
  const first = firstRow(s.rows);
  const offset = <usize>first * <usize>p.stride;
  const mask = s.mask + <usize>first * <usize>p.count + <usize>Tile.index * <usize>p.tileColumns;
  applyMask<T>(from + offset, to + offset, mask, p.count, s.keep, endRow(s.rows) - first, p.stride, Tile.vectors);
}

/**
 * `to = from ∘ mask / keep` on rows × vectors; `to` may be `from`.
 *
 * @param mask the byte of the first row's first column, 1 = kept; the next row lies `maskStride` bytes further
 */
function applyMask<T>(
  from: usize,
  to: usize,
  mask: usize,
  maskStride: usize,
  keep: f64,
  rows: i32,
  stride: usize,
  vectors: i32,
): void {
  const scale = v128.splat<T>(<T>(1 / keep));
  for (let i = 0; i < rows; i++) {
    for (let v = 0; v < vectors; v++) {
      const x = <usize>v << 4;
      const a = v128.mul<T>(v128.load(from + x), scale);
      v128.store(to + x, v128.and(a, selectors<T>(mask + <usize>v * (16 / sizeof<T>()))));
    }
    from += stride;
    to += stride;
    mask += maskStride;
  }
}

/** All bits of a lane from the 0 or 1 of its byte. */
// @ts-ignore: decorator
@inline
function selectors<T>(mask: usize): v128 {
  if (sizeof<T>() == 8) {
    const bytes = v128.load16_splat(mask);
    return i8x16.neg(i8x16.shuffle(bytes, bytes, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1));
  }
  const bytes = v128.load32_splat(mask);
  return i8x16.neg(i8x16.shuffle(bytes, bytes, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3));
}
