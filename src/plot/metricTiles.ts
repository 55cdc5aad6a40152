import type { MetricName } from "../metrics/isHigherBetter.js";
import { formatMetric } from "./formatNumber.js";
import { type Markup, markup } from "./markup.js";

/** Metrics of one part of the data. */
export type Metrics = Readonly<Partial<Record<MetricName, number>>>;

/** Parts of the data a model is judged on. */
export type DataPart = "train" | "validation" | "test";

const METRIC_LABELS: Readonly<Record<MetricName, string>> = {
  cost: "cost",
  logLoss: "log loss",
  accuracy: "accuracy",
  precision: "precision",
  recall: "recall",
  f1: "F1",
  rocAuc: "ROC-AUC",
  prAuc: "PR-AUC",
  rmse: "RMSE",
  mae: "MAE",
  mse: "mean squared error",
  r2: "R²",
};

const SPLIT_LABELS: Readonly<Record<DataPart, string>> = { train: "Training", validation: "Validation", test: "Test" };

/** A metric as the field writes it. */
export function metricLabel(name: MetricName): string {
  return METRIC_LABELS[name];
}

/** A cost that is the log loss, but for rounding and the clipping of the latter. */
const same = 1e-6;

/** The metrics to show, each said once: no mean squared error beside its root, no cost that is the log loss. */
export function shownMetrics(metrics: Metrics): MetricName[] {
  const { cost = Number.NaN, logLoss = Number.NaN, rmse } = metrics;
  const names = Object.keys(METRIC_LABELS) as MetricName[];
  // Of a regression the cost is in no unit of the target's: last.
  const ordered = rmse === undefined ? names : [...names.filter((name) => name !== "cost"), "cost" as const];
  return ordered.filter((name) => {
    if (metrics[name] === undefined) return false;
    if (name === "mse") return rmse === undefined;
    return name !== "cost" || !(Math.abs(cost - logLoss) <= same * Math.max(1, logLoss));
  });
}

/**
 * One tile a part of the data: the headline metric large, the others below it.
 *
 * @param labels of parts that are called otherwise
 */
export function metricTiles(
  metrics: Readonly<Partial<Record<DataPart, Metrics>>>,
  headline: MetricName,
  labels: Readonly<Partial<Record<DataPart, string>>> = {},
): Markup {
  const splits = (Object.keys(SPLIT_LABELS) as DataPart[]).filter((split) => metrics[split]);
  return markup`<div class="tiles">
${splits.map((split) => tile(labels[split] ?? SPLIT_LABELS[split], metrics[split] ?? {}, headline))}</div>`;
}

function tile(label: string, metrics: Metrics, headline: MetricName): Markup {
  const names = shownMetrics(metrics);
  const value = (name: MetricName): string => formatMetric(metrics[name] ?? Number.NaN);
  const large = names.includes(headline) ? headline : names[0];
  return markup`<section class="tile"><h3>${label}</h3>
${large && markup`<p class="headline">${value(large)} <small>${metricLabel(large)}</small></p>`}
<dl>${names.filter((name) => name !== large).map((name) => markup`<dt>${metricLabel(name)}</dt><dd>${value(name)}</dd>`)}</dl>
</section>\n`;
}
