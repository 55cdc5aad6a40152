import type { FloatArray } from "../array/floatArray.js";

/** An array of any number of dimensions in one piece, as it comes from another program: its shape is its own, unlike a typed array's. */
export class ShapedArray {
  /** Length of each axis. */
  readonly shape: readonly number[];
  /** The last axis is the fastest. */
  readonly data: FloatArray;

  constructor(shape: readonly number[], data: FloatArray) {
    this.shape = shape;
    this.data = data;
  }
}
