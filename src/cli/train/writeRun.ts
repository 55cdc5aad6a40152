import { join } from "node:path";
import type { Dataset } from "../../data/dataset.js";
import type { TableEncoder } from "../../data/tableEncoder.js";
import type { Finding } from "../../doctor/finding.js";
import type { Model } from "../../formats/model.js";
import { serializeModel } from "../../formats/modelFile.js";
import { predictRaw } from "../../formats/predictModel.js";
import type { Interval } from "../../metrics/bootstrapIntervals.js";
import type { HeldOut } from "../../pipeline/heldOut.js";
import type { PartMetrics } from "../../pipeline/measure.js";
import type { Uncovered } from "../../pipeline/uncoveredClasses.js";
import { probabilityField } from "../../plot/probabilityField.js";
import { type RunReportInput, runReport } from "../../plot/runReport.js";
import type { Run } from "../../training/run.js";
import { viewOf } from "../options/configured.js";
import { type ChosenConfiguration, fileOf } from "../options/runConfiguration.js";
import { packageVersion } from "../version.js";
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

/** The report of an ensemble shows the weights and the signals of its first member. */
async function reportInput(
  { source, config, model, runs, metrics, findings, train, heldOut, outOfFold, test, training }: FinishedRun,
  configFile: string,
): Promise<RunReportInput> {
  const { network, encoder, threshold } = model;
  const [run] = runs;
  const title = config.name ?? `${config.data.target} in ${sourceName(source, config)}`;
  const { part: evaluated, ...others } = judged(model, { train, heldOut, test });
  const { classNames } = encoder;
  const { augmentation, seed } = run.spec;
  const drawable = encoder.task === "binary" && encoder.featureNames.length === 2;
  return {
    title,
    task: encoder.task,
    run,
    ...(runs.length === 1
      ? { findings: findings[0] }
      : { members: runs.map((member, k) => ({ run: member, findings: findings[k] })) }),
    metrics,
    outOfFold,
    evaluated: { ...others, Y: evaluated.Y, threshold, ...(classNames && { classNames }) },
    ...(drawable && {
      boundary: {
        field: probabilityField(train.X, (X) => predictRaw(model, X)),
        train,
        ...(evaluated !== train && { test: evaluated }),
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

/** The predictions to show: those for the test, or else for what was held out, or else for the training set. */
function judged(
  model: Model,
  { train, heldOut, test }: Pick<FinishedRun, "train" | "heldOut" | "test">,
): Pick<NonNullable<RunReportInput["evaluated"]>, "split" | "P"> & { readonly part: Dataset } {
  if (test !== undefined) return { split: "test", part: test, P: predictRaw(model, test.X) };
  if (heldOut !== undefined) return { split: "validation", part: heldOut.part, P: heldOut.P };
  return { split: "train", part: train, P: predictRaw(model, train.X) };
}
