import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { basename, extname, join } from "node:path";
import { OptionError } from "../../constraint/constraint.js";
import { foldIndices } from "../../data/folds.js";
import { splitIndices } from "../../data/split.js";
import type { Table } from "../../data/table.js";
import { isHigherBetter } from "../../metrics/isHigherBetter.js";
import { parseNetworkSpec } from "../../network/parseSpec.js";
import { JournalFile, journalConfiguration, journalFile } from "../../node/journalFile.js";
import { makeRunFolder, requireWritableFolder } from "../../node/runFolder.js";
import { WorkerPool } from "../../node/workerPool.js";
import { writeAtomically } from "../../node/writeAtomically.js";
import { sweepReport } from "../../plot/sweepReport.js";
import { parseSearch } from "../../sweep/parseSearch.js";
import type { RunOutcome, SweepRun } from "../../sweep/run.js";
import { planSweep, type SweepResult, sweep as searchSettings } from "../../sweep/sweep.js";
import { parseTrainingSpec } from "../../training/parseTraining.js";
import type { CliContext } from "../context.js";
import { printJson } from "../flags.js";
import { interruptible } from "../interrupt.js";
import { requireNoInput } from "../outputFile.js";
import { ProgressDisplay } from "../progress.js";
import { readExamples } from "../readExamples.js";
import { parseConfigVersion, type Versioned } from "../train/config.js";
import { type ChosenConfig, chooseConfig, networkSpecFor, trainingSpecFor, watchedMetric } from "../train/plan.js";
import { classCounts, labelsOf, prepareRows } from "../train/prepare.js";
import { readConfig } from "../train/readConfig.js";
import { resultFiles, runRecordFile } from "../train/runRecord.js";
import { packageVersion } from "../version.js";
import type { SweepFlags } from "./command.js";
import { describeSweep, printTrials, repeatCommand } from "./print.js";
import { configOf, searchFields, settingText } from "./searchFields.js";
import { trainBest } from "./trainBest.js";
import { type TrialData, TrialRunner } from "./trial.js";

/** `gradproof sweep`: settings to try in, the best of them as a model out. */
export async function sweep(this: CliContext, flags: SweepFlags, file: string, ...more: string[]): Promise<void> {
  const {
    search: first = [],
    method,
    trials,
    folds,
    seeds,
    workers,
    labels,
    config: configFile,
    out,
    json,
    ...options
  } = flags;
  if (first.length + more.length === 0) {
    throw new OptionError("--search is missing: say what to try, such as --search l2=0,0.01,0.1 keep=1,0.8");
  }
  const space = parseSearch([...first, ...more], searchFields);
  const chosen = chooseConfig(options, configFile === undefined ? await versionIn(out) : await readConfig(configFile));
  const { table, config: read } = await readExamples(this, file, labels, chosen);
  // Whatever a file of options says: runs share the cores among themselves.
  const { threads: _threads, ...shared } = read;
  const config: ChosenConfig = { ...shared, engine: "wasm" };
  const data = trialData(table, config, folds, Object.hasOwn(space, "classWeight"));
  const plan = {
    search: space,
    seed: config.seed,
    folds: data.folds.length,
    better: isHigherBetter(data.metric) ? "higher" : "lower",
    ...(method && { method }),
    ...(trials !== undefined && { trials }),
    ...(seeds !== undefined && { seeds }),
  } as const;
  const planned = planSweep(plan);
  // A combination that no network can be built of is better told of now.
  const { encoder, train } = prepareRows(table, config, data.folds[0]);
  for (const settings of planned.settings) {
    const candidate: ChosenConfig = { ...config, ...configOf(settings) };
    parseNetworkSpec(networkSpecFor(candidate, encoder));
    parseTrainingSpec(trainingSpecFor(candidate, encoder.task, train, data.metric));
  }

  if (out !== undefined) await requireSweepFolder(out, [file, labels, configFile]);
  const folder = out ?? (await makeRunFolder("runs", `${basename(file, extname(file))}-sweep`, this.date()));
  const { seed: _, better: __, ...asked } = plan;
  const configuration = { data: fingerprint(table), ...asked, method: planned.method, config };
  await requireWritableFolder(folder);
  const journal = await JournalFile.open(folder, configuration);
  const parallel = workers ?? availableParallelism();
  const print = (lines: readonly string[]): void => {
    if (!json) this.process.stdout.write(`${lines.join("\n")}\n`);
  };
  // The folder is this sweep's until all of it is written.
  try {
    const { result, best, model, used } = await interruptible(this, async (signal, stopped) => {
      const finished = journal.finished.length;
      print(describeSweep(this, { table, encoder, planned, metric: data.metric, folder, finished }));
      const result = await runAll(this, { ...plan, parallel }, data, journal, signal);
      const kept = `finished runs are kept: the same command with --out ${folder} goes on`;
      if (result.stopped === "aborted") throw stopped(kept);
      const { best } = result;
      if (best === undefined) {
        throw new Error(
          `every trial failed, the first because ${result.trials[0]?.failure}; see ${join(folder, journalFile)}`,
        );
      }
      const trained = await trainBest(folder, data, best, signal);
      if (trained === undefined) throw stopped(kept);
      return { result, best, ...trained };
    });
    const report = join(folder, "report.html");
    const command = repeatCommand(file, space, flags, config);
    await writeAtomically(
      report,
      sweepReport({
        title: `Sweep: ${config.target} in ${basename(file)}`,
        metric: data.metric,
        trials: result.trials,
        search: space,
        settingText,
        configuration: { best: used, ...asked, method: planned.method },
        command,
        version: await packageVersion(),
      }),
    );
    if (json) {
      printJson(this, {
        metric: data.metric,
        best: { trial: best.trial, settings: best.settings, value: best.value, spread: best.spread },
        trials: result.trials.map(({ runs, ...trial }) => ({ ...trial, runs: runs.length })),
        model,
        report,
      });
    } else {
      print(printTrials(this, { result, metric: data.metric, space, bestConfig: used, model, report }));
    }
  } finally {
    await journal.close();
  }
}

/** Which defaults a sweep that goes on takes: those it was begun with. Undefined where none was begun. */
async function versionIn(folder: string | undefined): Promise<Versioned | undefined> {
  const begun = folder === undefined ? undefined : await journalConfiguration(folder);
  if (typeof begun !== "object" || begun === null || !("config" in begun)) return undefined;
  return parseConfigVersion(`the sweep in ${folder}`, begun.config);
}

/** @throws OptionError where the folder holds a run that is none of a sweep, or where the sweep would write over an input */
async function requireSweepFolder(folder: string, inputs: readonly (string | undefined)[]): Promise<void> {
  const begun = existsSync(join(folder, journalFile));
  const other = [runRecordFile, ...(begun ? [] : resultFiles)].find((name) => existsSync(join(folder, name)));
  if (other !== undefined) throw new OptionError(`${folder} already holds a file ${other}; give another folder`);
  await requireNoInput(
    [journalFile, ...resultFiles].map((name) => join(folder, name)),
    inputs,
  );
}

/** The rows of each fold, and what trials are ranked by. */
function trialData(table: Table, config: ChosenConfig, folds: number | undefined, weighs: boolean): TrialData {
  const labels = labelsOf(table, config);
  const rows =
    folds === undefined
      ? [splitIndices(table.rows, { validation: config.validation }, config.seed, labels)]
      : foldIndices(table.rows, folds, config.seed, labels);
  const { encoder, raw } = prepareRows(table, config, rows[0]);
  const counts = classCounts(encoder, raw.train).map(({ count }) => count);
  if (weighs && encoder.task === "regression") {
    throw new OptionError("classWeight weighs classes; this target is a number (task regression)");
  }
  const metric = watchedMetric(weighs ? { ...config, classWeight: "balanced" } : config, encoder.task, counts);
  return { table, config, folds: rows, metric };
}

/** Runs everything in worker threads, or in this one where one run at a time is asked for. */
async function runAll(
  context: CliContext,
  plan: Parameters<typeof planSweep>[0],
  data: TrialData,
  journal: JournalFile,
  signal: AbortSignal,
): Promise<SweepResult> {
  const display = new ProgressDisplay(context);
  const pool =
    plan.parallel === 1
      ? undefined
      : new WorkerPool<SweepRun, RunOutcome>({
          module: new URL("./trialThread.js", import.meta.url),
          workers: plan.parallel ?? 1,
          workerData: data,
        });
  const runner = new TrialRunner(data);
  const stop = (): void => void pool?.close();
  signal.addEventListener("abort", stop);
  const started = context.now();
  const before = journal.finished.length;
  try {
    return await searchSettings({
      ...plan,
      run: (run) => (pool === undefined ? runner.run(run, signal) : pool.run(run)),
      finished: journal.finished,
      onFinished: async (run) => {
        try {
          await journal.add(run);
        } catch (thrown) {
          // What cannot be kept need not be finished.
          await pool?.close();
          throw thrown;
        }
      },
      signal,
      onProgress: ({ done, total, latest, best }) => {
        const spent = (context.now() - started) / 1000;
        const value = latest?.value;
        display.update({
          label: "run",
          done,
          total,
          ...(done > before && { secondsLeft: (spent / (done - before)) * (total - done) }),
          ...(value !== undefined && {
            validation: {
              metric: data.metric,
              value,
              ...(best?.value !== undefined && { best: { value: best.value, at: best.trial } }),
            },
          }),
        });
      },
    });
  } finally {
    signal.removeEventListener("abort", stop);
    await pool?.close();
    display.clear();
  }
}

/** What tells this table from another. */
function fingerprint({ rows, columns }: Table): { rows: number; columns: number; sha256: string } {
  const hash = createHash("sha256");
  for (const column of columns) {
    hash.update(JSON.stringify([column.name, column.kind]));
    if (column.kind === "numeric") {
      hash.update(new Uint8Array(column.values.buffer, column.values.byteOffset, column.values.byteLength));
    } else {
      for (const value of column.values) hash.update(`${JSON.stringify(value)},`);
    }
  }
  return { rows, columns: columns.length, sha256: hash.digest("hex").slice(0, 16) };
}
