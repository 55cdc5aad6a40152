import type { Matrix } from "../array/matrix.js";
import { requireNumber } from "../constraint/constraint.js";
import { requireRecord } from "../constraint/kinds.js";
import { requireLabels } from "./requireLabels.js";

/** Probabilities beside what happened, a bin an entry, from the smallest probabilities to the largest. */
export interface CalibrationCurve {
  /** Mean probability of the examples in a bin. */
  readonly predicted: readonly number[];
  /** Share of them for which it came true. */
  readonly observed: readonly number[];
  /** Number of them. */
  readonly counts: readonly number[];
}

/**
 * The calibration curve, or reliability diagram: of the examples that are given a probability of about 0.3, are 3 in 10 so?
 *
 * - two classes: the probability of class 1, and the share of class 1
 * - several: the probability of the predicted class, and the share of examples that are of it
 *
 * Bins hold about as many examples each: bin b ends at the quantile b / bins of the probabilities. Equal probabilities stay together,
 * so there may be fewer bins.
 *
 * @param P probabilities, 1 × examples (two classes) or classes × examples
 * @param Y labels of the same shape: 0 or 1, or one-hot columns
 * @param options bins: 2 … 1,000, default 10
 * @throws ShapeError when the shapes differ or there are no examples
 * @throws RangeError when a label is not 0 or 1, a column is not one-hot, or a prediction is NaN; OptionError for bins out of range
 * @see Niculescu-Mizil & Caruana, "Predicting good probabilities with supervised learning" (ICML 2005); scikit-learn,
 *   `calibration_curve` with `strategy="quantile"`
 *
 * @example
 * import { Matrix } from "gradproof";
 * import { calibrationCurve } from "gradproof/metrics";
 * const P = Matrix.row([0.25, 0.25, 0.25, 0.25, 0.75, 0.75]);
 * const Y = Matrix.row([0, 0, 1, 0, 1, 0]);
 * calibrationCurve(P, Y, { bins: 2 }); // => { predicted: [0.25, 0.75], observed: [0.25, 0.5], counts: [4, 2] }
 */
export function calibrationCurve(P: Matrix, Y: Matrix, options: { readonly bins?: number } = {}): CalibrationCurve {
  requireLabels("calibrationCurve", P, Y);
  requireRecord("calibrationCurve(): options", options);
  const range = { kind: "number", whole: true, min: 2, max: 1000 } as const;
  const bins = requireNumber("calibrationCurve(): bins", options.bins ?? 10, range);
  const { probabilities, happened } = P.rows === 1 ? { probabilities: P.data, happened: Y.data } : ofPredicted(P, Y);
  const sorted = Float64Array.from(probabilities).sort();
  // What is not above the quantile is not above the value at or below it either, so nothing has to be interpolated.
  const ends = Array.from({ length: bins - 1 }, (_, b) => sorted[Math.floor(((sorted.length - 1) * (b + 1)) / bins)]);
  const sums = Array.from({ length: bins }, () => ({ predicted: 0, observed: 0, count: 0 }));
  for (let j = 0; j < probabilities.length; j++) {
    const bin = sums[binOf(ends, probabilities[j])];
    bin.predicted += probabilities[j];
    bin.observed += happened[j];
    bin.count += 1;
  }
  const filled = sums.filter(({ count }) => count > 0);
  return {
    predicted: filled.map(({ predicted, count }) => predicted / count),
    observed: filled.map(({ observed, count }) => observed / count),
    counts: filled.map(({ count }) => count),
  };
}

/** The number of ends below the value. */
function binOf(ends: readonly number[], value: number): number {
  let [low, high] = [0, ends.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ends[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The probability of each example's predicted class, and 1 where the example is of it. */
function ofPredicted(P: Matrix, Y: Matrix): { probabilities: Float64Array; happened: Float64Array } {
  const m = P.columns;
  const probabilities = new Float64Array(m);
  const happened = new Float64Array(m);
  for (let j = 0; j < m; j++) {
    let best = 0;
    for (let k = 1; k < P.rows; k++) if (P.data[k * m + j] > P.data[best * m + j]) best = k;
    probabilities[j] = P.data[best * m + j];
    happened[j] = Y.data[best * m + j];
  }
  return { probabilities, happened };
}
