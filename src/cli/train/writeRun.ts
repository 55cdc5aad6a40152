import { join } from "node:path";
import type { Matrix } from "../../array/matrix.js";
import type { Dataset } from "../../data/dataset.js";
import type { Split } from "../../data/split.js";
import type { Table } from "../../data/table.js";
import type { TableEncoder } from "../../data/tableEncoder.js";
import type { Finding } from "../../doctor/finding.js";
import type { Model } from "../../formats/model.js";
import { serializeModel } from "../../formats/modelFile.js";
import { predictRaw } from "../../formats/predictModel.js";
import type { Interval } from "../../metrics/bootstrapIntervals.js";
import { explainColumns, type Judged } from "../../pipeline/explain/explainColumns.js";
import type { HeldOut } from "../../pipeline/heldOut.js";
import type { PartMetrics } from "../../pipeline/measure.js";
import type { Uncovered } from "../../pipeline/uncoveredClasses.js";
import type { DataPart } from "../../plot/metricTiles.js";
import { probabilityField } from "../../plot/probabilityField.js";
import { type RunReportInput, runReport } from "../../plot/runReport.js";
import type { Run } from "../../training/run.js";
import { viewOf } from "../options/configured.js";
import { type ChosenConfiguration, fileOf } from "../options/runConfiguration.js";
import { packageVersion } from "../version.js";
import { type JudgedRows, mistakesOf, readingOf } from "./explainRun.js";
import type { HeldFolder } from "./heldFolder.js";
import { previewOf } from "./preview.js";
import { type ResultFile, type RunRecord, resultFiles } from "./runRecord.js";
import { commandLine, type Source, sourceName } from "./source.js";

/** A finished run, with all that is written about it. */
export interface FinishedRun {
  readonly source: Source;
  readonly config: ChosenConfiguration;
  readonly model: Model & { readonly encoder: TableEncoder };
  /** Of each member, one of most runs. */
  readonly runs: readonly Run[];
  readonly metrics: Readonly<Record<string, PartMetrics>>;
  /** What the doctor found, of each member. */
  readonly findings: readonly (readonly Finding[])[];
  /** What a reader of the metrics should know. */
  readonly notes: readonly string[];
  /** The training set as the network takes it, of an ensemble that of its first member. */
  readonly training: Dataset;
  /** All that the members learned from, as the table has it. */
  readonly train: Dataset;
  readonly heldOut: HeldOut | undefined;
  /** 95 % intervals of the metrics of what was held out. */
  readonly intervals: Readonly<Record<string, Interval | undefined>> | undefined;
  /** Of several classes, those that averages over the classes are not of, by part of the data. */
  readonly uncovered: Readonly<Record<string, Uncovered>>;
  /** Whether each member held out a fold of its own. */
  readonly outOfFold: boolean;
  /** As the table has it. */
  readonly test: Dataset | undefined;
  /** None where the configuration has points. */
  readonly table: Table | undefined;
  /** Rows of the table in each part, from 0; none where all are in one. */
  readonly rows: Split<ArrayLike<number>> | undefined;
}

/** Where the files of a run are that are named to the user. */
export interface RunPaths {
  readonly model: string;
  readonly report: string;
}

/**
 * Writes model, configuration, history (one JSON document a line) and report, which become the folder's all at once.
 *
 * @throws FileError where one of them cannot be written: the folder is as it was, and keeps apart what could be
 */
export async function writeRun(folder: HeldFolder, record: RunRecord, finished: FinishedRun): Promise<RunPaths> {
  const contents: Readonly<Record<ResultFile, () => string | Uint8Array | Promise<string>>> = {
    "model.safetensors": () => serializeModel(finished.model),
    "config.json": () => `${JSON.stringify(fileOf(finished.config), null, 2)}\n`,
    "history.jsonl": () => historyOf(finished.runs),
    "report.html": async () => runReport(await reportInput(finished, join(folder.path, "config.json"))),
  };
  const digests: Record<string, string> = {};
  for (const name of resultFiles) digests[name] = await folder.stage(name, await contents[name]());
  await folder.publish(record, digests);
  const path = (name: ResultFile): string => join(folder.path, name);
  return { model: path("model.safetensors"), report: path("report.html") };
}

/** One entry a line; of an ensemble with the number of its member, from 1. */
export function historyOf(runs: readonly Run[]): string {
  const lines = runs.flatMap(({ history }, k) =>
    history.map((entry) => JSON.stringify(runs.length === 1 ? entry : { member: k + 1, ...entry })),
  );
  return lines.map((line) => `${line}\n`).join("");
}

async function reportInput(finished: FinishedRun, configFile: string): Promise<RunReportInput> {
  const { source, config, model, runs, metrics, findings, train, outOfFold, table, training } = finished;
  const { network, encoder, threshold } = model;
  const [run] = runs;
  const title = config.name ?? `${config.data.target} in ${sourceName(source, config)}`;
  const judged = judgedPart(finished);
  const { split, part, P } = judged;
  const { classNames } = encoder;
  const { augmentation, seed } = run.spec;
  const drawable = encoder.task === "binary" && encoder.featureNames.length === 2;
  const image = config.data.image !== undefined;
  const columns = image ? undefined : explainColumns(model, judged, config.training.seed ?? 0);
  return {
    title,
    task: encoder.task,
    target: encoder.target.name,
    run,
    ...(runs.length === 1
      ? { findings: findings[0] }
      : { members: runs.map((member, k) => ({ run: member, findings: findings[k] })) }),
    metrics,
    notes: finished.notes,
    outOfFold,
    evaluated: { split, P, Y: part.Y, threshold, ...(classNames && { classNames }) },
    ...(table !== undefined && !image && { reading: readingOf(table, encoder) }),
    ...(columns && { columns }),
    mistakes: mistakesOf(
      model,
      judged,
      (columns?.importance ?? []).map(({ name }) => name),
    ),
    ...(drawable && {
      boundary: {
        field: probabilityField(train.X, (X) => predictRaw(model, X)),
        train,
        ...(part !== train && { test: part }),
      },
    }),
    ...(augmentation && { augmentation: previewOf(training.X, augmentation, seed) }),
    weights: network.layout
      .filter(({ decays }) => decays)
      .map(({ name }) => ({ name, values: network.parameters[name] })),
    configuration: { ...viewOf(config), network: network.spec, training: run.spec },
    command: commandLine("train", source, config, { file: configFile }),
    version: await packageVersion(),
  };
}

/** The rows to judge the model by: those of the test, or else what was held out, or else the training set. */
function judgedPart({
  model,
  runs,
  train,
  heldOut,
  outOfFold,
  test,
  table,
  rows,
}: FinishedRun): Judged & JudgedRows & { readonly split: DataPart } {
  const predict = (X: Matrix): Matrix => predictRaw(model, X);
  const whole = { predict, networks: runs.length };
  // Of a file of its own only the columns that the model takes are read.
  if (test !== undefined)
    return { ...whole, split: "test", part: test, P: predict(test.X), table: undefined, rows: undefined };
  if (heldOut !== undefined) {
    const networks = outOfFold ? 1 : runs.length;
    return { split: "validation", ...heldOut, networks, table, rows: rows?.validation };
  }
  return { ...whole, split: "train", part: train, P: predict(train.X), table, rows: rows?.train };
}
