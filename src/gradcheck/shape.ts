/** The shape of an array: the length of each axis, `[]` for a number. */

/** How many entries an array of this shape has. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

/** Where an entry stands, an index for each axis, the last axis being the fastest: nothing for a number. */
export function indexOf(shape: readonly number[], position: number): number[] {
  const index: number[] = [];
  let rest = position;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    index.unshift(rest % shape[axis]);
    rest = Math.floor(rest / shape[axis]);
  }
  return index;
}

/** Entries along the first axis of a matrix or a larger array, and how many lie behind each; a vector is a column. */
export function rowsAndColumns(shape: readonly number[], length: number): readonly [rows: number, columns: number] {
  const columns = shape.length > 1 && shape[0] > 0 ? length / shape[0] : 1;
  return [columns === 0 ? 0 : length / columns, columns];
}
