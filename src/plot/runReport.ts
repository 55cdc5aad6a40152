import type { Matrix } from "../array/matrix.js";
import { requireRecord } from "../constraint/kinds.js";
import type { Dataset, Task } from "../data/dataset.js";
import type { Finding } from "../doctor/finding.js";
import type { Run, StopReason } from "../training/run.js";
import { type AugmentationPreview, augmentationSection } from "./augmentationSection.js";
import { classificationFigures } from "./classificationSection.js";
import { type ColumnsReport, columnsSection } from "./columnsSection.js";
import { configurationSection } from "./configurationSection.js";
import { costSection } from "./costSection.js";
import { decisionBoundary } from "./decisionBoundary.js";
import { doctorSection } from "./doctorSection.js";
import { examplesTable } from "./examplesTable.js";
import { figure, wideFigure } from "./figure.js";
import { formatMetric, formatNumber } from "./formatNumber.js";
import { htmlDocument } from "./htmlDocument.js";
import { type Markup, markup } from "./markup.js";
import { courseOfMembers, membersTable } from "./membersSection.js";
import { type DataPart, type Metrics, metricLabel, metricTiles } from "./metricTiles.js";
import { type Mistakes, mistakesSection } from "./mistakesSection.js";
import { predictedChart } from "./predictedChart.js";
import type { ProbabilityField } from "./probabilityField.js";
import { type ReadReport, readingSection } from "./readingSection.js";
import { signalsSection } from "./signalsSection.js";
import { dataTable } from "./table.js";
import { type NamedParameter, weightsSection } from "./weightsSection.js";

/** A member of an ensemble. */
export interface MemberReport {
  readonly run: Run;
  readonly findings?: readonly Finding[];
}

/** What a report on one training run is made from: plain data, gathered by whoever trained. */
export interface RunReportInput {
  /** Such as the name of the file that was learned from. */
  readonly title: string;
  readonly task: Task;
  readonly run: Run;
  /** Of an ensemble, the run of each member, `run` the first of them, and what `diagnose` found of it. */
  readonly members?: readonly MemberReport[];
  /** What `summarize` gives, with the cost, for each part of the data there is. */
  readonly metrics: Readonly<Partial<Record<DataPart, Metrics>>>;
  /** Whether each member held out a fold of its own, so that what is called validation is out-of-fold: one member per row. */
  readonly outOfFold?: boolean;
  /** What `diagnose` found; left out where nobody asked, and of an ensemble, whose members have findings of their own. */
  readonly findings?: readonly Finding[];
  /** What to know before trusting the metrics, a sentence each. */
  readonly notes?: readonly string[];
  /** Predictions beside the truth, for the confusion matrix and the curves: best those of the test set. */
  readonly evaluated?: {
    readonly split: DataPart;
    /** Probabilities or numbers, outputs × examples. */
    readonly P: Matrix;
    /** Targets of the same shape. */
    readonly Y: Matrix;
    /** For two classes. Default 0.5. */
    readonly threshold?: number | undefined;
    readonly classNames?: readonly string[];
  };
  /** Name of what is predicted. Default `target`. */
  readonly target?: string;
  /** Of a table: what was assumed when it was read. */
  readonly reading?: ReadReport;
  /** Of a table: what its columns are to the model, measured where it was `evaluated`. */
  readonly columns?: ColumnsReport;
  /** Those of the examples that were `evaluated`. */
  readonly mistakes?: Mistakes;
  /** For two features and two classes: what `probabilityField` gives, and the examples to draw over it. */
  readonly boundary?: { readonly field: ProbabilityField; readonly train?: Dataset; readonly test?: Dataset };
  /** For images that were augmented. */
  readonly augmentation?: AugmentationPreview;
  /** The weights W1, W2, … that were trained; of an ensemble none are shown. */
  readonly weights?: readonly NamedParameter[];
  /** The full configuration as plain JSON data. */
  readonly configuration: Readonly<Record<string, unknown>>;
  /** The command that repeats the run. */
  readonly command: string;
  /** Version of gradproof. */
  readonly version?: string;
}

const TASK_NAMES: Readonly<Record<Task, string>> = {
  binary: "Two classes",
  multiclass: "Several classes",
  regression: "Regression",
};

const SPLIT_NAMES: Readonly<Record<DataPart, string>> = { train: "training", validation: "validation", test: "test" };

const STOP_REASONS: Readonly<Record<StopReason, string>> = {
  finished: "ran to its end",
  earlyStopping: "was stopped early, since the validation set saw no more improvement",
  aborted: "was ended by its user",
  nonFinite: "diverged",
};

/**
 * A report on one training run as a self-contained HTML page: metrics, cost curves, decision boundary, confusion matrix, ROC,
 * precision-recall, calibration and gains curves, what columns are to the model, its largest mistakes, weights, configuration, and the
 * command that runs it again.
 *
 * The page has no script, makes no request, follows the reader's light or dark scheme, and escapes every name it is given.
 *
 * @returns an HTML document
 * @throws ShapeError or RangeError when predictions and targets do not fit each other
 *
 * @example
 * import { runReport } from "gradproof/report";
 * const page = runReport({
 *   title: "payments.csv",
 *   task: "binary",
 *   run: {
 *     history: [
 *       { iteration: 0, epoch: 1, cost: 0.7, dataCost: 0.7, penalty: 0 },
 *       { iteration: 100, epoch: 2, cost: 0.2, dataCost: 0.2, penalty: 0 },
 *     ],
 *     stopped: "finished",
 *     engine: "wasm",
 *     iterations: 200,
 *     epochs: 2,
 *     seconds: 1.5,
 *     spec: { learningRate: 0.01 },
 *   },
 *   metrics: { train: { accuracy: 0.96, cost: 0.2 } },
 *   configuration: { learningRate: 0.01 },
 *   command: "gradproof train payments.csv --target fraud --learning-rate 0.01",
 * });
 * page.startsWith("<!doctype html>"); // => true
 */
export function runReport(input: RunReportInput): string {
  requireRecord("runReport(): input", input);
  requireRecord("runReport(): run", input.run, "a run, as train() gives it");
  const {
    title,
    task,
    run,
    members,
    metrics,
    findings,
    outOfFold = false,
    evaluated,
    target = "target",
    reading,
    columns,
    mistakes,
    boundary,
    augmentation,
    weights = [],
    configuration,
    command,
    notes = [],
    version,
  } = input;
  const runs = members?.map((member) => member.run) ?? [run];
  const found = members?.every((member) => member.findings !== undefined)
    ? members.map((member) => member.findings ?? [])
    : findings && [findings];
  const classNames = evaluated?.classNames ?? [];
  const part = evaluated && partOf(evaluated.split, outOfFold);
  const watched = run.best?.metric;
  const headline = watched && watched !== "cost" ? watched : task === "regression" ? "r2" : "accuracy";
  return htmlDocument(
    title,
    markup`<header><h1>${title}</h1>
<p class="quiet">${TASK_NAMES[task]}. ${members === undefined ? courseOf(run) : courseOfMembers(runs)}${version && ` gradproof ${version}.`}</p></header>
<main>
${runs.some(({ stopped }) => stopped === "nonFinite") && markup`<p class="alert">The cost was no longer a finite number, so the run was stopped. A smaller learning rate is the first thing to try.</p>`}
${metricTiles(metrics, headline, outOfFold ? { validation: "Out-of-fold, one member per row" } : {})}
${found && doctorSection(found)}
${notes.length > 0 && markup`<h2>Notes</h2>\n<ul>${notes.map((note) => markup`<li>${note}</li>`)}</ul>`}
${evaluated && evaluationSection(evaluated, { task, target, part: part ?? "" })}
${columns && columnsSection(columns, { task, target, classNames }, part ?? "")}
${mistakes && mistakesSection(mistakes, { target, numeric: task === "regression" })}
${boundary && boundarySection(boundary)}
${costSection(runs)}
${members && membersTable(runs)}
${members === undefined && signalsSection(run)}
${augmentation && augmentationSection(augmentation)}
${members === undefined && weights.length > 0 && weightsSection(weights)}
${reading && readingSection(reading)}
${configurationSection(configuration, command)}
</main>`,
  );
}

function courseOf({ stopped, iterations, epochs, seconds, best }: Run): string {
  const passes = `${formatNumber(epochs)} ${epochs === 1 ? "epoch" : "epochs"}`;
  const steps = `${formatNumber(iterations)} ${iterations === 1 ? "step" : "steps"}`;
  const weights = best
    ? ` The weights are those of epoch ${formatNumber(best.epoch)}, with the best validation ${metricLabel(best.metric)}, ${formatMetric(best.value)}.`
    : "";
  return `${passes} (${steps}) in ${formatNumber(seconds, 3)} s; the run ${STOP_REASONS[stopped]}.${weights}`;
}

function boundarySection({ field, train, test }: NonNullable<RunReportInput["boundary"]>): Markup {
  const examples = { ...(train && { train }), ...(test && { test }) };
  const positive = train?.classNames?.[1] ?? test?.classNames?.[1] ?? "class 1";
  return markup`<h2>Decision boundary</h2>
${wideFigure(
  (width) => decisionBoundary(field, { ...examples, title: `Probability of ${positive}`, width }),
  "The deeper the colour, the surer the network; on the line it gives both classes the same probability. A line that winds around " +
    "single points has learned the noise along with the pattern.",
  examplesTable(examples),
  520,
)}`;
}

/** Where the predictions are from, as a part of a sentence. */
function partOf(split: DataPart, outOfFold: boolean): string {
  return split === "validation" && outOfFold ? "out-of-fold, one member per row" : `on the ${SPLIT_NAMES[split]} set`;
}

function evaluationSection(
  { P, Y, threshold = 0.5, classNames = [] }: NonNullable<RunReportInput["evaluated"]>,
  { task, target, part }: { readonly task: Task; readonly target: string; readonly part: string },
): Markup {
  return markup`<h2>Predictions ${part}</h2>
${task === "regression" ? regressionFigures(P, Y, target) : classificationFigures({ P, Y, threshold, classNames })}`;
}

/** Outputs of a regression that are drawn. */
const MOST_OUTPUTS = 4;

function regressionFigures(P: Matrix, Y: Matrix, name: string): Markup {
  const outputs = Array.from({ length: Math.min(P.rows, MOST_OUTPUTS) }, (_, i) => i);
  return markup`<div class="figures">${outputs.map((i) => {
    const target = P.rows === 1 ? name : `${name} ${i + 1}`;
    return figure(
      predictedChart(P.rowData(i), Y.rowData(i), { target }),
      "A dot an example. Dots above the line are predicted too high, below it too low.",
      dataTable(
        "Predictions",
        [
          { label: "actual", kind: "number" },
          { label: "predicted", kind: "number" },
        ],
        Array.from(P.rowData(i)),
        (predicted, j) => [formatNumber(Y.get(i, j)), formatNumber(predicted)],
      ),
    );
  })}</div>`;
}
