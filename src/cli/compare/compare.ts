import { OptionError } from "../../constraint/constraint.js";
import { differences, valueText } from "../../constraint/differences.js";
import { choiceText } from "../../ops/choiceText.js";
import { lossTraits } from "../../ops/generated/lossTraits.js";
import { memberCount } from "../../pipeline/impliedDefaults.js";
import {
  type ComparedRun,
  comparisonReport,
  configurationDifferences,
  costCurves,
  differInLoss,
  metricRows,
} from "../../plot/comparisonReport.js";
import { metricLabel } from "../../plot/metricTiles.js";
import { drawCurves } from "../chart.js";
import { type CliContext, widthOf } from "../context.js";
import { printJson } from "../flags.js";
import { formatNumber, plural } from "../format.js";
import { viewOf } from "../options/configured.js";
import { OutputFile } from "../outputFile.js";
import { shortPath } from "../shortPath.js";
import { formatFacts, formatTable, wrap } from "../table.js";
import { packageVersion } from "../version.js";
import { boundariesOf } from "./boundaries.js";
import type { CompareFlags } from "./command.js";
import { inputsOf, type LoadedRun, loadRun } from "./loadRun.js";

/** `gradproof compare`: finished runs side by side. */
export async function compare(
  this: CliContext,
  { html, overwrite, json }: CompareFlags,
  ...folders: string[]
): Promise<void> {
  const loaded: LoadedRun[] = [];
  for (const folder of folders) loaded.push(await loadRun(folder));
  const inputs = loaded.flatMap(inputsOf);
  const page = html === undefined ? undefined : await OutputFile.plan(html, { overwrite, inputs });
  const names = namesOf(loaded);
  const runs = loaded.map((run, i) => comparedRun(run, names[i]));
  const ensembles = loaded.some(({ config }) => memberCount(config) > 1);
  const notes = [
    ...notesOn(loaded),
    ...(ensembles ? [firstMembers] : []),
    ...(differInLoss(runs) ? [otherLosses] : []),
  ];
  if (page !== undefined) {
    const boundaries = await boundariesOf(loaded);
    const drawn = runs.map((run, i) => ({ ...run, ...(boundaries[i] && { boundary: boundaries[i] }) }));
    await page.write(this, comparisonReport({ runs: drawn, notes, version: await packageVersion() }));
  }
  if (json) {
    const documents = runs.map(({ name, metrics, epochs, bestEpoch }, i) => ({
      ...{ name, folder: folders[i], epochs, bestEpoch, metrics },
    }));
    const differing = Object.fromEntries(configurationDifferences(runs).map(({ path, values }) => [path, values]));
    printJson(this, { runs: documents, differences: differing, notes, ...(html !== undefined && { html }) });
    return;
  }
  const lines = [...textOf(runs, notes, this), ...(html === undefined ? [] : ["", `page  ${html}`])];
  this.process.stdout.write(`${lines.join("\n")}\n`);
}

function comparedRun({ model, history, config, table }: LoadedRun, name: string): ComparedRun {
  const { summary } = model;
  if (summary === undefined) throw new OptionError(`${name}: its model does not say how it was trained`);
  const { trainingExamples, epochs, bestEpoch, metrics, training } = summary;
  return {
    name,
    history,
    stepsPerEpoch: Math.ceil(trainingExamples / (training.batchSize ?? trainingExamples)),
    epochs,
    ...(bestEpoch !== undefined && { bestEpoch }),
    metrics,
    // A loss that follows from the data is the same as one that is named.
    configuration: {
      ...(table !== undefined && { table: shortPath(table) }),
      ...viewOf(config),
      loss: choiceText(model.network.spec.loss, lossTraits),
    },
  };
}

/** The last parts of the folders' paths that tell them apart; where none does, with a number behind. */
function namesOf(runs: readonly LoadedRun[]): string[] {
  return runs.map(({ name, folder }, i) => {
    if (runs.every((other, k) => k === i || other.name !== name)) return name;
    if (runs.every((other, k) => k === i || other.folder !== folder)) return folder;
    return `${folder} (${i + 1})`;
  });
}

const firstMembers =
  "epochs and curves of an ensemble are those of its first member, metrics those of its mean prediction";
const otherLosses =
  "the runs differ in loss, or in whether they learned logarithms, so their costs cannot be compared; look at the metrics beside them";

/** Options that decide which rows a run is validated on, and what it predicts there. */
const splitting = ["table", "target", "task", "validation", "seed"] as const;

function notesOn(runs: readonly LoadedRun[]): string[] {
  const notes = [...new Set(runs.flatMap(({ note }) => note ?? []))];
  const found = differences(
    ...runs.map(({ table, config }) =>
      Object.fromEntries(splitting.map((key) => [key, key === "table" ? table : config.data[key]])),
    ),
  ).map(({ path }) => path);
  if (found.length === 0) return notes;
  return [
    ...notes,
    `the runs differ in ${found.join(", ")}, so they were likely validated on different rows, and small differences of their metrics mean little`,
  ];
}

function textOf(runs: readonly ComparedRun[], notes: readonly string[], context: CliContext): string[] {
  const width = widthOf(context.process.stdout);
  const header = ["", ...runs.map((_, i) => String(i + 1))];
  const courses = runs.map(({ name, epochs, bestEpoch }, i) => {
    const best = bestEpoch === undefined ? "" : `, weights of epoch ${bestEpoch}`;
    return [String(i + 1), `${name}: ${plural(epochs, "epoch")}${best}`] as const;
  });
  const metrics = metricRows(runs).map(({ split, metric, values, best }) => [
    `${split} ${metricLabel(metric)}`,
    ...values.map((value, i) => (value === undefined ? "" : `${formatNumber(value)}${best[i] ? " *" : "  "}`)),
  ]);
  const differing = configurationDifferences(runs);
  const split = runs.every(({ history }) => history.some(({ validation }) => validation?.cost !== undefined))
    ? "validation"
    : "train";
  const curves = costCurves(runs, split).map(({ points }, i) => ({ name: String(i + 1), points }));
  const chart = drawCurves(`${split === "train" ? "training" : "validation"} cost by epoch`, curves, context);
  return [
    ...formatFacts(courses, width),
    "",
    ...formatTable({ header, rows: metrics }, width),
    ...(metrics.some((row) => row.some((cell) => cell.endsWith("*"))) ? ["* the best of its row"] : []),
    "",
    ...(differing.length === 0
      ? ["the runs have the same configuration"]
      : formatTable(
          {
            header: ["what differs", ...header.slice(1)],
            rows: differing.map(({ path, values }) => [path, ...values.map(valueText)]),
          },
          width,
        )),
    ...(chart === "" ? [] : ["", chart]),
    ...notes.flatMap((note) => ["", ...wrap(`note  ${note}`, width)]),
  ];
}
