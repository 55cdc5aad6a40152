import { readFile, rm } from "node:fs/promises";
import { basename, extname, join, resolve } from "node:path";
import { OptionError } from "../../constraint/constraint.js";
import { valueText } from "../../constraint/differences.js";
import type { Table } from "../../data/table.js";
import { RunWatch } from "../../doctor/runWatch.js";
import { runSummary } from "../../formats/tensorboard/runSummary.js";
import { summaryOf } from "../../formats/trainingSummary.js";
import { type Network, network } from "../../network/network.js";
import { openEngine } from "../../node/engines.js";
import { withFileErrors } from "../../node/fileError.js";
import { makeRunFolder, requireWritableFolder } from "../../node/runFolder.js";
import { TensorBoardWriter } from "../../node/tensorBoardWriter.js";
import type { Checkpoint } from "../../training/checkpoint.js";
import { NonFiniteCostError } from "../../training/nonFinite.js";
import type { Progress, TrainOptions } from "../../training/options.js";
import { parseTrainingSpec } from "../../training/parseTraining.js";
import type { HistoryEntry, Run } from "../../training/run.js";
import { TrainingSession } from "../../training/session.js";
import type { TrainingSpec } from "../../training/spec.js";
import { compare } from "../compare/compare.js";
import { type CliContext, widthOf } from "../context.js";
import { MisuseError, StoppedError } from "../failure.js";
import { printJson } from "../flags.js";
import { interruptible } from "../interrupt.js";
import { ProgressDisplay } from "../progress.js";
import { readTableShown } from "../readTableShown.js";
import { quoteForShell } from "../shell.js";
import { shortPath } from "../shortPath.js";
import { formatFacts } from "../table.js";
import { advisedChanges } from "./advice.js";
import { beginFolder, describeCheckpoints, type SavedRun, saveOrWarn } from "./checkpoints.js";
import type { TrainFlags } from "./command.js";
import { parseTrainConfig, type TrainConfig } from "./config.js";
import { examineRun, showFindings } from "./doctor.js";
import { measure } from "./measure.js";
import { notesOn } from "./notes.js";
import { type ChosenConfig, chooseConfig, networkSpecFor, trainingSpecFor, watchedMetric } from "./plan.js";
import { classCounts, constantFeatures, type Prepared, prepare } from "./prepare.js";
import { describeTask, printSummary } from "./print.js";
import { checkpointFile, type RunRecord, readUnfinished, requireAsBegun, writeRunRecord } from "./runRecord.js";
import { writeRun } from "./writeRun.js";

/** `gradproof train`: a table in, a model and a report out. */
export async function train(this: CliContext, flags: TrainFlags, givenFile?: string): Promise<Error | undefined> {
  const { json } = flags;
  if (json && flags.applyAdvice)
    throw new MisuseError("--apply-advice shows two runs, --json is one document; leave one out");
  const begun = flags.resume === undefined ? undefined : await readUnfinished(flags.resume);
  const { file, testFile, chosen, checkpointEvery, out } = await choose(flags, givenFile, begun);
  const table = await readTableShown(this, file, { drop: chosen.drop });
  const config: ChosenConfig = { ...chosen, target: requireTarget(chosen.target, file, table) };
  const print = (lines: readonly string[]): void => {
    if (!json) this.process.stdout.write(`${lines.join("\n")}\n`);
  };

  const prepared = prepare(table, config);
  const { encoder } = prepared;
  const test =
    testFile === undefined
      ? undefined
      : encoder.encode(await readTableShown(this, testFile, encoder.csvOptions("featuresAndTarget")));
  const classes = classCounts(encoder, prepared.raw.train);
  const metric = watchedMetric(
    config,
    encoder.task,
    classes.map(({ count }) => count),
  );
  const spec = trainingSpecFor(config, encoder.task, prepared.train, metric);
  const net = network(networkSpecFor(config, encoder));
  // Better to know now than after an hour of training.
  await requireWritableFolder(out ?? "runs");
  const makeFolder = async (): Promise<string> =>
    out ?? (await makeRunFolder("runs", basename(file, extname(file)), this.date()));
  const record: RunRecord = {
    table: resolve(file),
    ...(testFile !== undefined && { test: resolve(testFile) }),
    config,
    checkpointEvery,
    ended: false,
  };
  const saved = checkpointEvery === undefined ? undefined : await beginFolder(await makeFolder(), record, begun);
  const events = flags.tensorboard === undefined ? undefined : await TensorBoardWriter.open(flags.tensorboard);

  const { engine, close } = openEngine(config.engine, config.threads);
  const { learningRate } = parseTrainingSpec(spec);
  const trained = await interruptible(this, async (signal) => {
    print(describeTask(table, prepared, classes, net, config, this));
    if (saved) print(describeCheckpoints(saved, spec.epochs ?? 0, this));
    const onRecord = (entry: HistoryEntry): void =>
      events?.write(entry.iteration, runSummary(entry, net, learningRate));
    const { run, failure } = await runTraining(this, net, prepared, { ...spec, signal, engine, onRecord }, saved);
    const { train: data, validation } = prepared;
    return { run, failure, findings: await examineRun({ network: net, data, validation, run }, signal) };
  }).finally(close);
  const { run, findings } = trained;
  const unwritten = await events?.close().then(nothing, asError);
  const failure = trained.failure ?? unwritten;

  const parts = { train: prepared.raw.train, validation: prepared.raw.validation, ...(test && { test }) };
  const model = { network: net, encoder, normalizer: prepared.normalizer, targetNormalizer: prepared.targetNormalizer };
  const metrics = Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, measure(model, part, config)]));
  const notes = notesOn({
    run,
    classes,
    validationExamples: prepared.validation.X.columns,
    constantFeatures: constantFeatures(prepared.raw.train),
  });
  const folder = saved?.folder ?? (await makeFolder());
  const paths = await writeRun(folder, {
    file,
    testFile,
    config: asUsed(config, run.spec),
    model: { ...model, summary: summaryOf(run, prepared.train.X.columns, metrics) },
    run,
    metrics,
    findings,
    parts,
    training: prepared.train,
  });
  const resumable = saved !== undefined && run.stopped === "aborted";
  await writeRunRecord(folder, { ...record, ended: !resumable });
  if (!resumable) await rm(join(folder, checkpointFile), { force: true });

  if (json) {
    const { epochs, best, seconds } = run;
    const { model, report } = paths;
    printJson(this, { ...metrics, epochs, bestEpoch: best?.epoch, seconds, findings, model, report });
  } else {
    const examples = prepared.train.X.columns;
    print(
      printSummary({ run, metrics, findings, notes, paths, examples, regression: encoder.task === "regression" }, this),
    );
  }
  if (run.stopped === "aborted") {
    const goOn = resumable ? `; go on with: gradproof train --resume ${quoteForShell(folder)}` : "";
    return new StoppedError(`stopped by Ctrl-C; the best weights so far are saved${goOn}`);
  }
  if (flags.applyAdvice) {
    const changes = advisedChanges(asUsed(config, run.spec), findings);
    const names = Object.entries(changes).map(([name, value]) => `${name} ${valueText(value)}`);
    if (names.length === 0) {
      print(["", "advice  nothing to change"]);
      return failure;
    }
    print([
      "",
      ...formatFacts([["advice", `trained again with ${names.join(", ")}`]], widthOf(this.process.stdout)),
      "",
    ]);
    const advised = `${folder}-advised`;
    const again = { ...asUsed(config, run.spec), ...changes, out: advised, ...(testFile && { test: testFile }) };
    const failed = await train.call(this, again, file);
    if (failed !== undefined) return failed;
    print([""]);
    await compare.call(this, {}, folder, advised);
    return undefined;
  }
  return failure;
}

/** What to train on what, from flags, a configuration file, or a run to go on with. */
async function choose(flags: TrainFlags, givenFile: string | undefined, begun: RunRecord | undefined) {
  const {
    test: testFile,
    config: configFile,
    out,
    json: _,
    applyAdvice: ___,
    checkpointEvery,
    resume,
    tensorboard: __,
    ...options
  } = flags;
  const fromFile = configFile === undefined ? {} : await readConfig(configFile);
  if (begun === undefined || resume === undefined) {
    if (givenFile === undefined) {
      throw new MisuseError("train needs a table, such as `gradproof train data.csv --target y`, or --resume DIR");
    }
    return { file: givenFile, testFile, chosen: chooseConfig(options, fromFile), checkpointEvery, out };
  }
  if (out !== undefined && resolve(out) !== resolve(resume)) {
    throw new OptionError(`--resume goes on in ${resume}; leave --out out`);
  }
  requireAsBegun(resume, begun, {
    table: givenFile === undefined ? undefined : resolve(givenFile),
    test: testFile === undefined ? undefined : resolve(testFile),
    config: { ...fromFile, ...options },
  });
  return {
    file: shortPath(begun.table),
    testFile: begun.test === undefined ? undefined : shortPath(begun.test),
    chosen: begun.config,
    checkpointEvery: checkpointEvery ?? begun.checkpointEvery ?? 1,
    out: resume,
  };
}

const nothing = (): undefined => undefined;

/** A full disk must not lose the model: it is saved, then this is shown. */
function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

/** Trains under a progress line, until the end, Ctrl-C, or a cost that is no longer finite. */
async function runTraining(
  context: CliContext,
  net: Network,
  { train: data, validation }: Prepared,
  options: TrainOptions,
  saved: SavedRun | undefined,
): Promise<{ run: Run; failure?: Error }> {
  const { signal, ...sessionOptions } = options;
  const display = new ProgressDisplay(context);
  const metric = options.earlyStopping?.metric ?? "cost";
  const watch = new RunWatch({ network: net, data, validation });
  const onRecord = (entry: HistoryEntry): void => {
    options.onRecord?.(entry);
    const { iteration, iterations } = session.progress();
    // At the end of the run its summary says all.
    if (iteration < iterations) showFindings(watch.look(session.run()), entry.epoch, display, context);
  };
  const session = new TrainingSession(net, data, { ...sessionOptions, validation, onRecord });
  const onProgress = ({ epoch, epochs, latest, best, stepsPerSecond, secondsLeft }: Progress): void => {
    const value = latest.validation?.[metric];
    display.update({
      label: "epoch",
      done: epoch,
      total: epochs,
      cost: latest.cost,
      stepsPerSecond,
      secondsLeft,
      ...(value !== undefined && {
        validation: { metric, value, ...(best && { best: { value: best.value, at: best.epoch } }) },
      }),
    });
  };
  try {
    if (saved?.resume) session.resume(saved.resume);
    const checkpoint = saved && {
      every: saved.every,
      save: (point: Checkpoint) => saveOrWarn(saved.folder, point, display, context),
    };
    const stopped = await session.advance(Number.POSITIVE_INFINITY, { checkpoint, onProgress, signal });
    if (stopped === "aborted") await session.finish(stopped);
    onProgress(session.progress());
    return { run: session.run() };
  } catch (thrown) {
    // The weights before the failure are worth keeping, and the report shows what led to it.
    if (thrown instanceof NonFiniteCostError) return { run: thrown.run, failure: thrown };
    throw thrown;
  } finally {
    session.release();
    display.clear();
  }
}

/** The configuration with what training chose by itself. */
export function asUsed(config: ChosenConfig, { learningRate, batchSize }: TrainingSpec): ChosenConfig {
  return {
    ...config,
    ...(learningRate !== undefined && { learningRate }),
    ...(batchSize !== undefined && { batchSize }),
  };
}

/** The options in a file that an earlier run wrote. */
export async function readConfig(path: string): Promise<Partial<TrainConfig>> {
  const text = await withFileErrors("read", path, () => readFile(path, "utf8"));
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (thrown) {
    throw new OptionError(`${path} is no JSON: ${thrown instanceof Error ? thrown.message : thrown}`);
  }
  return parseTrainConfig(path, value);
}

/** The column to predict, which must be named. */
export function requireTarget(target: string | undefined, file: string, { columns }: Table): string {
  if (target !== undefined) return target;
  const names = columns.map(({ name }) => name);
  throw new OptionError(
    `--target is missing: name the column to predict. ${file} has ${names.slice(0, 12).join(", ")}${names.length > 12 ? ", …" : ""}`,
  );
}
