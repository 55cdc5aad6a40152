import { OptionError, show } from "../constraint/constraint.js";
import { Matrix } from "./matrix.js";

/** @throws OptionError for what is no matrix; nested arrays are told how to become one. */
export function requireMatrix(where: string, value: unknown): void {
  if (value instanceof Matrix) return;
  throw new OptionError(`${where} must be a Matrix, such as Matrix.from([[1, 2], [3, 4]]), got ${show(value)}`);
}
