import { say } from "../../../constraint/codedError.js";
import { FormatError } from "../../formatError.js";
import { parseIdx } from "../idx.js";
import { readNpy } from "../npyArray.js";
import type { StoredArray } from "../storedArray.js";
import type { ArrayFormat } from "./arrayFormat.js";
import { chooseLabels } from "./chooseArrays.js";
import { containersIn } from "./container.js";
import { arraysWords, type Dialect } from "./words.js";

/** Labels, one an example. */
export interface Labels {
  readonly values: Float64Array;
  /** Whether they are the numbers of classes: IDX has no others, NumPy's and MATLAB's arrays may hold anything. */
  readonly classes: boolean;
}

/** The labels in a file of their own. */
export function parseLabels(bytes: Uint8Array, format: ArrayFormat): Labels {
  if (format === "npy") return labelsOf(readNpy(bytes), undefined, "numpy");
  if (format === "idx") return idxLabels(bytes);
  const [container, y] = chooseLabels(containersIn(bytes, format));
  return labelsOf(container.read(y), container.prefix + y, format === "mat" ? "matlab" : "numpy");
}

/**
 * The labels that an array holds as a row, a column or in one dimension.
 *
 * @param array its name, for messages; undefined where it is all the file has
 */
export function labelsOf({ shape, data }: StoredArray, array: string | undefined, dialect: Dialect): Labels {
  if (shape.filter((length) => length > 1).length > 1) {
    throw new FormatError(say(arraysWords, "arrays.oneHot", { dialect, shape: shape.join(" × "), array }));
  }
  const values = new Float64Array(data);
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    throw new FormatError(say(arraysWords, "arrays.label", { dialect, row: bad, value: values[bad], array }));
  }
  return { values, classes: false };
}

function idxLabels(bytes: Uint8Array): Labels {
  const { shape, data } = parseIdx(bytes);
  if (shape.length > 1) {
    throw new FormatError(
      say(arraysWords, "arrays.labelsShape", { dimensions: shape.length, shape: shape.join(" × ") }),
    );
  }
  if (data instanceof Float32Array || data instanceof Float64Array) {
    throw new FormatError(say(arraysWords, "arrays.labelsType"));
  }
  return { values: new Float64Array(data), classes: true };
}
