import type { FloatArray } from "./floatArray.js";

/** Rows and columns of a block: the parts of source and target that one touches stay in the cache nearest to the CPU. */
const block = 32;

/**
 * Writes the transpose of `source` (rows × columns, row-major) into `target` (columns × rows), block by block: entry by
 * entry along either of them, the other would be met a cache line a number.
 */
export function transposeInto(target: FloatArray, source: ArrayLike<number>, rows: number, columns: number): void {
  for (let top = 0; top < rows; top += block) {
    const bottom = Math.min(rows, top + block);
    for (let left = 0; left < columns; left += block) {
      const right = Math.min(columns, left + block);
      for (let j = left; j < right; j++) {
        for (let i = top; i < bottom; i++) target[j * rows + i] = source[i * columns + j];
      }
    }
  }
}
