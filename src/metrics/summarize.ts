import type { Matrix } from "../array/matrix.js";
import { requireRecord } from "../constraint/kinds.js";
import { accuracy } from "./accuracy.js";
import { f1 } from "./f1.js";
import { meanSquaredError } from "./meanSquaredError.js";
import { prAuc } from "./prAuc.js";
import { precision } from "./precision.js";
import { r2 } from "./r2.js";
import { recall } from "./recall.js";
import { rocAuc } from "./rocAuc.js";

/** Metrics of a classifier. The areas are there for two classes, where the labels allow them. */
export interface ClassificationMetrics {
  readonly accuracy: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** Two classes, both of which occur. */
  readonly rocAuc?: number;
  /** Two classes, of which class 1 occurs. */
  readonly prAuc?: number;
}

/** Metrics of a regression. */
export interface RegressionMetrics {
  readonly mse: number;
  readonly r2: number;
}

/**
 * Every metric that fits the task.
 *
 * - `binary`, `multiclass`: accuracy, precision, recall, f1 (for several classes their macro average); for two classes
 *   also rocAuc and prAuc, each left out where the labels do not allow it
 * - `regression`: mse, r2
 *
 * @param P predictions: probabilities 1 × examples or classes × examples, or numbers outputs × examples
 * @param Y targets of the same shape
 * @param threshold for two classes: predict 1 where P > threshold; default 0.5
 * @throws ShapeError when the shapes differ or there are no examples
 * @throws RangeError when a label or prediction is not one
 *
 * @example
 * import { Matrix } from "gradproof";
 * import { summarize } from "gradproof/metrics";
 * summarize(Matrix.row([1, 2, 3, 5]), Matrix.row([1, 2, 3, 4]), "regression"); // => { mse: 0.25, r2: 0.8 }
 * const metrics = summarize(Matrix.row([0.9, 0.6, 0.3, 0.1]), Matrix.row([1, 0, 0, 1]), "binary");
 * metrics; // => { accuracy: 0.5, precision: 0.5, recall: 0.5, f1: 0.5, rocAuc: 0.5, prAuc: 0.75 }
 */
export function summarize(
  P: Matrix,
  Y: Matrix,
  task: "binary" | "multiclass",
  options?: { readonly threshold?: number | undefined },
): ClassificationMetrics;
export function summarize(P: Matrix, Y: Matrix, task: "regression"): RegressionMetrics;
export function summarize(
  P: Matrix,
  Y: Matrix,
  task: "binary" | "multiclass" | "regression",
  options?: { readonly threshold?: number | undefined },
): ClassificationMetrics | RegressionMetrics;
export function summarize(
  P: Matrix,
  Y: Matrix,
  task: "binary" | "multiclass" | "regression",
  options: { readonly threshold?: number | undefined } = {},
): ClassificationMetrics | RegressionMetrics {
  requireRecord("summarize(): options", options);
  const { threshold = 0.5 } = options;
  if (task === "regression") return { mse: meanSquaredError(P, Y), r2: r2(P, Y) };
  const metrics = {
    accuracy: accuracy(P, Y, threshold),
    precision: precision(P, Y, threshold),
    recall: recall(P, Y, threshold),
    f1: f1(P, Y, threshold),
  };
  if (task === "multiclass" || !Y.data.includes(1)) return metrics;
  const roc = Y.data.includes(0) ? { rocAuc: rocAuc(P, Y) } : {};
  return { ...metrics, ...roc, prAuc: prAuc(P, Y) };
}
