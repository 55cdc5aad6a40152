import type { Matrix } from "../array/matrix.js";

/**
 * A number for each column of A: equal columns have equal numbers, others differ but for one chance in 2⁵³. It takes no
 * memory to speak of, where the columns themselves as keys would take more than the matrix.
 */
export function columnHashes(A: Matrix): number[] {
  const column = new Float64Array(A.rows);
  const words = new Uint32Array(column.buffer);
  return Array.from({ length: A.columns }, (_, j) => {
    // −0 + 0 is 0, so that equal numbers have equal bits.
    for (let i = 0; i < A.rows; i++) column[i] = A.data[i * A.columns + j] + 0;
    let high = 0x811c9dc5;
    let low = 0x2545f491;
    for (const word of words) {
      high = Math.imul(high ^ word, 0x9e3779b1);
      high ^= high >>> 15;
      low = Math.imul(low ^ word, 0x85ebca6b);
      low ^= low >>> 13;
    }
    return (high >>> 0) * 2 ** 21 + (low >>> 11);
  });
}
