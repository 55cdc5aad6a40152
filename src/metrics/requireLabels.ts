import type { Matrix } from "../array/matrix.js";
import { requireMatrix } from "../array/requireMatrix.js";
import { ShapeError } from "../array/shapeError.js";

/** Rejects what no metric can be computed from: shapes that differ, no examples, NaN among the predictions or targets. */
export function requirePredictions(operation: string, P: Matrix, Y: Matrix): void {
  requireMatrix(`${operation}(): the predictions`, P);
  requireMatrix(`${operation}(): the targets`, Y);
  if (P.rows !== Y.rows || P.columns !== Y.columns) {
    throw new ShapeError(
      `${operation}(): predictions are ${P.rows} × ${P.columns} and targets ${Y.rows} × ${Y.columns}; ` +
        "both must be outputs × examples",
    );
  }
  if (P.rows === 0 || P.columns === 0) {
    throw new ShapeError(`${operation}(): needs at least one example, got a ${P.rows} × ${P.columns} matrix`);
  }
  requireNumbers(operation, "predictions", P);
  requireNumbers(operation, "targets", Y);
}

/** What `requirePredictions` asks, and that Y holds labels: 0 or 1 in one row, or one-hot columns in several. */
export function requireLabels(operation: string, P: Matrix, Y: Matrix): void {
  requirePredictions(operation, P, Y);
  for (let j = 0; j < Y.columns; j++) {
    let ones = 0;
    for (let k = 0; k < Y.rows; k++) {
      const label = Y.data[k * Y.columns + j];
      if (label !== 0 && label !== 1) {
        throw new RangeError(`${operation}(): targets must be 0 or 1, example ${j} has ${label}`);
      }
      ones += label;
    }
    if (Y.rows > 1 && ones !== 1) {
      throw new RangeError(`${operation}(): targets must be one-hot, example ${j} belongs to ${ones} classes`);
    }
  }
}

/** What `requireLabels` asks, and that there are two classes in one row. */
export function requireBinary(operation: string, P: Matrix, Y: Matrix): void {
  requireLabels(operation, P, Y);
  if (P.rows !== 1) {
    throw new ShapeError(
      `${operation}(): is defined for two classes, with predictions of 1 × examples; got ${P.rows} × ${P.columns}`,
    );
  }
}

/** Rejects labels of one class only, for which no ROC curve exists. */
export function requireBothClasses(operation: string, positives: number, negatives: number): void {
  if (positives > 0 && negatives > 0) return;
  throw new RangeError(
    `${operation}(): needs examples of both classes, got ${positives} of class 1 and ${negatives} of class 0`,
  );
}

/** Rejects labels without a positive example, for which recall is not defined. */
export function requirePositives(operation: string, positives: number): void {
  if (positives > 0) return;
  throw new RangeError(`${operation}(): needs at least one example of class 1, got none`);
}

function requireNumbers(operation: string, what: string, A: Matrix): void {
  const { data } = A;
  let at = 0;
  while (at < data.length && !Number.isNaN(data[at])) at++;
  if (at < data.length) throw new RangeError(`${operation}(): ${what} hold NaN at example ${at % A.columns}`);
}
