import type { ClassificationMetrics, RegressionMetrics } from "./summarize.js";

/** Every number a report or an early stop may go by. */
export type MetricName = "cost" | keyof ClassificationMetrics | keyof RegressionMetrics;

/**
 * Whether a larger value of the metric is the better one: true but for `cost` and `mse`.
 *
 * @example
 * import { isHigherBetter } from "gradproof/metrics";
 * isHigherBetter("prAuc"); // => true
 * isHigherBetter("mse"); // => false
 */
export function isHigherBetter(metric: MetricName): boolean {
  return metric !== "cost" && metric !== "mse";
}
