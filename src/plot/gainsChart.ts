import type { Matrix } from "../array/matrix.js";
import { requireRecord } from "../constraint/kinds.js";
import { gainsCurve } from "../metrics/gainsCurve.js";
import { formatNumber } from "./formatNumber.js";
import { operatingIndex, type RateChartOptions, rateChart } from "./rateChart.js";

/**
 * The cumulative gains of a classifier as an SVG document: how many of class 1 are found among the examples with the highest
 * probabilities, over the share of examples that is looked at. The diagonal is a choice by chance.
 *
 * @param P probabilities, 1 × examples
 * @param Y labels 0 and 1, 1 × examples
 * @returns an SVG document
 * @throws whatever `gainsCurve` does: above all where class 1 does not occur
 *
 * @example
 * import { Matrix } from "gradproof";
 * import { gainsChart } from "gradproof/report";
 * const svg = gainsChart(Matrix.row([0.9, 0.6, 0.3, 0.1]), Matrix.row([1, 0, 1, 0]), { threshold: 0.5 });
 * svg.includes("the first 10 % hold 20 %"); // => true
 */
export function gainsChart(P: Matrix, Y: Matrix, options: RateChartOptions = {}): string {
  requireRecord("gainsChart(): options", options);
  const { threshold = 0.5, title = "Cumulative gains", width = 344 } = options;
  const curve = gainsCurve(P, Y);
  const { selected, gain, thresholds } = curve;
  const k = operatingIndex(thresholds, threshold);
  const tenth = `the first 10 % hold ${percent(gainAt(curve, 0.1))}`;
  const operatingText = `above ${formatNumber(threshold)}: ${percent(selected[k])} hold ${percent(gain[k])}`;
  return rateChart({
    title,
    description: `Cumulative gains: of all positives, ${tenth}; ${operatingText}.`,
    xLabel: "share of examples, the surest first",
    yLabel: "share of positives that is found",
    points: selected.map((x, i) => [x, gain[i]]),
    join: "straight",
    curveText: tenth,
    chance: [0, 1],
    chanceText: "by chance",
    operating: [selected[k], gain[k]],
    operatingText,
    width,
  });
}

/** The gain where a share of the examples is selected; among equal scores each is as likely to be. */
export function gainAt({ selected, gain }: ReturnType<typeof gainsCurve>, share: number): number {
  const above = Math.max(
    1,
    selected.findIndex((value) => value >= share),
  );
  const part = (share - selected[above - 1]) / (selected[above] - selected[above - 1]);
  return gain[above - 1] + part * (gain[above] - gain[above - 1]);
}

const percent = (share: number): string => `${formatNumber(100 * share, 3)} %`;
