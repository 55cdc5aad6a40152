import { Matrix } from "../array/matrix.js";
import { requireMatrix } from "../array/requireMatrix.js";
import { ShapeError } from "../array/shapeError.js";
import { requireFunction } from "../constraint/kinds.js";

/** What a classifier says on a grid over the plane of two features. */
export interface ProbabilityField {
  /** Probability of class 1: row i is the i-th height from y0 up to y1, column j the j-th place from x0 to x1, ends included. */
  readonly grid: Matrix;
  readonly x0: number;
  readonly x1: number;
  readonly y0: number;
  readonly y1: number;
}

/**
 * Evaluates a classifier on a square grid over the points and a margin around them, for `decisionBoundary`.
 *
 * @param X points, 2 × examples; where they lie sets what the grid covers: their range and 15 % beyond on each side
 * @param predict probabilities of class 1, 1 × examples, of points 2 × examples; called once
 * @param resolution points of the grid a side, 2 or more; default 100
 * @throws ShapeError when X does not have two rows and at least one column, or `predict` gives another shape
 * @throws RangeError when a coordinate is not finite
 *
 * @example
 * import { Matrix } from "gradproof";
 * import { probabilityField } from "gradproof/report";
 * const X = Matrix.from([[0, 20], [0, 40]]);
 * const field = probabilityField(X, (points) => Matrix.row(points.rowData(0).map((x) => x / 100)), 3);
 * [field.x0, field.x1, field.y0, field.y1]; // => [-3, 23, -6, 46]
 * field.grid.toArray()[0]; // => [-0.03, 0.1, 0.23]
 */
export function probabilityField(X: Matrix, predict: (points: Matrix) => Matrix, resolution = 100): ProbabilityField {
  requireMatrix("probabilityField(): X", X);
  requireFunction("probabilityField(): predict", predict, "a function of points, 2 × examples");
  if (X.rows !== 2 || X.columns === 0) {
    throw new ShapeError(
      `probabilityField(): needs points of two features, 2 × examples, got ${X.rows} × ${X.columns}`,
    );
  }
  if (!(Number.isInteger(resolution) && resolution >= 2)) {
    throw new RangeError(`probabilityField(): resolution must be a whole number of at least 2, got ${resolution}`);
  }
  const [x0, x1] = withMargin(X.rowData(0));
  const [y0, y1] = withMargin(X.rowData(1));
  const points = Matrix.zeros(2, resolution * resolution, X.dtype); // (2 × grid points)
  for (let k = 0; k < points.columns; k++) {
    points.data[k] = x0 + ((x1 - x0) * (k % resolution)) / (resolution - 1);
    points.data[points.columns + k] = y0 + ((y1 - y0) * Math.floor(k / resolution)) / (resolution - 1);
  }
  const probabilities = predict(points); // (1 × grid points)
  if (probabilities.rows !== 1 || probabilities.columns !== points.columns) {
    throw new ShapeError(
      `probabilityField(): predict must give 1 × ${points.columns} probabilities, ` +
        `got ${probabilities.rows} × ${probabilities.columns}`,
    );
  }
  return { grid: new Matrix(resolution, resolution, probabilities.data.slice()), x0, x1, y0, y1 };
}

function withMargin(values: ArrayLike<number>): [low: number, high: number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let j = 0; j < values.length; j++) {
    if (!Number.isFinite(values[j])) {
      throw new RangeError(`probabilityField(): a coordinate of example ${j} is ${values[j]}`);
    }
    low = Math.min(low, values[j]);
    high = Math.max(high, values[j]);
  }
  // A feature that does not vary still needs some breadth to be drawn in.
  const margin = 0.15 * (high - low) || 1;
  return [low - margin, high + margin];
}
