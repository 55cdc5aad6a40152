import { say } from "../../../constraint/codedError.js";
import { numberedColumns } from "../../arrayColumns.js";
import { featureMajor, numericColumns } from "../../featureMajor.js";
import { FormatError } from "../../formatError.js";
import type { NumericColumn } from "../../table.js";
import type { StoredArray } from "../storedArray.js";
import { arraysWords, type Dialect } from "./words.js";

/** Examples as columns of a table. */
export interface Features {
  readonly rows: number;
  /** `x0`, `x1`, …, or `p0_0`, `p0_1`, … of the pixels of images: views on one buffer. */
  readonly columns: readonly NumericColumn[];
  /** Height x width (x channels) of images. */
  readonly image: string | undefined;
}

/**
 * The features of each example.
 *
 * @param axis the dimension that counts the examples: 0 for rows, or 1 of a matrix
 * @param name of the array, for messages; undefined where it is all the file has
 */
export function featuresOf(array: StoredArray, axis: 0 | 1, name: string | undefined, dialect: Dialect): Features {
  const { shape, data, order } = array;
  const { names, image } =
    shape.length > 2 ? pixelsOf(array) : { names: numberedColumns(shape[1 - axis]), image: undefined };
  const rows = shape[axis];
  const byExample = (axis === 0) === (order === "C");
  const values = featureMajor(data, rows, names.length, byExample ? "examples" : "features");
  const bad = data instanceof Float32Array || data instanceof Float64Array ? firstNotFinite(values) : -1;
  if (bad >= 0) {
    const place = [bad % rows, Math.floor(bad / rows)]; // example, feature
    const [row, column] = axis === 0 ? place : place.reverse();
    const example = axis === 0 ? "row" : "column";
    const details = { dialect, row, column, value: values[bad], example, array: name } as const;
    throw new FormatError(say(arraysWords, "arrays.entry", details));
  }
  return { rows, columns: numericColumns(values, rows, names), image };
}

function firstNotFinite(values: Float64Array): number {
  for (let k = 0; k < values.length; k++) if (!Number.isFinite(values[k])) return k;
  return -1;
}

/** The names of the pixels of images, examples × height × width (× channels). */
function pixelsOf({ shape, order }: StoredArray): { names: string[]; image: string } {
  const [, height, width, channels = 1] = shape;
  if (shape.length > 4) {
    throw new FormatError(say(arraysWords, "arrays.dimensions", { dimensions: shape.length }));
  }
  if (channels > 4 && height <= 4) {
    throw new FormatError(say(arraysWords, "arrays.channels", { shape: shape.slice(1).join(" × ") }));
  }
  if (order === "F") {
    throw new FormatError(say(arraysWords, "arrays.fortran"));
  }
  const names = Array.from({ length: height * width * channels }, (_, i) => {
    const pixel = Math.floor(i / channels);
    const place = `p${Math.floor(pixel / width)}_${pixel % width}`;
    return channels === 1 ? place : `${place}_${i % channels}`;
  });
  return { names, image: channels === 1 ? `${height}x${width}` : `${height}x${width}x${channels}` };
}
