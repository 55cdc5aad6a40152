import { readFile } from "node:fs/promises";
import { Matrix } from "../array/matrix.js";
import { transpose } from "../array/product.js";
import type { Dataset } from "../data/dataset.js";
import { FormatError } from "../data/formatError.js";
import { parseMat } from "../data/readers/mat.js";
import { withFileErrors } from "./fileError.js";

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
    throw thrown instanceof FormatError ? new FormatError(`${path}: ${thrown.message}`, { cause: thrown }) : thrown;
  }
}

function toDataset(variables: ReadonlyMap<string, Matrix>, xName: string, yName: string): Dataset {
  const X = variable(variables, xName);
  const y = variable(variables, yName);
  if (X.columns !== 2 || y.columns !== 1 || X.rows !== y.rows) {
    throw new FormatError(
      `${xName} is ${X.rows} × ${X.columns} and ${yName} is ${y.rows} × ${y.columns}; ` +
        "expected points × 2 and points × 1, one row a point",
    );
  }
  const strange = y.data.find((label) => label !== 0 && label !== 1);
  if (strange !== undefined) throw new FormatError(`${yName} holds ${strange}; expected labels 0 and 1`);
  return { X: transpose(X), Y: Matrix.row(y.data), featureNames: ["x₁", "x₂"] };
}

function variable(variables: ReadonlyMap<string, Matrix>, name: string): Matrix {
  const found = variables.get(name);
  if (found === undefined) throw new FormatError(`there is no variable ${name}`);
  return found;
}
