import { type Said, say } from "../../../constraint/codedError.js";
import { labelColumn } from "../../arrayColumns.js";
import { FormatError, formatErrorIn } from "../../formatError.js";
import type { NumericColumn, Table } from "../../table.js";
import { parseIdx } from "../idx.js";
import { readNpy } from "../npyArray.js";
import type { StoredArray } from "../storedArray.js";
import { type ArrayFormat, requireArrayFormat } from "./arrayFormat.js";
import { chooseArrays } from "./chooseArrays.js";
import { containersIn } from "./container.js";
import { featuresOf } from "./features.js";
import { type Labels, labelsOf, parseLabels } from "./labels.js";
import { arraysWords, type Dialect } from "./words.js";

/** Examples from files of arrays, as a table: one row an example, one column a feature. */
export interface ArrayTable {
  /** Columns `x0`, `x1`, …, or `p0_0`, `p0_1`, … of the pixels of images; last the labels, where there are any. */
  readonly table: Table;
  /** Height x width (x channels) where the array says that these are images. */
  readonly image: string | undefined;
  /** Whether the labels are the numbers of classes: IDX has no others, NumPy's and MATLAB's arrays may hold anything. */
  readonly classes: boolean;
  /** What was taken for what, and what was left alone; none where there was no choice. */
  readonly notes: readonly Said[];
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
  const examples = inFile(file, readExamples);
  if (labels !== undefined && examples.y !== undefined) {
    const names = { file: file.name, y: examples.yName ?? "y", labels: labels.name };
    throw new FormatError(say(arraysWords, "arrays.labelsTwice", names));
  }
  const found = labels === undefined ? examples.y : inFile(labels, parseLabels);
  const axis = inFile(file, () => exampleAxis(examples, found?.values.length, features));
  const { rows, columns, image } = inFile(file, () => featuresOf(examples.X, axis, examples.name, examples.dialect));
  const common = { image, notes: notesOn(examples, axis) };
  if (found === undefined) return { table: { rows, columns }, classes: false, ...common };
  if (found.values.length !== rows) {
    const transposed = examples.transposable && found.values.length === columns.length;
    const files = { file: file.name, labelsFile: (labels ?? file).name };
    const counts = { ...files, examples: rows, labels: found.values.length };
    throw new FormatError(say(arraysWords, transposed ? "arrays.transposed" : "arrays.count", counts));
  }
  const column: NumericColumn = { kind: "numeric", name: labelColumn, values: found.values };
  return { table: { rows, columns: [...columns, column] }, classes: found.classes, ...common };
}

/** The array of the examples, and what its file says about it. */
interface Examples {
  readonly X: StoredArray;
  /** For messages; undefined where the array is all the file has. */
  readonly name: string | undefined;
  readonly y?: Labels | undefined;
  readonly yName?: string | undefined;
  /** Of MATLAB, an example may be a column. */
  readonly dialect: Dialect;
  /** Whether rows and columns may have been taken for each other. */
  readonly transposable: boolean;
  readonly note?: Said | undefined;
}

function readExamples(bytes: Uint8Array, format: ArrayFormat): Examples {
  if (format === "idx") return idxExamples(bytes);
  if (format === "npy") {
    return { X: atLeastMatrix(readNpy(bytes)), name: undefined, dialect: "numpy", transposable: true };
  }
  const { container, X, y, note } = chooseArrays(containersIn(bytes, format));
  const [name, yName] = [container.prefix + X, y === undefined ? undefined : container.prefix + y];
  const dialect = format === "mat" ? "matlab" : "numpy";
  return {
    X: atLeastMatrix(container.read(X)),
    name,
    y: y === undefined ? undefined : labelsOf(container.read(y), yName, dialect),
    yName,
    dialect,
    transposable: dialect === "numpy",
    note,
  };
}

function idxExamples(bytes: Uint8Array): Examples {
  const { shape, data } = parseIdx(bytes);
  if (shape.length === 1) {
    throw new FormatError(say(arraysWords, "arrays.onlyLabels"));
  }
  return { X: { shape, data, order: "C" }, name: undefined, dialect: "numpy", transposable: false };
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
  if (dialect !== "matlab" || (labels === undefined && features === undefined)) return 0;
  const sized = { array: name ?? "X", shape: shape.join(" × ") };
  const labelled = ([0, 1] as const).filter((axis) => labels === undefined || shape[axis] === labels);
  if (labelled.length === 0 && labels !== undefined) {
    throw new FormatError(say(arraysWords, "arrays.labels", { ...sized, labels }));
  }
  const fitting = labelled.filter((axis) => features === undefined || shape[1 - axis] === features);
  const [axis = labelled[0], other] = fitting;
  if (other !== undefined && shape[0] > 1) {
    const id = labels === undefined ? "arrays.square" : "arrays.squareLabelled";
    throw new FormatError(say(arraysWords, id, sized));
  }
  return axis;
}

function notesOn({ note, name, X: { shape } }: Examples, axis: 0 | 1): Said[] {
  const notes = note === undefined ? [] : [note];
  if (axis === 1) notes.push(say(arraysWords, "arrays.columns", { array: name ?? "X", shape: shape.join(" × ") }));
  return notes;
}

/** Reads a file by its format; errors name it. */
function inFile<T>({ name, bytes }: ArrayFile, read: (bytes: Uint8Array, format: ArrayFormat) => T): T {
  const format = requireArrayFormat(name);
  try {
    return read(bytes, format);
  } catch (thrown) {
    throw formatErrorIn(name, thrown);
  }
}
