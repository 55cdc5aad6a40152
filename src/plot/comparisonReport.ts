import { type Difference, differences, valueText } from "../constraint/differences.js";
import { requireList, requireRecord } from "../constraint/kinds.js";
import type { Dataset } from "../data/dataset.js";
import { isHigherBetter, type MetricName } from "../metrics/isHigherBetter.js";
import type { HistoryEntry } from "../training/run.js";
import { costChart, type Series } from "./costChart.js";
import { decisionBoundary } from "./decisionBoundary.js";
import { examplesTable } from "./examplesTable.js";
import { figure, wideFigure } from "./figure.js";
import { formatMetric, formatNumber } from "./formatNumber.js";
import { htmlDocument } from "./htmlDocument.js";
import { type Markup, markup } from "./markup.js";
import { type DataPart, type Metrics, metricLabel, shownMetrics } from "./metricTiles.js";
import type { ProbabilityField } from "./probabilityField.js";
import { dataTable, table } from "./table.js";

/** One of the runs that are compared. */
export interface ComparedRun {
  /** As a reader should see it, such as the name of its folder. */
  readonly name: string;
  readonly history: readonly HistoryEntry[];
  /** Update steps an epoch. */
  readonly stepsPerEpoch: number;
  readonly epochs: number;
  /** Epoch of the weights kept, where early stopping chose them. */
  readonly bestEpoch?: number;
  /** For each part of the data there is. */
  readonly metrics: Readonly<Partial<Record<DataPart, Metrics>>>;
  /** As plain JSON data; what differs between the runs is shown. */
  readonly configuration: Readonly<Record<string, unknown>>;
  /** For two features and two classes: what `probabilityField` gives, and the examples to draw over it. */
  readonly boundary?: { readonly field: ProbabilityField; readonly train?: Dataset };
}

/** What a comparison is made from: plain data. */
export interface ComparisonReportInput {
  /** Two or more. */
  readonly runs: readonly ComparedRun[];
  /** What a reader should know before trusting the comparison, one sentence each. */
  readonly notes?: readonly string[];
  /** Version of gradproof. */
  readonly version?: string;
}

/** A metric of one part of the data, for every run. */
export interface MetricRow {
  readonly split: DataPart;
  readonly metric: MetricName;
  /** In the order of the runs; undefined where a run has none. */
  readonly values: readonly (number | undefined)[];
  /** Which runs have the best value; none where all have the same, or values cannot be compared. */
  readonly best: readonly boolean[];
}

const SPLITS: Readonly<Record<DataPart, string>> = { train: "training", validation: "validation", test: "test" };

/** Curves that span more than this need a logarithmic axis to be told apart. */
const SPAN = 100;

/**
 * A comparison of training runs as a self-contained HTML page: their metrics, what differs in their configuration, their
 * cost curves in one chart each for training and validation, and their decision boundaries side by side.
 *
 * The page has no script, makes no request, follows the reader's light or dark scheme, and escapes every name it is given.
 *
 * @returns an HTML document
 * @throws RangeError for fewer than two runs
 *
 * @example
 * import { comparisonReport } from "gradproof/report";
 * const run = (name: string, learningRate: number, cost: number) => ({
 *   name,
 *   history: [
 *     { iteration: 0, epoch: 1, cost: 0.7, dataCost: 0.7, penalty: 0 },
 *     { iteration: 100, epoch: 2, cost, dataCost: cost, penalty: 0 },
 *   ],
 *   stepsPerEpoch: 100,
 *   epochs: 2,
 *   metrics: { train: { cost } },
 *   configuration: { learningRate },
 * });
 * const page = comparisonReport({ runs: [run("slow", 0.01, 0.5), run("fast", 0.1, 0.2)] });
 * page.startsWith("<!doctype html>"); // => true
 */
export function comparisonReport(input: ComparisonReportInput): string {
  requireRecord("comparisonReport(): input", input);
  requireList("comparisonReport(): runs", input.runs);
  const { runs, notes = [], version } = input;
  if (runs.length < 2) throw new RangeError(`comparisonReport(): needs two or more runs, got ${runs.length}`);
  const title = `Comparison of ${runs.length} runs`;
  return htmlDocument(
    title,
    markup`<header><h1>${title}</h1>
<p class="quiet">${version && `gradproof ${version}.`}</p></header>
<main>
${notes.map((note) => markup`<p class="alert">${sentence(note)}</p>`)}
${metricsSection(runs)}
${configurationSection(runs)}
${costsSection(runs)}
${boundariesSection(runs)}
</main>`,
  );
}

/** Whether the runs have losses of their own, or some learned logarithms of the target, so that their costs cannot be compared. */
export function differInLoss(runs: readonly Pick<ComparedRun, "configuration">[]): boolean {
  const learned = runs.map(({ configuration: { loss, normalizeTarget } }) => [loss, normalizeTarget === "log"]);
  return new Set(learned.map((one) => JSON.stringify(one))).size > 1;
}

/** Every metric that any of the runs has, part by part, with the best of each; costs of different losses have none. */
export function metricRows(runs: readonly ComparedRun[]): MetricRow[] {
  return (Object.keys(SPLITS) as DataPart[]).flatMap((split) => {
    const names = new Set(runs.flatMap(({ metrics }) => shownMetrics(metrics[split] ?? {})));
    return [...names].map((metric) => {
      const values = runs.map(({ metrics }) => metrics[split]?.[metric]);
      const numbers = values.filter((value) => value !== undefined && Number.isFinite(value)) as number[];
      const best = isHigherBetter(metric) ? Math.max(...numbers) : Math.min(...numbers);
      const decided = numbers.some((value) => value !== best) && !(metric === "cost" && differInLoss(runs));
      return { split, metric, values, best: values.map((value) => decided && value === best) };
    });
  });
}

/** What differs in the configuration of the runs. */
export function configurationDifferences(runs: readonly ComparedRun[]): Difference[] {
  return differences(...runs.map(({ configuration }) => configuration));
}

/** A curve a run, by epoch; of `train`, the data cost. Runs without it have no points. */
export function costCurves(runs: readonly ComparedRun[], split: "train" | "validation"): Series[] {
  return runs.map(({ name, history, stepsPerEpoch }) => ({
    name,
    points: history.flatMap(({ iteration, dataCost, validation }) => {
      const cost = split === "train" ? dataCost : validation?.cost;
      return cost === undefined ? [] : [[iteration / stepsPerEpoch, cost] as const];
    }),
  }));
}

function metricsSection(runs: readonly ComparedRun[]): Markup {
  const columns = [{ label: "" }, ...runs.map(({ name }) => ({ label: name, kind: "number" as const }))];
  const rows = metricRows(runs);
  const partsOf = (split: DataPart) => rows.filter((row) => row.split === split);
  return markup`<h2>Metrics</h2>
<p>The best value of each row is in bold, where the runs differ.</p>
${table("Metrics", columns, [
  ["epochs", ...runs.map(({ epochs }) => formatNumber(epochs))],
  ...(runs.some(({ bestEpoch }) => bestEpoch !== undefined)
    ? [
        [
          "weights of epoch",
          ...runs.map(({ bestEpoch }) => (bestEpoch === undefined ? "last" : formatNumber(bestEpoch))),
        ],
      ]
    : []),
  ...(Object.keys(SPLITS) as DataPart[]).flatMap((split) =>
    partsOf(split).length === 0
      ? []
      : [
          [SPLITS[split]],
          ...partsOf(split).map(({ metric, values, best }) => [
            metricLabel(metric),
            ...values.map((value, i) => {
              const text = value === undefined ? "" : formatMetric(value);
              return best[i] ? markup`<strong>${text}</strong>` : text;
            }),
          ]),
        ],
  ),
])}`;
}

function configurationSection(runs: readonly ComparedRun[]): Markup {
  const rows = configurationDifferences(runs);
  const columns = [{ label: "option" }, ...runs.map(({ name }) => ({ label: name }))];
  return markup`<h2>What differs</h2>
${
  rows.length === 0
    ? markup`<p>Nothing: the runs have the same configuration.</p>`
    : table(
        "Configuration, where it differs",
        columns,
        rows.map(({ path, values }) => [path, ...values.map(valueText)]),
      )
}`;
}

function costsSection(runs: readonly ComparedRun[]): Markup {
  return markup`<h2>Cost</h2>
${costFigure(runs, "validation", "Mean cost of an example of the validation set. A curve that turns up while training goes on shows a run that overfits.")}
${costFigure(runs, "train", "Mean cost of an example in training, without the penalty; with dropout, under its masks.")}`;
}

function costFigure(runs: readonly ComparedRun[], split: "train" | "validation", caption: string): Markup | undefined {
  const curves = costCurves(runs, split).filter(({ points }) => points.length > 0);
  if (curves.length === 0) return undefined;
  const values = curves.flatMap(({ points }) => points.map(([, y]) => y)).filter((y) => y > 0 && Number.isFinite(y));
  const span = values.reduce((high, y) => Math.max(high, y), 0) / values.reduce((low, y) => Math.min(low, y), Infinity);
  const title = `${split === "train" ? "Training" : "Validation"} cost by epoch`;
  return wideFigure(
    (width) => costChart(curves, { title, xLabel: "epoch", yScale: span > SPAN ? "log" : "linear", width }),
    caption,
    dataTable(
      title,
      [{ label: "run" }, { label: "epoch", kind: "number" }, { label: "cost", kind: "number" }],
      curves.flatMap(({ name, points }) => points.map(([epoch, cost]) => ({ name, epoch, cost }))),
      ({ name, epoch, cost }) => [name, formatNumber(epoch), formatNumber(cost, 6)],
    ),
  );
}

function boundariesSection(runs: readonly ComparedRun[]): Markup | undefined {
  const drawable = runs.filter(({ boundary }) => boundary !== undefined);
  if (drawable.length === 0) return undefined;
  const dotted = drawable.some(({ boundary }) => (boundary?.train?.X.columns ?? 0) > 0);
  return markup`<h2>Decision boundaries</h2>
<p>The deeper the colour, the surer the network; on the line it gives both classes the same probability. ${dotted && "The dots are the training examples."}</p>
<div class="figures${drawable.length % 3 === 1 && " pairs"}">
${drawable.map(({ name, boundary, metrics }) => {
  if (boundary === undefined) return undefined;
  const { field, train } = boundary;
  const examples = train && { train };
  const accuracies = (Object.keys(SPLITS) as DataPart[]).flatMap((split) => {
    const accuracy = metrics[split]?.accuracy;
    return accuracy === undefined ? [] : [`${SPLITS[split]} ${formatMetric(accuracy)}`];
  });
  return figure(
    decisionBoundary(field, { ...examples, title: name }),
    accuracies.length > 0 && markup`<strong>Accuracy: ${accuracies.join(", ")}.</strong>`,
    examples && train.X.columns > 0 ? examplesTable(examples) : undefined,
  );
})}</div>`;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
