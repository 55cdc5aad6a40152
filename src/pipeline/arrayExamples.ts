import { Matrix } from "../array/matrix.js";
import { transpose } from "../array/product.js";
import { ShapeError } from "../array/shapeError.js";
import { requireRecord } from "../constraint/kinds.js";
import { labelColumn, numberedColumns } from "../data/arrayColumns.js";
import { numericColumns } from "../data/featureMajor.js";
import type { Column, Table } from "../data/table.js";
import type { Configuration } from "./configuration.js";

/** Examples as arrays, beside a table: features `x0`, `x1`, … and a label each. */
export interface ArrayExamples {
  /** A matrix, **features × examples**; or a list with the numbers of one example in each entry. NaN marks a missing value. */
  readonly X: Matrix | readonly (readonly number[])[];
  /** One number or text an example. */
  readonly y: ArrayLike<number> | readonly string[];
}

/**
 * Examples as a table, and the configuration with the name of its target: `label`, unless it has one.
 *
 * @throws ShapeError where examples differ in their number of features, or have another number of labels
 */
export function asTable(examples: Table | ArrayExamples, configuration: Configuration): [Table, Configuration] {
  requireRecord("prepare(): examples", examples, "a table, such as parseCsv() gives it, or { X, y }");
  if ("columns" in examples) return [examples, configuration];
  const X = matrixOf(examples.X); // (features × examples)
  const { target = labelColumn } = configuration.data ?? {};
  const { y } = examples;
  if (y.length !== X.columns) {
    const transposed =
      y.length === X.rows ? "; a matrix X is features × examples, a list has one example an entry" : "";
    throw new ShapeError(`X has ${X.columns} examples and y ${y.length} labels; expected one label each${transposed}`);
  }
  const values = X.data instanceof Float64Array ? X.data : new Float64Array(X.data);
  const features = numericColumns(values, X.columns, numberedColumns(X.rows));
  const table = { rows: X.columns, columns: [...features, labelsOf(target, y)] };
  return [table, { ...configuration, data: { ...configuration.data, target } }];
}

function matrixOf(X: ArrayExamples["X"]): Matrix {
  if (X instanceof Matrix) return X;
  return transpose(Matrix.from(X));
}

function labelsOf(name: string, y: ArrayExamples["y"]): Column {
  return isTexts(y)
    ? { kind: "categorical", name, values: y }
    : { kind: "numeric", name, values: Float64Array.from(y) };
}

function isTexts(y: ArrayExamples["y"]): y is readonly string[] {
  return typeof y[0] === "string";
}
