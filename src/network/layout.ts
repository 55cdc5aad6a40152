import type { FloatArray } from "../array/floatArray.js";
import { Matrix } from "../array/matrix.js";
import type { ParameterWindow } from "../ops/parameterWindow.js";

/**
 * Number of parameters, the length of θ.
 *
 * @example
 * import { dense } from "gradproof";
 * import { parameterCount, programOf } from "gradproof/network";
 * parameterCount(programOf(2, [dense(3, "relu"), dense(1, "sigmoid")]).layout); // => 13
 */
export function parameterCount(layout: readonly ParameterWindow[]): number {
  return layout.reduce((total, { rows, columns }) => total + rows * columns, 0);
}

/** A view on a window of a vector laid out like θ; it shares its memory. */
export function viewOf({ rows, columns, offset }: ParameterWindow, vector: FloatArray): Matrix {
  return new Matrix(rows, columns, vector.subarray(offset, offset + rows * columns));
}

/**
 * Named views on a vector laid out like θ; they share its memory.
 *
 * @param prefix put before each name: `d` gives dW1, db1, … for a gradient
 */
export function viewsOf(layout: readonly ParameterWindow[], vector: FloatArray, prefix = ""): Record<string, Matrix> {
  return Object.fromEntries(layout.map((window) => [`${prefix}${window.name}`, viewOf(window, vector)]));
}
