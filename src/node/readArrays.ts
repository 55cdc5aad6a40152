import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { say } from "../constraint/codedError.js";
import { FormatError, formatErrorIn } from "../data/formatError.js";
import { parseIdx } from "../data/readers/idx.js";
import { parseNpy, parseNpz } from "../data/readers/npy.js";
import type { NumericColumn, Table } from "../data/table.js";
import { withFileErrors } from "./fileError.js";
import { nodeWords } from "./words.js";

/** Examples from files of arrays, as a table: one row per example, one column per feature. */
export interface ArrayTable {
  /** Columns `x0`, `x1`, …, or `p0_0`, `p0_1`, … of the pixels of images; last the labels, where there are any. */
  readonly table: Table;
  /** Height x width (x channels) where the file says that these are images. */
  readonly image: string | undefined;
  /** Whether the labels are the numbers of classes: IDX has no others, NumPy's arrays may hold anything. */
  readonly classes: boolean;
}

/** Name of the column that labels become. */
export const labelColumn = "label";

type ArrayFormat = "npy" | "npz" | "idx";

/** Whether a file holds arrays, by its name: `.npy`, `.npz`, `.idx`, `.idx3-ubyte` or `-idx3-ubyte`, also with `.gz`. */
export function isArrayFile(path: string): boolean {
  return formatOf(path) !== undefined;
}

function formatOf(path: string): ArrayFormat | undefined {
  const [, numpy, idx] = /\.(np[yz])$|[.-](idx)\d*(?:-[a-z]+)?(?:\.gz)?$/i.exec(basename(path)) ?? [];
  return (numpy ?? idx)?.toLowerCase() as ArrayFormat | undefined;
}

/**
 * Reads examples from a file of arrays: from IDX one a first index, from NumPy's files **one a row**, as NumPy users hold
 * them. An archive (`.npz`) has them as `X`, their labels as `y`; else labels are in a file of their own, one an example.
 *
 * @param labels the file of the labels; without it, and without `y`, the table has no labels
 * @throws FileError where a file cannot be read, FormatError where it does not hold such arrays; both name the file
 */
export async function readArrays(path: string, labels?: string): Promise<ArrayTable> {
  const { columns, rows, image, y, transposable } = await readFeatures(path);
  if (labels !== undefined && y !== undefined) {
    const files = { file: basename(path), labels: basename(labels) };
    throw new FormatError(say(nodeWords, "arrays.labelsTwice", files));
  }
  const found = labels === undefined ? y : await readLabels(labels);
  if (found === undefined) return { table: { rows, columns }, image, classes: false };
  if (found.values.length !== rows) {
    const id = transposable && found.values.length === columns.length ? "arrays.transposed" : "arrays.count";
    const files = { file: basename(path), labelsFile: basename(labels ?? path) };
    throw new FormatError(say(nodeWords, id, { ...files, examples: rows, labels: found.values.length }));
  }
  const column: NumericColumn = { kind: "numeric", name: labelColumn, values: found.values };
  return { table: { rows, columns: [...columns, column] }, image, classes: found.classes };
}

interface Features {
  readonly rows: number;
  readonly columns: readonly NumericColumn[];
  readonly image?: string;
  readonly y?: Labels | undefined;
  /** Whether rows and columns may have been taken for each other. */
  readonly transposable: boolean;
}

interface Labels {
  readonly values: Float64Array;
  readonly classes: boolean;
}

function readFeatures(path: string): Promise<Features> {
  return readFormat(path, (bytes, format): Features => {
    if (format === "npy") return matrixFeatures(parseNpy(bytes));
    if (format === "idx") return idxFeatures(parseIdx(bytes));
    const arrays = parseNpz(bytes);
    const X = arrays.get("X");
    if (X === undefined) {
      throw new FormatError(say(nodeWords, "arrays.noX", { known: [...arrays.keys()] }));
    }
    const y = arrays.get("y");
    return { ...matrixFeatures(X, "X"), y: y && matrixLabels(y, "y") };
  });
}

function readLabels(path: string): Promise<Labels> {
  return readFormat(path, (bytes, format): Labels => {
    if (format === "npy") return matrixLabels(parseNpy(bytes));
    if (format === "npz") throw new FormatError(say(nodeWords, "arrays.labelsArchive"));
    const { shape, data } = parseIdx(bytes);
    if (shape.length > 1) {
      throw new FormatError(
        say(nodeWords, "arrays.labelsShape", { dimensions: shape.length, shape: shape.join(" × ") }),
      );
    }
    if (data instanceof Float32Array || data instanceof Float64Array) {
      throw new FormatError(say(nodeWords, "arrays.labelsType"));
    }
    return { values: Float64Array.from(data), classes: true };
  });
}

/** Reads a file by its format; errors name it. */
async function readFormat<T>(path: string, parse: (bytes: Uint8Array, format: ArrayFormat) => T): Promise<T> {
  const format = formatOf(path);
  if (format === undefined) {
    throw new FormatError(say(nodeWords, "arrays.format", { path }));
  }
  const bytes = await withFileErrors("read", path, () => readFile(path));
  try {
    return parse(bytes, format);
  } catch (thrown) {
    throw formatErrorIn(basename(path), thrown);
  }
}

function matrixFeatures({ rows, columns, data }: { rows: number; columns: number; data: NumberList }, array?: string) {
  return { rows, columns: columnsOf(data, rows, numbered(columns), array), transposable: true };
}

function idxFeatures({ shape, data }: { shape: readonly number[]; data: NumberList }): Features {
  const [rows, height, width, channels = 1] = shape;
  if (shape.length === 1) {
    throw new FormatError(say(nodeWords, "arrays.onlyLabels"));
  }
  if (shape.length > 4) {
    throw new FormatError(say(nodeWords, "arrays.dimensions", { dimensions: shape.length }));
  }
  if (shape.length === 2) {
    return { rows, columns: columnsOf(data, rows, numbered(height)), transposable: false };
  }
  if (channels > 4 && height <= 4) {
    throw new FormatError(say(nodeWords, "arrays.channels", { shape: shape.slice(1).join(" × ") }));
  }
  const names = Array.from({ length: height * width * channels }, (_, i) => {
    const pixel = Math.floor(i / channels);
    const place = `p${Math.floor(pixel / width)}_${pixel % width}`;
    return channels === 1 ? place : `${place}_${i % channels}`;
  });
  const image = channels === 1 ? `${height}x${width}` : `${height}x${width}x${channels}`;
  return { rows, columns: columnsOf(data, rows, names), image, transposable: false };
}

type NumberList = ArrayLike<number>;

const numbered = (count: number): string[] => Array.from({ length: count }, (_, i) => `x${i}`);

/** The columns of an array that holds one row per example. */
function columnsOf(data: NumberList, rows: number, names: readonly string[], array?: string): NumericColumn[] {
  const width = names.length;
  return names.map((name, i) => {
    const values = new Float64Array(rows);
    for (let j = 0; j < rows; j++) {
      const value = data[j * width + i];
      if (!Number.isFinite(value)) {
        throw new FormatError(say(nodeWords, "arrays.entry", { row: j, column: i, value, array }));
      }
      values[j] = value;
    }
    return { kind: "numeric", name, values };
  });
}

function matrixLabels(
  { rows, columns, data }: { rows: number; columns: number; data: NumberList },
  array?: string,
): Labels {
  if (rows > 1 && columns > 1) {
    throw new FormatError(say(nodeWords, "arrays.oneHot", { rows, columns, array }));
  }
  const values = Float64Array.from(data);
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) throw new FormatError(say(nodeWords, "arrays.label", { row: bad, value: values[bad], array }));
  return { values, classes: false };
}
