import { requireRecord } from "../constraint/kinds.js";
import type { RateSearch } from "../training/rateCurve.js";
import { configurationSection } from "./configurationSection.js";
import { costChart } from "./costChart.js";
import { wideFigure } from "./figure.js";
import { formatNumber } from "./formatNumber.js";
import { htmlDocument } from "./htmlDocument.js";
import { markup } from "./markup.js";
import { dataTable } from "./table.js";

/** What a report on a search for a learning rate is made from: plain data. */
export interface LearningRateReportInput {
  readonly title: string;
  readonly search: RateSearch;
  readonly configuration: Readonly<Record<string, unknown>>;
  /** The command that repeats it. */
  readonly command: string;
  /** Version of gradproof. */
  readonly version?: string;
}

/**
 * A report on a search for a learning rate as a self-contained HTML page: the suggestion, cost against learning rate, the
 * numbers, the configuration and the command that repeats it.
 *
 * @returns an HTML document, without script or request
 *
 * @example
 * import { learningRateReport } from "gradproof/report";
 * const point = (learningRate: number, cost: number) => ({ learningRate, cost, smoothed: cost });
 * const search = {
 *   points: [point(0.001, 0.7), point(0.1, 0.3), point(10, 2)],
 *   lowest: point(0.1, 0.3), suggestion: 0.01, ended: "diverged" as const,
 * };
 * const command = "gradproof tune-rate data.csv --target y";
 * const page = learningRateReport({ title: "data.csv", search, configuration: {}, command });
 * page.includes("0.01"); // => true
 */
export function learningRateReport(input: LearningRateReportInput): string {
  requireRecord("learningRateReport(): input", input);
  const { title, search, configuration, command, version } = input;
  const { points, lowest, suggestion } = search;
  const series = (name: string, read: "cost" | "smoothed") => ({
    name,
    points: points.map((point) => [point.learningRate, point[read]] as const),
  });
  const positive = points.every(({ cost }) => cost > 0);
  const costs = points.map(({ cost }) => cost);
  const yScale = positive && Math.max(...costs) > 30 * Math.min(...costs) ? "log" : "linear";
  const number = (label: string) => ({ label, kind: "number" }) as const;
  const best = suggestion === undefined ? {} : { best: { x: suggestion, label: `suggested: ${suggestion}` } };
  return htmlDocument(
    title,
    markup`<header><h1>${title}</h1>
<p class="quiet">${points.length} steps, the learning rate growing from one to the next.${version && ` gradproof ${version}.`}</p></header>
<main>
<div class="tiles"><div class="tile"><h3>Learning rate</h3><p class="headline">${suggestion ?? "none"}</p></div></div>
<p>${
      lowest === undefined || suggestion === undefined
        ? "The cost has not fallen: try other rates, or more steps."
        : `A tenth of ${formatNumber(lowest.learningRate, 2)}, where the smoothed cost was lowest: ${formatNumber(lowest.smoothed, 3)}.`
    }</p>
${wideFigure(
  (width) =>
    costChart([series("smoothed", "smoothed"), series("each step", "cost")], {
      title: "Cost by learning rate",
      xLabel: "learning rate, logarithmic",
      xScale: "log",
      yScale,
      width,
      ...best,
    }),
  "The cost of each step’s batch, without penalty, and its running average. Left of the fall the steps are too small to learn, right of the rise too large.",
  dataTable("Steps", [number("learning rate"), number("cost"), number("smoothed")], points, (point) => [
    formatNumber(point.learningRate, 3),
    formatNumber(point.cost, 6),
    formatNumber(point.smoothed, 6),
  ]),
)}
${configurationSection(configuration, command)}
</main>`,
  );
}
