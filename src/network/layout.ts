import type { FloatArray } from "../array/floatArray.js";
import { Matrix } from "../array/matrix.js";
import type { DenseSpec } from "./spec.js";

/** Where one weight matrix or bias lies in θ. */
export interface ParameterWindow {
  /** `W1`, `b1`, … */
  readonly name: string;
  readonly kind: "W" | "b";
  /** Layer, from 1. */
  readonly layer: number;
  readonly rows: number;
  readonly columns: number;
  /** Index of the first entry in θ; the entries follow row after row. */
  readonly offset: number;
}

/** The windows of a network in the order of θ: W1, b1, W2, b2, …; W[l] is n[l] × n[l−1], b[l] is n[l] × 1. */
export function layoutOf(inputs: number, layers: readonly DenseSpec[]): readonly ParameterWindow[] {
  const windows: ParameterWindow[] = [];
  let offset = 0;
  let columns = inputs;
  for (const [index, { units }] of layers.entries()) {
    const layer = index + 1;
    windows.push({ name: `W${layer}`, kind: "W", layer, rows: units, columns, offset });
    offset += units * columns;
    windows.push({ name: `b${layer}`, kind: "b", layer, rows: units, columns: 1, offset });
    offset += units;
    columns = units;
  }
  return windows;
}

/** Number of parameters, the length of θ. */
export function parameterCount(layout: readonly ParameterWindow[]): number {
  return layout.reduce((total, { rows, columns }) => total + rows * columns, 0);
}

/**
 * Named views on a vector laid out like θ; they share its memory.
 *
 * @param prefix put before each name: `d` gives dW1, db1, … for a gradient
 */
export function viewsOf(layout: readonly ParameterWindow[], vector: FloatArray, prefix = ""): Record<string, Matrix> {
  return Object.fromEntries(
    layout.map(({ name, rows, columns, offset }) => [
      `${prefix}${name}`,
      new Matrix(rows, columns, vector.subarray(offset, offset + rows * columns)),
    ]),
  );
}
