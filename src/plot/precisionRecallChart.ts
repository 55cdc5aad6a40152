import type { Matrix } from "../array/matrix.js";
import { requireRecord } from "../constraint/kinds.js";
import { prAuc } from "../metrics/prAuc.js";
import { precisionRecallCurve } from "../metrics/precisionRecallCurve.js";
import { formatMetric, formatNumber } from "./formatNumber.js";
import { operatingIndex, type RateChartOptions, rateChart } from "./rateChart.js";

/**
 * The precision-recall curve of a classifier as an SVG document: how pure its alarms are for how many of class 1 it catches. The
 * curve is drawn in steps, so that the area under it is `prAuc`; the baseline is the share of class 1, and the point that of the
 * threshold in use.
 *
 * @param P probabilities, 1 × examples
 * @param Y labels 0 and 1, 1 × examples
 * @returns an SVG document
 * @throws whatever `precisionRecallCurve` does: above all where class 1 does not occur
 *
 * @example
 * import { Matrix } from "gradproof";
 * import { precisionRecallChart } from "gradproof/report";
 * const svg = precisionRecallChart(Matrix.row([0.9, 0.6, 0.3, 0.1]), Matrix.row([1, 0, 0, 1]));
 * svg.includes("area 0.7500"); // => true
 */
export function precisionRecallChart(P: Matrix, Y: Matrix, options: RateChartOptions = {}): string {
  requireRecord("precisionRecallChart(): options", options);
  const { threshold = 0.5, title = "Precision-recall curve", width = 344 } = options;
  const { precision, recall, thresholds } = precisionRecallCurve(P, Y);
  const area = formatMetric(prAuc(P, Y));
  const k = operatingIndex(thresholds, threshold);
  const positives = precision[precision.length - 1];
  const operatingText =
    k === 0
      ? `above ${formatNumber(threshold)}: nothing is predicted positive`
      : `above ${formatNumber(threshold)}: recall ${formatMetric(recall[k])}, precision ${formatMetric(precision[k])}`;
  return rateChart({
    title,
    description: `Precision-recall curve with area ${area}; chance would reach ${formatMetric(positives)}. Predicting the positive class ${operatingText}.`,
    xLabel: "recall",
    yLabel: "precision",
    points: recall.map((x, i) => [x, precision[i]]),
    join: "step",
    curveText: `area ${area} (average precision)`,
    chance: [positives, positives],
    chanceText: `chance, ${formatMetric(positives)}`,
    operating: [recall[k], precision[k]],
    operatingText,
    width,
  });
}
