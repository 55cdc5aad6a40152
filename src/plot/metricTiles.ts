import type { MetricName } from "../metrics/isHigherBetter.js";
import { formatMetric } from "./formatNumber.js";
import { type Markup, markup } from "./markup.js";

/** Metrics of one part of the data. */
export type Metrics = Readonly<Partial<Record<MetricName, number>>>;

/** Parts of the data a model is judged on. */
export type DataPart = "train" | "validation" | "test";

const METRIC_LABELS: Readonly<Record<MetricName, string>> = {
  cost: "cost",
  accuracy: "accuracy",
  precision: "precision",
  recall: "recall",
  f1: "F1",
  rocAuc: "ROC-AUC",
  prAuc: "PR-AUC",
  mse: "mean squared error",
  r2: "R²",
};

const SPLIT_LABELS: Readonly<Record<DataPart, string>> = { train: "Training", validation: "Validation", test: "Test" };

/** A metric as the field writes it. */
export function metricLabel(name: MetricName): string {
  return METRIC_LABELS[name];
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
  const names = (Object.keys(METRIC_LABELS) as MetricName[]).filter((name) => metrics[name] !== undefined);
  const value = (name: MetricName): string => formatMetric(metrics[name] ?? Number.NaN);
  const large = names.includes(headline) ? headline : names[0];
  return markup`<section class="tile"><h3>${label}</h3>
${large && markup`<p class="headline">${value(large)} <small>${metricLabel(large)}</small></p>`}
<dl>${names.filter((name) => name !== large).map((name) => markup`<dt>${metricLabel(name)}</dt><dd>${value(name)}</dd>`)}</dl>
</section>\n`;
}
