import { basename, extname, join } from "node:path";
import { OptionError } from "../../constraint/constraint.js";
import { isHigherBetter } from "../../metrics/isHigherBetter.js";
import { availableCores } from "../../node/availableCores.js";
import { journalFile } from "../../node/journalFile.js";
import { makeRunFolder, requireWritableFolder } from "../../node/runFolder.js";
import { writeAtomically } from "../../node/writeAtomically.js";
import { memberCount } from "../../pipeline/impliedDefaults.js";
import { prepareRows } from "../../pipeline/prepare.js";
import { resolve } from "../../pipeline/resolve.js";
import { sweepReport } from "../../plot/sweepReport.js";
import { parseSearch } from "../../sweep/parseSearch.js";
import { planSweep } from "../../sweep/sweep.js";
import type { CliContext } from "../context.js";
import { MisuseError } from "../failure.js";
import { printJson } from "../flags.js";
import { interruptible } from "../interrupt.js";
import { chosenBy, readConfigFile } from "../options/configFile.js";
import { viewOf } from "../options/configured.js";
import { optionsOf } from "../options/options.js";
import type { ChosenConfiguration } from "../options/runConfiguration.js";
import { ofOne } from "../options/runConfiguration.js";
import { readExamples } from "../readExamples.js";
import { packageVersion } from "../version.js";
import type { SweepFlags } from "./command.js";
import { describeSweep, printTrials, repeatCommand } from "./print.js";
import { runTrials } from "./runTrials.js";
import { searchFields, settingText } from "./searchFields.js";
import { begunIn, openJournal, requireSweepFolder } from "./sweepFolder.js";
import { trainBest } from "./trainBest.js";
import { configurationOfTrial } from "./trial.js";
import { trialData } from "./trialData.js";

/** `gradproof sweep`: settings to try in, the best of them as a model out. */
export async function sweep(this: CliContext, flags: SweepFlags, file?: string, ...more: string[]): Promise<void> {
  const { search: first = [], method, trials, folds, seeds, workers, labels, config: configFile, out, json } = flags;
  if (first.length + more.length === 0) {
    throw new OptionError("--search is missing: say what to try, such as --search l2=0,0.01,0.1 keep=1,0.8");
  }
  const space = parseSearch([...first, ...more], searchFields);
  const written = configFile === undefined ? await begunIn(out) : await readConfigFile(configFile);
  if (written.said.data?.points !== undefined) {
    throw new OptionError(
      "sweep takes a table, which it splits itself; the configuration has points, which are split already",
    );
  }
  if (file === undefined) {
    throw new MisuseError("sweep needs a table, such as `gradproof sweep data.csv --target y --search l2=0,0.1`");
  }
  const { metric, ...others } = optionsOf(flags);
  // Where no trial stops early the metric is what they are ranked by, and no option of theirs.
  const ranking = chosenBy(written, others).training.earlyStopping === "none" ? metric : undefined;
  const options = ranking === undefined ? optionsOf(flags) : others;
  const given = { ...written.values, ...options };
  const { table, config: read } = await readExamples(this, file, labels, ofOne(chosenBy(written, options)));
  // Whatever a file of options says: runs share the cores among themselves.
  const { threads: _threads, ...shared } = read;
  const config: ChosenConfiguration = { ...shared, engine: "wasm" };
  const data = trialData(table, config, given, { folds, ranking, searched: Object.keys(space) });
  const plan = {
    search: space,
    seed: config.data.seed,
    folds: data.folds.length,
    better: isHigherBetter(data.metric) ? "higher" : "lower",
    ...(method && { method }),
    ...(trials !== undefined && { trials }),
    ...(seeds !== undefined && { seeds }),
  } as const;
  const planned = planSweep(plan);
  // A combination that no network can be built of is better told of now.
  const prepared = prepareRows(table, config, data.folds[0]);
  for (const settings of planned.settings) resolve(configurationOfTrial(data, settings), prepared);

  if (out !== undefined) await requireSweepFolder(out, [file, labels, configFile]);
  const folder = out ?? (await makeRunFolder("runs", `${basename(file, extname(file))}-sweep`, this.date()));
  const { seed: _, better: __, ...rest } = plan;
  // Values by another metric are of no use to a sweep that is gone on with.
  const asked = { ...rest, ...(ranking && { metric: ranking }) };
  await requireWritableFolder(folder);
  const journal = await openJournal(folder, table, { ...asked, method: planned.method }, config);
  const parallel = workers ?? availableCores();
  const print = (lines: readonly string[]): void => {
    if (!json) this.process.stdout.write(`${lines.join("\n")}\n`);
  };
  // The folder is this sweep's until all of it is written.
  try {
    const { result, best, model, used, epochs } = await interruptible(this, async (signal, stopped) => {
      const finished = journal.finished.length;
      const { encoder } = prepared;
      const members = memberCount(config);
      print(describeSweep(this, { table, encoder, planned, metric: data.metric, members, folder, finished }));
      const result = await runTrials(this, { ...plan, parallel }, data, journal, signal);
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
    const command = repeatCommand(file, space, flags, { config, ranking });
    await writeAtomically(
      report,
      sweepReport({
        title: `Sweep: ${config.data.target} in ${basename(file)}`,
        metric: data.metric,
        trials: result.trials,
        search: space,
        settingText,
        configuration: { best: viewOf(used), ...asked, method: planned.method },
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
      print(printTrials(this, { result, metric: data.metric, space, epochs, model, report }));
    }
  } finally {
    await journal.close();
  }
}
