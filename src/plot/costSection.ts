import type { HistoryEntry, Run } from "../training/run.js";
import type { TrackedMetric } from "../training/spec.js";
import { type CostChartOptions, costChart, type Series } from "./costChart.js";
import { wideFigure } from "./figure.js";
import { formatNumber } from "./formatNumber.js";
import { type Markup, markup, type Part } from "./markup.js";
import { membersCurve } from "./membersCurve.js";
import { metricLabel } from "./metricTiles.js";
import { dataTable } from "./table.js";

/** Curves that span more than this need a logarithmic axis to be told apart. */
const SPAN = 100;

/** How a run went, or the runs of an ensemble's members: the cost, and the watched metric where that is another. */
export function costSection(runs: readonly Run[]): Markup {
  const [run] = runs;
  const { best } = run;
  const several = runs.length > 1;
  const history = runs.flatMap((one) => one.history);
  // With mini-batches passes over the data are what one counts in, as long as each has its entry.
  const byEpoch =
    run.spec.batchSize !== undefined &&
    runs.every((one) => one.history.every((entry, i) => i === 0 || entry.epoch > one.history[i - 1].epoch));
  const xLabel = byEpoch ? "epoch" : "iteration";
  const xOf = (point: { readonly iteration: number; readonly epoch: number }): number => point[xLabel];
  const marked = best && !several && { best: { x: xOf(best), label: `best: ${xLabel} ${formatNumber(xOf(best))}` } };
  const series = (name: string, read: (entry: HistoryEntry) => number | undefined): Series => ({
    name,
    ...membersCurve(
      runs.map((one) =>
        one.history.flatMap((entry) => {
          const value = read(entry);
          return value === undefined ? [] : [[xOf(entry), value] as const];
        }),
      ),
    ),
  });
  const rates = series("α", (entry) => entry.learningRate);
  const penalized = history.some((entry) => entry.penalty > 0);
  const costs = [
    series("train", (entry) => entry.dataCost),
    series("train, all kept", (entry) => entry.cleanCost && entry.cleanCost - entry.penalty),
    series("validation", (entry) => entry.validation?.cost),
    series("penalty", (entry) => (penalized ? entry.penalty : undefined)),
  ].filter(({ points }) => points.length > 0);
  const yScale = spanOf(costs.filter(({ name }) => name !== "penalty")) > SPAN ? "log" : "linear";
  return markup`<h2>Cost</h2>
${wideFigure(
  (width) => costChart(costs, { title: `Cost by ${xLabel}`, xLabel, yScale, width, ...marked }),
  costCaption(costs, runs),
  several ? meansTable(costs, xLabel) : historyTable(history),
)}
${
  best &&
  best.metric !== "cost" &&
  watchedFigure(
    best.metric,
    series("validation", (entry) => entry.validation?.[best.metric]),
    { xLabel, ...marked },
    several,
  )
}
${rates.points.length > 0 && rateFigure(rates, xLabel)}`;
}

/** The learning rate, where it has a schedule; on a linear scale, on which a cosine looks like one. */
function rateFigure(rates: Series, xLabel: string): Markup {
  const number = (label: string) => ({ label, kind: "number" }) as const;
  return wideFigure(
    (width) => costChart([rates], { title: "Learning rate", xLabel, yLabel: "α", yScale: "linear", width }),
    "The learning rate α of the steps, which follows its schedule.",
    dataTable("Learning rate", [number(xLabel), number("α")], rates.points, ([x, value]) => [
      formatNumber(x),
      formatNumber(value, 6),
    ]),
  );
}

/** The metric that decided which weights are kept. */
function watchedFigure(metric: TrackedMetric, curve: Series, options: CostChartOptions, several: boolean): Markup {
  const label = metricLabel(metric);
  const number = (name: string) => ({ label: name, kind: "number" }) as const;
  return wideFigure(
    (width) => costChart([curve], { ...options, title: `Validation ${label}`, yLabel: label, width }),
    `${label} on the validation set decided which weights are kept${several ? ", of each member by its own" : ""}.`,
    dataTable(`Validation ${label}`, [number(options.xLabel ?? ""), number(label)], curve.points, ([x, value]) => [
      formatNumber(x),
      formatNumber(value, 6),
    ]),
  );
}

function costCaption(costs: readonly Series[], runs: readonly Run[]): Part {
  const [{ best, spec }] = runs;
  const has = (name: string): boolean => costs.some((curve) => curve.name === name);
  return [
    "Mean cost of an example, without the penalty.",
    runs.length > 1
      ? " Thin lines are members of the ensemble, the thick one is the mean of those that still train at that moment."
      : "",
    has("penalty") ? " The penalty λ/(2m) Σ‖W‖² is drawn apart; training minimizes the sum of the two." : "",
    has("train, all kept")
      ? " The training cost is measured with units dropped out, and again with all of them kept."
      : "",
    has("validation")
      ? " Where the validation cost turns up while the training cost still falls, the network begins to overfit."
      : "",
    spec.classWeight
      ? " In training each example counts with the weight of its class, in validation all alike: the two are on different scales."
      : "",
    best && runs.length === 1 ? " The marked point is where the weights of this model come from." : "",
  ];
}

/** The means of the members, of all curves of a chart. */
function meansTable(costs: readonly Series[], xLabel: string): Markup {
  const number = (label: string) => ({ label, kind: "number" }) as const;
  const columns = costs.map(({ points }) => new Map(points));
  const places = [...new Set(columns.flatMap((column) => [...column.keys()]))].sort((a, b) => a - b);
  return dataTable("Means of the members", [number(xLabel), ...costs.map(({ name }) => number(name))], places, (x) => [
    formatNumber(x),
    ...columns.map((column) => {
      const value = column.get(x);
      return value === undefined ? "" : formatNumber(value, 6);
    }),
  ]);
}

/** Largest over smallest positive value. */
function spanOf(curves: readonly Series[]): number {
  let low = Number.POSITIVE_INFINITY;
  let high = 0;
  for (const [, value] of curves.flatMap(({ points }) => points)) {
    if (!(value > 0 && Number.isFinite(value))) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return high / low;
}

function historyTable(history: readonly HistoryEntry[]): Markup {
  const metrics = new Set(history.flatMap((entry) => Object.keys(entry.validation ?? {}) as TrackedMetric[]));
  const clean = history.some((entry) => entry.cleanCost !== undefined);
  const text = (value: number | undefined): string => (value === undefined ? "" : formatNumber(value, 6));
  const number = (label: string) => ({ label, kind: "number" }) as const;
  return dataTable(
    "History",
    [
      number("iteration"),
      number("epoch"),
      number("cost"),
      number("data cost"),
      number("penalty"),
      ...(clean ? [number("cost, all units kept")] : []),
      ...[...metrics].map((name) => number(`validation ${metricLabel(name)}`)),
    ],
    history,
    (entry) => [
      formatNumber(entry.iteration),
      formatNumber(entry.epoch),
      text(entry.cost),
      text(entry.dataCost),
      text(entry.penalty),
      ...(clean ? [text(entry.cleanCost)] : []),
      ...[...metrics].map((name) => text(entry.validation?.[name])),
    ],
  );
}
