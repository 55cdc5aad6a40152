import { join } from "node:path";
import { depthExperiment } from "../../experiments/depth.js";
import type { ExperimentOptions, ExperimentRun } from "../../experiments/experimentRun.js";
import { gradientCheckingExperiment } from "../../experiments/gradientChecking.js";
import { initializationExperiment } from "../../experiments/initialization.js";
import { initializationReference, type ReferenceRun } from "../../experiments/reference.js";
import { regularizationExperiment } from "../../experiments/regularization.js";
import { readPoints } from "../../node/readPoints.js";
import { makeRunFolder, requireWritableFolder } from "../../node/runFolder.js";
import type { CliContext } from "../context.js";
import { printJson } from "../flags.js";
import { interruptible, type Stopped } from "../interrupt.js";
import { OutputFile } from "../outputFile.js";
import { ProgressDisplay } from "../progress.js";
import { quoteForShell } from "../shell.js";
import type { ExperimentChoice, ReproduceFlags } from "./command.js";
import { compare, gradientCheckingDisagreements, regularizationReference } from "./compare.js";
import { printGradientChecking, printRuns } from "./print.js";
import { printDepth } from "./printDepth.js";
import { reportPage } from "./reportPage.js";
import { type Results, toJson } from "./results.js";

/** `gradproof reproduce`: runs the reference experiments and holds every number against NumPy's. */
export async function reproduce(this: CliContext, flags: ReproduceFlags, choice: ExperimentChoice): Promise<void> {
  // Depth has no reference numbers, and takes longer than the others together.
  const wants = (name: ExperimentChoice): boolean => choice === name || (choice === "all" && name !== "depth");
  const data = flags.data === undefined ? undefined : await readPoints(flags.data);
  const print = (lines: readonly string[]): void => {
    if (!flags.json) this.process.stdout.write(`${lines.join("\n")}\n\n`);
  };
  const disagreements: string[] = [];
  const show = (title: string, runs: ExperimentRun[], reference?: Readonly<Record<string, ReferenceRun>>): void => {
    const comparisons = reference === undefined ? [] : runs.map((run) => compare(run, reference[run.name]));
    disagreements.push(...comparisons.filter(({ agrees }) => !agrees).map(({ run }) => `${title} ${run.name}`));
    print(printRuns(title, runs, comparisons, this));
  };
  const planIn = (folder: string): Promise<OutputFile> =>
    OutputFile.plan(join(folder, "report.html"), { overwrite: flags.overwrite, inputs: [flags.data] });
  const planned = flags.out === undefined ? undefined : await planIn(flags.out);
  if (planned === undefined && !flags.json) await requireWritableFolder("runs");
  const started = this.now();
  const results: Results = {};
  await interruptible(this, async (...stop) => {
    if (wants("initialization")) {
      results.initialization = await watched(this, stop, initializationExperiment);
      show("initialization", results.initialization, initializationReference);
    }
    if (wants("regularization")) {
      results.regularization = await watched(this, stop, (options) => regularizationExperiment({ ...options, data }));
      show("regularization", results.regularization, regularizationReference(data));
    }
    if (wants("gradient-checking")) {
      results.gradientChecking = gradientCheckingExperiment();
      disagreements.push(...gradientCheckingDisagreements(results.gradientChecking));
      print(printGradientChecking(results.gradientChecking, this));
    }
    if (wants("depth")) {
      results.depth = await watched(this, stop, depthExperiment);
      print(printDepth(results.depth, this));
    }
  });
  if (flags.json) printJson(this, toJson(results));
  if (!flags.json || planned !== undefined) {
    const output = planned ?? (await planIn(await makeRunFolder("runs", "reproduce", this.date())));
    const report = await reportPage({
      results,
      regularizationReference: regularizationReference(data),
      command: [
        "gradproof reproduce",
        choice,
        ...(flags.data === undefined ? [] : ["--data", quoteForShell(flags.data)]),
      ].join(" "),
      seconds: (this.now() - started) / 1000,
    });
    await output.write(this, report);
    if (!flags.json) this.process.stdout.write(`report  ${output.path}\n`);
  }
  if (disagreements.length > 0) throw new Error(`not as in NumPy: ${disagreements.join(", ")}`);
}

/** Runs an experiment under a progress line for all of its runs. */
async function watched<Result>(
  context: CliContext,
  [signal, stopped]: readonly [AbortSignal, Stopped],
  experiment: (options: ExperimentOptions) => Promise<Result>,
): Promise<Result> {
  const display = new ProgressDisplay(context);
  const started = context.now();
  try {
    return await experiment({
      signal,
      onProgress: ({ label, run, runs, iteration, iterations, cost }) => {
        const done = (run - 1) * iterations + iteration;
        const stepsPerSecond = done / ((context.now() - started) / 1000);
        const secondsLeft = (runs * iterations - done) / stepsPerSecond;
        display.update({ label, done: iteration, total: iterations, cost, stepsPerSecond, secondsLeft });
      },
    });
  } catch (thrown) {
    throw signal.aborted ? stopped("nothing was saved") : thrown;
  } finally {
    display.clear();
  }
}
