import type { Matrix } from "../array/matrix.js";
import { requireMatrix } from "../array/requireMatrix.js";
import { ShapeError } from "../array/shapeError.js";

/** How many examples there are to learn from, at least one. */
export function requireExamples(where: string, X: Matrix, examples: ArrayLike<number> | undefined): number {
  requireMatrix(`${where}: X`, X);
  const m = examples?.length ?? X.columns;
  if (m > 0) return m;
  throw new ShapeError(`${where}: a ${X.rows} × 0 matrix has no examples (columns) to learn from`);
}

/** Copies feature i of the examples, all finite. */
export function gatherFeature(
  where: string,
  target: Float64Array,
  X: Matrix,
  i: number,
  examples: ArrayLike<number> | undefined,
): void {
  const row = X.rowData(i);
  for (let j = 0; j < target.length; j++) {
    target[j] = row[examples === undefined ? j : examples[j]];
    if (!Number.isFinite(target[j])) {
      throw new RangeError(
        `${where}: feature ${i} of example ${j} is ${target[j]}; remove or replace it before fitting`,
      );
    }
  }
}
