import { Matrix } from "../array/matrix.js";
import { transposeInto } from "../array/transposeInto.js";
import type { Column, NumericColumn } from "./table.js";

/**
 * The numbers of a data set feature after feature, as X has them (features × examples). This is the one place where X
 * changes its layout on its way from a file to a network.
 *
 * @param order what `data` holds one after the other: all numbers of an example, or all of a feature
 * @returns a new buffer; `data` itself where it is of this form already
 */
export function featureMajor(
  data: ArrayLike<number>,
  examples: number,
  features: number,
  order: "examples" | "features",
): Float64Array {
  if (order === "features") return data instanceof Float64Array ? data : new Float64Array(data);
  const values = new Float64Array(features * examples); // (features × examples)
  transposeInto(values, data, examples, features);
  return values;
}

/** Columns of a table that are the rows of one buffer, features × examples. */
export function numericColumns(values: Float64Array, examples: number, names: readonly string[]): NumericColumn[] {
  return names.map((name, i) => ({
    kind: "numeric",
    name,
    values: values.subarray(i * examples, (i + 1) * examples),
  }));
}

/** The columns as one matrix (features × examples) **on their own memory**, where they lie one after the other in it. */
export function sharedMatrix(columns: readonly Column[], examples: number): Matrix | undefined {
  const [first] = columns;
  if (first?.kind !== "numeric") return undefined;
  const { buffer, byteOffset, BYTES_PER_ELEMENT } = first.values;
  const adjacent = columns.every(
    ({ kind, values }, i) =>
      kind === "numeric" &&
      values.buffer === buffer &&
      values.byteOffset === byteOffset + i * examples * BYTES_PER_ELEMENT,
  );
  if (!adjacent) return undefined;
  return new Matrix(columns.length, examples, new Float64Array(buffer, byteOffset, columns.length * examples));
}
