import { labelColumn } from "../../arrayColumns.js";
import { FormatError } from "../../formatError.js";
import type { NumericColumn, Table } from "../../table.js";
import { parseIdx } from "../idx.js";
import { readNpy } from "../npyArray.js";
import type { StoredArray } from "../storedArray.js";
import { type ArrayFormat, requireArrayFormat } from "./arrayFormat.js";
import { chooseArrays } from "./chooseArrays.js";
import { containersIn } from "./container.js";
import { type Dialect, matlab, numpy } from "./dialect.js";
import { featuresOf } from "./features.js";
import { type Labels, labelsOf, parseLabels } from "./labels.js";

/** Examples from files of arrays, as a table: one row an example, one column a feature. */
export interface ArrayTable {
  /** Columns `x0`, `x1`, …, or `p0_0`, `p0_1`, … of the pixels of images; last the labels, where there are any. */
  readonly table: Table;
  /** Height x width (x channels) where the array says that these are images. */
  readonly image: string | undefined;
  /** Whether the labels are the numbers of classes: IDX has no others, NumPy's and MATLAB's arrays may hold anything. */
  readonly classes: boolean;
  /** What was taken for what, and what was left alone, where there was a choice. */
  readonly note: string | undefined;
}

/** A file at hand: its name decides the format and stands in messages. */
export interface ArrayFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What is known beside the file that holds the examples. */
export interface ArrayOptions {
  /** The file of the labels; without it, and without `y` in the file itself, the table has no labels. */
  readonly labels?: ArrayFile;
  /** The number of features that a model expects: tells rows from columns in a MAT-file without labels. */
  readonly features?: number;
}

/**
 * The examples in a file of arrays: of IDX and NumPy's files one a first index, a row; of a MAT-file one a row or one a
 * column, whichever there is a label for. An archive holds them as `X`, their labels as `y` (or `X_train`, `y_train`,
 * or fields of a struct); what else is in it is left alone, unread.
 *
 * The columns may share the memory of the file's bytes.
 *
 * @throws FormatError where a file does not hold such arrays, naming it
 */
export function parseArrays(file: ArrayFile, { labels, features }: ArrayOptions = {}): ArrayTable {
  const examples = within(file, readExamples);
  if (labels !== undefined && examples.y !== undefined) {
    throw new FormatError(`${file.name} holds the labels itself, as ${examples.yName}; leave ${labels.name} out`);
  }
  const found = labels === undefined ? examples.y : within(labels, parseLabels);
  const axis = within(file, () => exampleAxis(examples, found?.values.length, features));
  const { rows, columns, image } = within(file, () => featuresOf(examples.X, axis, examples.name, examples.dialect));
  const note = noteOf(examples, axis);
  const common = { image, note: note && `${file.name}: ${note}` };
  if (found === undefined) return { table: { rows, columns }, classes: false, ...common };
  if (found.values.length !== rows) {
    const transposed = examples.transposable && found.values.length === columns.length;
    throw new FormatError(
      `${file.name} has ${count(rows, "example")}, ${(labels ?? file).name} ${count(found.values.length, "label")}; ` +
        `expected one label per example${transposed ? "; one row per example is expected: transpose the array" : ""}`,
    );
  }
  const column: NumericColumn = { kind: "numeric", name: labelColumn, values: found.values };
  return { table: { rows, columns: [...columns, column] }, classes: found.classes, ...common };
}

/** The array of the examples, and what its file says about it. */
interface Examples {
  readonly X: StoredArray;
  /** For messages; empty where the array is all the file has. */
  readonly name: string;
  readonly y?: Labels | undefined;
  readonly yName?: string | undefined;
  /** Of MATLAB, an example may be a column. */
  readonly dialect: Dialect;
  /** Whether rows and columns may have been taken for each other. */
  readonly transposable: boolean;
  readonly note?: string | undefined;
}

function readExamples(bytes: Uint8Array, format: ArrayFormat): Examples {
  if (format === "idx") return idxExamples(bytes);
  if (format === "npy") {
    return { X: atLeastMatrix(readNpy(bytes)), name: "", dialect: numpy, transposable: true };
  }
  const { container, X, y, note } = chooseArrays(containersIn(bytes, format));
  const [name, yName] = [container.prefix + X, y === undefined ? undefined : container.prefix + y];
  const dialect = format === "mat" ? matlab : numpy;
  return {
    X: atLeastMatrix(container.read(X)),
    name,
    y: y === undefined ? undefined : labelsOf(container.read(y), yName ?? "", dialect),
    yName,
    dialect,
    transposable: dialect === numpy,
    note,
  };
}

function idxExamples(bytes: Uint8Array): Examples {
  const { shape, data } = parseIdx(bytes);
  if (shape.length === 1) {
    throw new FormatError(
      "the file has one dimension, as labels have; expected images, or one row of numbers an example",
    );
  }
  return { X: { shape, data, order: "C" }, name: "", dialect: numpy, transposable: false };
}

/** One dimension is a row, as NumPy's own broadcasting has it. */
function atLeastMatrix(array: StoredArray): StoredArray {
  return array.shape.length >= 2 ? array : { ...array, shape: [1, 1, ...array.shape].slice(-2) };
}

/** The dimension that counts the examples: in a MAT-file, the one that fits labels and features. */
function exampleAxis(
  { X: { shape }, name, dialect }: Examples,
  labels: number | undefined,
  features: number | undefined,
): 0 | 1 {
  if (dialect !== matlab || (labels === undefined && features === undefined)) return 0;
  const size = `${name} is ${shape.join(" × ")}`;
  const labelled = ([0, 1] as const).filter((axis) => labels === undefined || shape[axis] === labels);
  if (labelled.length === 0) {
    throw new FormatError(
      `${size}, and there ${labels === 1 ? "is 1 label" : `are ${labels} labels`}; ` +
        "expected one label a row, or one a column",
    );
  }
  const fitting = labelled.filter((axis) => features === undefined || shape[1 - axis] === features);
  const [axis = labelled[0], other] = fitting;
  if (other !== undefined && shape[0] > 1) {
    const advice =
      labels === undefined
        ? `leave one example out, such as ${name}(1:end-1, :) where it is a row and ${name}(:, 1:end-1) where it is a column`
        : `write a table: writetable(array2table([${name} y(:)]), 'data.csv') where it is a row, ` +
          `and with ${name}' where it is a column`;
    throw new FormatError(`${size}, so an example may be a row or a column; ${advice}`);
  }
  return axis;
}

function noteOf({ note, name, X: { shape } }: Examples, axis: 0 | 1): string | undefined {
  const column = axis === 1 ? `${name} is ${shape.join(" × ")}: an example a column` : undefined;
  return note === undefined || column === undefined ? (note ?? column) : `${note}; ${column}`;
}

/** Reads a file by its format; errors name it. */
function within<T>({ name, bytes }: ArrayFile, read: (bytes: Uint8Array, format: ArrayFormat) => T): T {
  const format = requireArrayFormat(name);
  try {
    return read(bytes, format);
  } catch (thrown) {
    throw thrown instanceof FormatError ? new FormatError(`${name}: ${thrown.message}`, { cause: thrown }) : thrown;
  }
}

function count(number: number, what: string): string {
  return `${number.toLocaleString("en-US")} ${what}${number === 1 ? "" : "s"}`;
}
