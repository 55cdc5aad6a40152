import { FormatError } from "../../formatError.js";
import { parseIdx } from "../idx.js";
import { readNpy } from "../npyArray.js";
import type { StoredArray } from "../storedArray.js";
import type { ArrayFormat } from "./arrayFormat.js";
import { chooseLabels } from "./chooseArrays.js";
import { containersIn } from "./container.js";
import { type Dialect, matlab, numpy } from "./dialect.js";

/** Labels, one an example. */
export interface Labels {
  readonly values: Float64Array;
  /** Whether they are the numbers of classes: IDX has no others, NumPy's and MATLAB's arrays may hold anything. */
  readonly classes: boolean;
}

/** The labels in a file of their own. */
export function parseLabels(bytes: Uint8Array, format: ArrayFormat): Labels {
  if (format === "npy") return labelsOf(readNpy(bytes), "", numpy);
  if (format === "idx") return idxLabels(bytes);
  const [container, y] = chooseLabels(containersIn(bytes, format));
  return labelsOf(container.read(y), container.prefix + y, format === "mat" ? matlab : numpy);
}

/** The labels that an array holds as a row, a column or in one dimension. */
export function labelsOf({ shape, data }: StoredArray, name: string, dialect: Dialect): Labels {
  const of = name === "" ? "" : ` of ${name}`;
  if (shape.filter((length) => length > 1).length > 1) {
    throw new FormatError(
      `the array${of} is ${shape.join(" × ")}; expected one label per example, such as ${dialect.labels}`,
    );
  }
  const values = new Float64Array(data);
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0)
    throw new FormatError(`entry ${dialect.entry(bad)}${of} is ${values[bad]}; replace it, or leave the row out`);
  return { values, classes: false };
}

function idxLabels(bytes: Uint8Array): Labels {
  const { shape, data } = parseIdx(bytes);
  if (shape.length > 1) {
    throw new FormatError(`labels have one dimension, these numbers ${shape.length} (${shape.join(" × ")})`);
  }
  if (data instanceof Float32Array || data instanceof Float64Array) {
    throw new FormatError(
      "labels of an IDX file are the whole numbers of classes, but it holds floating-point numbers; " +
        "save quantities to predict as .npy",
    );
  }
  return { values: new Float64Array(data), classes: true };
}
