import type { ClassificationMetrics, RegressionMetrics } from "./summarize.js";

/** Every number a report or an early stop may go by. */
export type MetricName = "cost" | "logLoss" | "rmse" | "mae" | keyof ClassificationMetrics | keyof RegressionMetrics;

const errors: readonly MetricName[] = ["cost", "logLoss", "mse", "rmse", "mae"];

/**
 * Whether a larger value of the metric is the better one: true but for `cost`, `logLoss`, `mse`, `rmse` and `mae`.
 *
 * @example
 * import { isHigherBetter } from "gradproof/metrics";
 * isHigherBetter("prAuc"); // => true
 * isHigherBetter("mse"); // => false
 */
export function isHigherBetter(metric: MetricName): boolean {
  return !errors.includes(metric);
}
