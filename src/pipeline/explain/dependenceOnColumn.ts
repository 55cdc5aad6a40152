import { Matrix } from "../../array/matrix.js";
import type { ColumnFeatures } from "./columnFeatures.js";
import { type ColumnGrid, columnGrid } from "./columnGrid.js";

/** What a model predicts on average where a column has one value in all rows. */
export interface PartialDependence extends Pick<ColumnGrid, "kind" | "values"> {
  readonly name: string;
  /** Outputs × values: mean probability of class 1, or of each class, or the mean number. */
  readonly mean: Matrix;
}

/**
 * {@link partialDependence} of whatever predicts, on examples that are encoded.
 *
 * @param predict outputs × examples, of raw features × examples
 */
export function dependenceOnColumn(
  predict: (X: Matrix) => Matrix,
  X: Matrix,
  column: ColumnFeatures,
  most: number,
): PartialDependence {
  const { kind, values, features } = columnGrid(column, X, most);
  const changed = new Matrix(X.rows, X.columns, X.data.slice());
  const means = features.map((at) => {
    for (const [i, value] of at.entries()) changed.rowData(column.first + i).fill(value);
    return rowMeans(predict(changed));
  });
  const outputs = means[0]?.length ?? 0;
  const mean = Matrix.zeros(outputs, means.length);
  for (const [g, column] of means.entries()) {
    for (const [i, value] of column.entries()) mean.data[i * means.length + g] = value;
  }
  return { name: column.rule.name, kind, values, mean };
}

function rowMeans(P: Matrix): number[] {
  return Array.from({ length: P.rows }, (_, i) => {
    let sum = 0;
    for (const value of P.rowData(i)) sum += value;
    return sum / P.columns;
  });
}
