import type { Matrix } from "../array/matrix.js";
import { requireMatrix } from "../array/requireMatrix.js";
import { ShapeError } from "../array/shapeError.js";
import { requireRecord } from "../constraint/kinds.js";

/** What a network is asked to learn: two classes, several exclusive classes, or numbers. */
export type Task = "binary" | "multiclass" | "regression";

/**
 * Examples with their targets. **Examples are columns.**
 *
 * - binary: Y is 1 × m with entries 0 and 1
 * - multiclass: Y is K × m, one-hot
 * - regression: Y is outputs × m
 */
export interface Dataset {
  /** features × examples */
  readonly X: Matrix;
  /** outputs × examples */
  readonly Y: Matrix;
  /** One name a row of X, where known. */
  readonly featureNames?: readonly string[];
  /** Names of the classes: of 0 and 1 for two classes, of each row of Y for several. */
  readonly classNames?: readonly string[];
}

/** Number of examples, after checking that X and Y are matrices and agree on it. */
export function exampleCount(data: Dataset, where = "data"): number {
  requireRecord(where, data, "{ X, Y }, two matrices of one column an example");
  requireMatrix(`${where}: X`, data.X);
  requireMatrix(`${where}: Y`, data.Y);
  if (data.X.columns !== data.Y.columns) {
    throw new ShapeError(
      `dataset: X has ${data.X.columns} examples (columns) and Y has ${data.Y.columns}; ` +
        "both must hold one column an example",
    );
  }
  return data.X.columns;
}

/** The examples with the given indices, in that order, as a new dataset. */
export function selectExamples(data: Dataset, indices: ArrayLike<number>): Dataset {
  return { ...data, X: data.X.selectColumns(indices), Y: data.Y.selectColumns(indices) };
}
