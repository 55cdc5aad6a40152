import type { Matrix } from "../array/matrix.js";
import { requireRecord } from "../constraint/kinds.js";
import { rocAuc } from "../metrics/rocAuc.js";
import { rocCurve } from "../metrics/rocCurve.js";
import { formatMetric, formatNumber } from "./formatNumber.js";
import { operatingIndex, type RateChartOptions, rateChart } from "./rateChart.js";

/**
 * The ROC curve of a classifier as an SVG document: how many of class 1 it catches for how many false alarms, with its area, the
 * diagonal of chance, and the point of the threshold in use.
 *
 * @param P probabilities, 1 × examples
 * @param Y labels 0 and 1, 1 × examples
 * @returns an SVG document
 * @throws whatever `rocCurve` does: above all where only one class occurs
 *
 * @example
 * import { Matrix } from "gradproof";
 * import { rocChart } from "gradproof/report";
 * const svg = rocChart(Matrix.row([0.9, 0.6, 0.3, 0.1]), Matrix.row([1, 0, 1, 0]), { threshold: 0.2 });
 * svg.includes("area 0.7500"); // => true
 */
export function rocChart(P: Matrix, Y: Matrix, options: RateChartOptions = {}): string {
  requireRecord("rocChart(): options", options);
  const { threshold = 0.5, title = "ROC curve", width = 344 } = options;
  const { falsePositiveRate, truePositiveRate, thresholds } = rocCurve(P, Y);
  const area = formatMetric(rocAuc(P, Y));
  const k = operatingIndex(thresholds, threshold);
  const [alarms, caught] = [falsePositiveRate[k], truePositiveRate[k]];
  const operatingText = `above ${formatNumber(threshold)}: recall ${formatMetric(caught)}, false alarms ${formatMetric(alarms)}`;
  return rateChart({
    title,
    description: `ROC curve with area ${area}. Predicting class 1 ${operatingText}.`,
    xLabel: "false positive rate",
    yLabel: "true positive rate (recall)",
    points: falsePositiveRate.map((x, i) => [x, truePositiveRate[i]]),
    join: "straight",
    curveText: `area ${area}`,
    chance: [0, 1],
    chanceText: "chance, area 0.5",
    operating: [alarms, caught],
    operatingText,
    width,
  });
}
