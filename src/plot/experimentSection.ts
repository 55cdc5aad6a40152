import { comparisonTable } from "./comparisonTable.js";
import { costChart } from "./costChart.js";
import { decisionBoundary } from "./decisionBoundary.js";
import { examplesTable } from "./examplesTable.js";
import { figure, wideFigure } from "./figure.js";
import { formatMetric, formatNumber } from "./formatNumber.js";
import { type Markup, markup } from "./markup.js";
import type { ReportedRun } from "./reportedRun.js";
import { dataTable } from "./table.js";

/** What a section says of an experiment besides its numbers. */
export interface ExperimentText {
  readonly title: string;
  /** What was done. */
  readonly introduction: string;
  /** What to see in the cost curves. */
  readonly costs: string;
  /** What to see in each run's picture, by the name of the run. */
  readonly runs: ReadonlyMap<string, string>;
  readonly yScale: "linear" | "log";
}

/** An experiment: its runs against the reference, their costs in one chart, and what each has learned. */
export function experimentSection(runs: readonly ReportedRun[], text: ExperimentText): Markup {
  return markup`<section><h2>${text.title}</h2>
<p>${text.introduction}</p>
${wideFigure(
  (width) =>
    costChart(
      runs.map(({ label, costs }) => ({ name: label, points: costs })),
      { title: "Training cost", yScale: text.yScale, width },
    ),
  text.costs,
  costTable(runs),
)}
<div class="figures${runs.length % 3 === 1 && " pairs"}">
${runs.map((run) => boundaryFigure(run, text.runs.get(run.name) ?? ""))}</div>
${comparisonTable(runs)}
</section>`;
}

function boundaryFigure(run: ReportedRun, note: string): Markup {
  const { label, boundary, data, trainAccuracy, testAccuracy } = run;
  const accuracies = markup`<strong>Accuracy: training ${formatMetric(trainAccuracy)}, test ${formatMetric(testAccuracy)}.</strong> ${note}`;
  if (!boundary) return markup`<p>${label}: ${accuracies}</p>`;
  const train = data && { train: data.train };
  return figure(decisionBoundary(boundary, { ...train, title: label }), accuracies, train && examplesTable(train));
}

function costTable(runs: readonly ReportedRun[]): Markup {
  const iterations = [...new Set(runs.flatMap(({ costs }) => costs.map(([iteration]) => iteration)))].sort(
    (a, b) => a - b,
  );
  const byIteration = runs.map(({ costs }) => new Map(costs));
  return dataTable(
    "Training cost",
    [{ label: "iteration", kind: "number" }, ...runs.map(({ label }) => ({ label, kind: "number" as const }))],
    iterations,
    (iteration) => [
      formatNumber(iteration),
      ...byIteration.map((costs) => {
        const cost = costs.get(iteration);
        return cost === undefined ? "" : formatNumber(cost, 10);
      }),
    ],
  );
}
