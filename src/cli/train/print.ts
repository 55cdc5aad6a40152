import type { Table } from "../../data/table.js";
import type { Interval } from "../../metrics/bootstrapIntervals.js";
import type { MetricName } from "../../metrics/isHigherBetter.js";
import type { Network } from "../../network/network.js";
import { sizesInWords } from "../../network/sizes.js";
import { costPerRow } from "../../pipeline/decisionThreshold.js";
import type { HeldOut } from "../../pipeline/heldOut.js";
import { imageName } from "../../pipeline/imageNormalizer.js";
import type { ClassCount, Prepared } from "../../pipeline/prepare.js";
import { membersCurve } from "../../plot/membersCurve.js";
import { metricLabel, shownMetrics } from "../../plot/metricTiles.js";
import type { ChartPoint } from "../../plot/thin.js";
import type { Run, StopReason } from "../../training/run.js";
import { drawCurves } from "../chart.js";
import { type CliContext, widthOf } from "../context.js";
import { formatCount, formatNumber, formatPercent, formatSeconds, plural } from "../format.js";
import { plainOptions } from "../options/configured.js";
import { textOfPlain } from "../options/kinds.js";
import type { RunConfiguration } from "../options/runConfiguration.js";
import { formatFacts, formatTable } from "../table.js";
import { doctorFacts } from "./doctor.js";
import { effortInWords } from "./effort.js";
import type { RunPlan } from "./planRun.js";
import { sourceName } from "./source.js";
import type { FinishedRun, RunPaths } from "./writeRun.js";

/** What is about to be trained on what. */
export function describeTask(
  { table, prepared, classes, nets, config, specs, parts }: RunPlan,
  context: CliContext,
): string[] {
  const facts = [
    ["reading", describeTable(table, prepared, classes, config)],
    ["network", describeNetwork(nets[0], config) + (nets.length === 1 ? "" : `; ${nets.length} members`)],
    ...(config.version < 4 ? [] : [["effort", effortInWords({ config, nets, specs, parts })] as const]),
  ] as const;
  return formatFacts(facts, widthOf(context.process.stdout));
}

/** `100,000 rows, 14 columns (3 categorical); fraud: binary, 0.9 % are 1`, or `60,000 images of 28 × 28; …`. */
function describeTable(
  table: Table | undefined,
  { encoder, raw }: Prepared,
  classes: readonly ClassCount[],
  config: RunConfiguration,
): string {
  const examples = raw.train.X.columns;
  const shares = classes.map(({ name, count }) => `${formatPercent(count / examples)} are ${name}`);
  const target = `${encoder.target.name}: ${encoder.task}${classes.length === 2 ? `, ${shares[1]}` : ""}`;
  const what =
    table === undefined
      ? `${plural(examples, "point")} of ${sourceName({}, config)}, ${plural(raw.validation?.X.columns ?? 0, "point")} to validate on`
      : tableInWords(table, config);
  return `${what}; ${target}`;
}

function tableInWords(table: Table, { data: { image } }: RunConfiguration): string {
  const categorical = table.columns.filter(({ kind }) => kind === "categorical").length;
  const kinds = categorical > 0 ? ` (${formatCount(categorical)} categorical)` : "";
  return image === undefined
    ? `${plural(table.rows, "row")}, ${plural(table.columns.length, "column")}${kinds}`
    : `${plural(table.rows, "image")} of ${imageName(image).replaceAll("x", " × ")}`;
}

/** `41-32-16-1, 1,889 parameters, relu, he, adam`. */
function describeNetwork({ spec, program, theta }: Network, config: RunConfiguration): string {
  const said = plainOptions(config);
  const parts = [
    sizesInWords(program, spec.layers.length),
    plural(theta.length, "parameter"),
    ...["activation", "init", "optimizer"].flatMap((name) => (name in said ? [textOfPlain(said[name])] : [])),
  ];
  return parts.join(", ");
}

const endings: Readonly<Record<StopReason, string>> = {
  finished: "",
  earlyStopping: ", stopped early",
  aborted: ", stopped before its end",
  nonFinite: ", stopped by a cost that is not finite",
};

/** What a run came to: its course, its metrics, what to mind, and where everything is; the report's path last. */
export function printSummary(
  {
    runs,
    metrics,
    intervals,
    heldOut,
    model: { threshold, encoder },
    config,
    findings,
    notes,
    paths,
    examples,
    scaledTargets,
    outOfFold,
    temperatures,
    uncovered,
  }: Omit<FinishedRun, "source" | "training" | "train" | "test"> & {
    readonly notes: readonly string[];
    readonly paths: RunPaths;
    /** Number of training examples. */
    readonly examples: number;
    /** What the training saw scaled to variance 1. */
    readonly scaledTargets: "targets" | "logarithms of targets" | undefined;
    /** By which the members' logits were divided. */
    readonly temperatures: readonly number[] | undefined;
  },
  context: CliContext,
): string[] {
  const width = widthOf(context.process.stdout);
  const [run] = runs;
  const best = run.best
    ? `; weights of epoch ${formatCount(run.best.epoch)}, best validation ${metricLabel(run.best.metric)} ${formatNumber(run.best.value)}`
    : "";
  const course = `${plural(run.epochs, "epoch")} in ${formatSeconds(run.seconds)}${endings[run.stopped]}${best}`;
  const parts = Object.keys(metrics);
  const names = shownMetrics(metrics.train);
  const columns = parts.flatMap((part) => [
    { heading: headingOf(part, outOfFold), cell: (name: MetricName) => formatMetric(metrics[part][name]) },
    ...(part === "validation" && intervals !== undefined
      ? [{ heading: "95 % interval", cell: (name: MetricName) => formatInterval(intervals[name]) }]
      : []),
  ]);
  const rows = names.map((name) => [metricLabel(name), ...columns.map(({ cell }) => cell(name))]);
  const stepsPerEpoch = Math.ceil(examples / (run.spec.batchSize ?? examples));
  const points = (of: (entry: Run["history"][number]) => number | undefined): readonly ChartPoint[] =>
    membersCurve(
      runs.map(({ history }) => history.map((entry) => [entry.iteration / stepsPerEpoch, of(entry) ?? Number.NaN])),
    ).points;
  const chart = drawCurves(
    `cost by epoch${scaledTargets ? ` (${scaledTargets} scaled to variance 1)` : ""}${runs.length === 1 ? "" : ", mean of the members"}`,
    [
      { name: "train", points: points(({ cost }) => cost) },
      { name: headingOf("validation", outOfFold), points: points(({ validation }) => validation?.cost) },
    ],
    context,
  );
  return [
    ...formatFacts([["trained", runs.length === 1 ? course : courseOfMembers(runs)]], width),
    "",
    ...(chart === "" ? [] : [chart, ""]),
    ...formatTable({ header: ["", ...columns.map(({ heading }) => heading)], rows }, width),
    "",
    ...formatFacts(
      [
        ...(outOfFold ? [["judged", outOfFoldText] as const] : []),
        ...averagesTexts(uncovered, encoder.classNames ?? [], outOfFold).map((text) => ["averages", text] as const),
        ...(temperatures ? [["tempered", temperedText(temperatures)] as const] : []),
        ...(threshold === undefined
          ? []
          : [["threshold", thresholdText(threshold, config, encoder.classNames ?? [], heldOut)] as const]),
        ...doctorFacts(findings),
        ...notes.map((note) => ["note", note] as const),
        ["saved", paths.model],
        ["report", paths.report],
      ],
      width,
    ),
  ];
}

/** What out-of-fold metrics are: each row is predicted by the member that held it out. */
const outOfFoldText = "out-of-fold, one member per row";

/** `test: precision, recall, F1 and ROC-AUC of 4 of 5 classes, not of c`. */
function averagesTexts(
  uncovered: FinishedRun["uncovered"],
  classNames: readonly string[],
  outOfFold: boolean,
): string[] {
  const clause = (what: string, classes: readonly number[]): string => {
    const names = classes.slice(0, 5).map((k) => classNames[k]);
    const more = classes.length > names.length ? ` and ${formatCount(classes.length - names.length)} more` : "";
    const covered = classNames.length - classes.length;
    return `${what} of ${formatCount(covered)} of ${formatCount(classNames.length)} classes, not of ${names.join(", ")}${more}`;
  };
  return Object.entries(uncovered).flatMap(([part, { scores, rocAuc }]) => {
    const hasArea = rocAuc.length < classNames.length;
    const clauses =
      hasArea && scores.length === rocAuc.length
        ? [clause("precision, recall, F1 and ROC-AUC", scores)]
        : [
            ...(scores.length === 0 ? [] : [clause("precision, recall and F1", scores)]),
            ...(hasArea ? [clause("ROC-AUC", rocAuc)] : []),
          ];
    return clauses.map((text) => `${headingOf(part, outOfFold)}: ${text}`);
  });
}

function temperedText(temperatures: readonly number[]): string {
  const [least, most] = [Math.min(...temperatures), Math.max(...temperatures)].map((t) => formatNumber(t, 3));
  return `temperatures ${least} … ${most}: how sure each member is, set on the fold that it held out`;
}

function headingOf(part: string, outOfFold: boolean): string {
  return part === "validation" && outOfFold ? "out-of-fold" : part;
}

/** From which probability on the second class is named, and what that saves. */
function thresholdText(
  threshold: number,
  { data }: FinishedRun["config"],
  classNames: readonly string[],
  heldOut: HeldOut | undefined,
): string {
  const [falseAlarm, miss] = data.costOfMistakes ?? [1, 1];
  const named = `${formatNumber(threshold)}, where a false alarm costs ${falseAlarm} and a miss ${miss}`;
  if (heldOut === undefined) return named;
  const [here, half, all, none] = [threshold, 0.5, -1, 1].map((at) => costPerRow(heldOut, at, [falseAlarm, miss]));
  const blind = `${formatNumber(Math.min(all, none))} where ${all < none ? "every" : "no"} row is called ${classNames[1]}`;
  return `${named}: ${formatNumber(here)} per row, ${formatNumber(half)} at 0.5, ${blind}`;
}

/** `0.312 … 0.351` */
function formatInterval(interval: Interval | undefined): string {
  return interval === undefined ? "" : interval.map((end) => formatNumber(end, 3)).join(" … ");
}

/** `8 members, 12 … 40 epochs in 3.1 s, 7 of them stopped early`. */
function courseOfMembers(runs: readonly Run[]): string {
  const epochs = runs.map((run) => run.epochs);
  const [least, most] = [Math.min(...epochs), Math.max(...epochs)];
  const length = least === most ? plural(most, "epoch") : `${formatCount(least)} … ${plural(most, "epoch")}`;
  const seconds = Math.max(...runs.map((run) => run.seconds));
  const ended = Object.entries(endings).flatMap(([reason, text]) => {
    const count = runs.filter(({ stopped }) => stopped === reason).length;
    return text === "" || count === 0 ? [] : [count === runs.length ? text : `, ${count} of them${text.slice(1)}`];
  });
  return `${plural(runs.length, "member")}, ${length} in ${formatSeconds(seconds)}${ended.join("")}`;
}

function formatMetric(value: number | undefined): string {
  return value === undefined ? "" : formatNumber(value);
}
