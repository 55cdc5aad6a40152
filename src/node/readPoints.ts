import { readFile } from "node:fs/promises";
import { Matrix } from "../array/matrix.js";
import { transpose } from "../array/product.js";
import { say } from "../constraint/codedError.js";
import type { Dataset } from "../data/dataset.js";
import { FormatError, formatErrorIn } from "../data/formatError.js";
import { parseMat } from "../data/readers/mat.js";
import { withFileErrors } from "./fileError.js";
import { nodeWords } from "./words.js";

/**
 * Reads labelled points from a MATLAB v5 file with the variables `X`, `y` (training) and `Xval`, `yval`: one row a point
 * in X, 0 or 1 in y.
 *
 * @returns both parts with examples as columns
 * @throws FileError where the file cannot be read, FormatError where it does not hold such points; both name the file
 */
export async function readPoints(path: string): Promise<{ train: Dataset; test: Dataset }> {
  const bytes = await withFileErrors("read", path, () => readFile(path));
  try {
    const variables = parseMat(bytes, ["X", "y", "Xval", "yval"]);
    return { train: toDataset(variables, "X", "y"), test: toDataset(variables, "Xval", "yval") };
  } catch (thrown) {
    throw formatErrorIn(path, thrown);
  }
}

function toDataset(variables: ReadonlyMap<string, Matrix>, xName: string, yName: string): Dataset {
  const X = variable(variables, xName);
  const y = variable(variables, yName);
  if (X.columns !== 2 || y.columns !== 1 || X.rows !== y.rows) {
    const shapes = { rowsX: X.rows, columnsX: X.columns, rowsY: y.rows, columnsY: y.columns };
    throw new FormatError(say(nodeWords, "points.shape", { X: xName, y: yName, ...shapes }));
  }
  const strange = y.data.find((label) => label !== 0 && label !== 1);
  if (strange !== undefined) throw new FormatError(say(nodeWords, "points.label", { name: yName, value: strange }));
  return { X: transpose(X), Y: Matrix.row(y.data), featureNames: ["x₁", "x₂"] };
}

function variable(variables: ReadonlyMap<string, Matrix>, name: string): Matrix {
  const found = variables.get(name);
  if (found === undefined) throw new FormatError(say(nodeWords, "points.absent", { name }));
  return found;
}
