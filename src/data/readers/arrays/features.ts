import { numberedColumns } from "../../arrayColumns.js";
import { featureMajor, numericColumns } from "../../featureMajor.js";
import { FormatError } from "../../formatError.js";
import type { NumericColumn } from "../../table.js";
import type { StoredArray } from "../storedArray.js";
import type { Dialect } from "./dialect.js";

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
 * @param name of the array, for messages; empty where it is all the file has
 */
export function featuresOf(array: StoredArray, axis: 0 | 1, name: string, { entry }: Dialect): Features {
  const { shape, data, order } = array;
  const { names, image } =
    shape.length > 2 ? pixelsOf(array) : { names: numberedColumns(shape[1 - axis]), image: undefined };
  const rows = shape[axis];
  const byExample = (axis === 0) === (order === "C");
  const values = featureMajor(data, rows, names.length, byExample ? "examples" : "features");
  const bad = data instanceof Float32Array || data instanceof Float64Array ? firstNotFinite(values) : -1;
  if (bad >= 0) {
    const [feature, example] = [Math.floor(bad / rows), bad % rows];
    const [where, line] = axis === 0 ? [entry(example, feature), "row"] : [entry(feature, example), "column"];
    const of = name === "" ? "" : ` of ${name}`;
    throw new FormatError(`entry ${where}${of} is ${values[bad]}; replace it, or leave the ${line} out`);
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
    throw new FormatError(`the array has ${shape.length} dimensions; expected images × height × width (× channels)`);
  }
  if (channels > 4 && height <= 4) {
    throw new FormatError(
      `the images are ${shape.slice(1).join(" × ")}, so their channels seem to come first; expected them last, ` +
        "such as images.transpose(0, 2, 3, 1)",
    );
  }
  if (order === "F") {
    throw new FormatError("the images are in Fortran's order; save them as numpy.ascontiguousarray(images)");
  }
  const names = Array.from({ length: height * width * channels }, (_, i) => {
    const pixel = Math.floor(i / channels);
    const place = `p${Math.floor(pixel / width)}_${pixel % width}`;
    return channels === 1 ? place : `${place}_${i % channels}`;
  });
  return { names, image: channels === 1 ? `${height}x${width}` : `${height}x${width}x${channels}` };
}
