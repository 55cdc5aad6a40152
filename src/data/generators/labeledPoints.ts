import { Matrix } from "../../array/matrix.js";
import type { Dataset } from "../dataset.js";

/** A point of the plane. */
export type PlanePoint = readonly [x: number, y: number];

/** Points of the plane with their classes as a dataset, noise added by the caller. */
export function labeledPoints(
  examples: number,
  classNames: readonly string[],
  pointAt: (example: number) => PlanePoint,
  classAt: (example: number) => number,
): Dataset {
  const X = Matrix.zeros(2, examples); // (features × examples)
  for (let j = 0; j < examples; j++) {
    const [x, y] = pointAt(j);
    X.data[j] = x;
    X.data[examples + j] = y;
  }
  return { X, Y: targetsOf(examples, classNames.length, classAt), featureNames: ["x", "y"], classNames };
}

/** 1 × examples of 0 and 1 for two classes, one-hot classes × examples for more. */
export function targetsOf(examples: number, classes: number, classAt: (example: number) => number): Matrix {
  const Y = Matrix.zeros(classes === 2 ? 1 : classes, examples);
  for (let j = 0; j < examples; j++) {
    const label = classAt(j);
    if (classes === 2) Y.data[j] = label;
    else Y.data[label * examples + j] = 1;
  }
  return Y;
}
