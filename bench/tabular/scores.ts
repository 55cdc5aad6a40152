import { Matrix } from "../../src/array/matrix.js";
import { rocAuc } from "../../src/metrics/rocAuc.js";
import type { Job } from "./job.js";

/** What a method's predictions for the test rows are worth. */
export interface Scores {
  /** Accuracy, or R². */
  readonly hit: number;
  /** Log loss in nats, or the root of the mean squared error. */
  readonly loss: number;
  /** Of each class against the others, the mean of those that both occur and do not; of numbers none. */
  readonly auc?: number;
  /** Expected calibration error, of two classes alone. */
  readonly ece?: number;
}

/** A probability of 0 costs as much as this, so that one row's log loss is finite: scikit-learn's bound. */
const leastProbability = 1e-15;

/**
 * Of classes, one row of probabilities an example; of numbers one number.
 *
 * @throws RangeError for predictions that are not finite
 */
export function scoresOf(
  job: Pick<Job, "task" | "classes" | "y" | "test">,
  predictions: readonly (readonly number[] | number)[],
): Scores {
  const y = job.test.map((i) => job.y[i]);
  const rows = predictions.map((row) => (typeof row === "number" ? [row] : row));
  if (rows.length !== y.length || !rows.flat().every(Number.isFinite))
    throw new RangeError("predictions are not finite");
  return job.task === "classes" ? ofClasses(y, rows, job.classes) : ofNumbers(y, rows.flat());
}

function ofNumbers(y: readonly number[], predictions: readonly number[]): Scores {
  const center = mean(y);
  const error = mean(y.map((value, i) => (predictions[i] - value) ** 2));
  return { hit: 1 - error / mean(y.map((value) => (value - center) ** 2)), loss: Math.sqrt(error) };
}

function ofClasses(y: readonly number[], probabilities: readonly (readonly number[])[], classes: number): Scores {
  const right = y.map((k, i) => Number(probabilities[i].indexOf(Math.max(...probabilities[i])) === k));
  const costs = y.map((k, i) => -Math.log(Math.min(1, Math.max(leastProbability, probabilities[i][k]))));
  const against = (k: number): number | undefined =>
    aucOf(
      probabilities.map((row) => row[k]),
      y.map((label) => Number(label === k)),
    );
  const areas = (classes === 2 ? [1] : [...Array(classes).keys()]).map(against).filter((area) => area !== undefined);
  const second = probabilities.map((row) => row[1]);
  return {
    hit: mean(right),
    loss: mean(costs),
    ...(areas.length > 0 && { auc: mean(areas) }),
    ...(classes === 2 && { ece: expectedCalibrationError(second, y) }),
  };
}

/** Undefined where all labels are alike. */
function aucOf(scores: readonly number[], labels: readonly number[]): number | undefined {
  return new Set(labels).size < 2 ? undefined : rocAuc(Matrix.row([...scores]), Matrix.row([...labels]));
}

/**
 * `Σ_bins (n_bin / n) |mean probability − share of class 1|` over ten bins of equal width, of the probability of class 1.
 *
 * Source: Naeini, Cooper & Hauskrecht 2015, "Obtaining well calibrated probabilities using Bayesian binning".
 */
export function expectedCalibrationError(probabilities: readonly number[], labels: readonly number[]): number {
  const differences = new Map<number, number>();
  for (const [i, p] of probabilities.entries()) {
    const bin = Math.min(9, Math.floor(p * 10));
    differences.set(bin, (differences.get(bin) ?? 0) + p - labels[i]);
  }
  return [...differences.values()].reduce((sum, difference) => sum + Math.abs(difference), 0) / labels.length;
}

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
