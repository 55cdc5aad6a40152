import { readFile } from "node:fs/promises";
import { basename, extname, resolve } from "node:path";
import { OptionError } from "../../constraint/constraint.js";
import { valueText } from "../../constraint/differences.js";
import { summaryOf } from "../../formats/trainingSummary.js";
import { network } from "../../network/network.js";
import { openEngine } from "../../node/engines.js";
import { withFileErrors } from "../../node/fileError.js";
import { makeRunFolder, requireWritableFolder } from "../../node/runFolder.js";
import { TensorBoardWriter } from "../../node/tensorBoardWriter.js";
import type { TrainingSpec } from "../../training/spec.js";
import { compare } from "../compare/compare.js";
import { type CliContext, widthOf } from "../context.js";
import { MisuseError } from "../failure.js";
import { printJson } from "../flags.js";
import { interruptible } from "../interrupt.js";
import { readExamples, readExamplesFor } from "../readExamples.js";
import { quoteForShell } from "../shell.js";
import { shortPath } from "../shortPath.js";
import { formatFacts } from "../table.js";
import { advisedChanges } from "./advice.js";
import { beginFolder, describeCheckpoints, removeCheckpoints } from "./checkpoints.js";
import type { TrainFlags } from "./command.js";
import { type ConfigFile, parseTrainConfig } from "./config.js";
import { examineRun } from "./doctor.js";
import { measure } from "./measure.js";
import { notesOn } from "./notes.js";
import {
  type ChosenConfig,
  chooseConfig,
  networkSpecFor,
  type Source,
  trainingSpecFor,
  watchedMetric,
} from "./plan.js";
import { classCounts, constantFeatures, prepare } from "./prepare.js";
import { describeTask, printSummary } from "./print.js";
import { type RunRecord, readUnfinished, requireAsBegun, writeRunRecord } from "./runRecord.js";
import { runTraining } from "./runTraining.js";
import { writeRun } from "./writeRun.js";

/** `gradproof train`: a table in, a model and a report out. */
export async function train(this: CliContext, flags: TrainFlags, givenFile?: string): Promise<Error | undefined> {
  const { json } = flags;
  if (json && flags.applyAdvice)
    throw new MisuseError("--apply-advice shows two runs, --json is one document; leave one out");
  const begun = flags.resume === undefined ? undefined : await readUnfinished(flags.resume);
  const { source, chosen, checkpointEvery, out } = await choose(flags, givenFile, begun);
  const { file, labels, test: testFile, testLabels } = source;
  if (testLabels !== undefined && testFile === undefined) {
    throw new OptionError("--test-labels are the labels of what --test names; give both");
  }
  const { table, config } = await readExamples(this, file, labels, chosen);
  const print = (lines: readonly string[]): void => {
    if (!json) this.process.stdout.write(`${lines.join("\n")}\n`);
  };

  const prepared = prepare(table, config);
  const { encoder } = prepared;
  const test =
    testFile === undefined
      ? undefined
      : encoder.encode(await readExamplesFor(this, encoder, "featuresAndTarget", testFile, testLabels));
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
    ...(labels !== undefined && { labels: resolve(labels) }),
    ...(testFile !== undefined && { test: resolve(testFile) }),
    ...(testLabels !== undefined && { testLabels: resolve(testLabels) }),
    config,
    checkpointEvery,
    ended: false,
  };
  const saved = checkpointEvery === undefined ? undefined : await beginFolder(await makeFolder(), record, begun, this);
  const events = flags.tensorboard === undefined ? undefined : await TensorBoardWriter.open(flags.tensorboard);

  const { engine, close } = openEngine(config.engine, config.threads);
  const trained = await interruptible(this, async (signal, stopped) => {
    print(describeTask(table, prepared, classes, net, config, this));
    if (saved) print(describeCheckpoints(saved, spec.epochs ?? 0, this));
    const { run, failure } = await runTraining(this, net, prepared, { ...spec, signal, engine }, saved, events);
    const { train: data, validation } = prepared;
    return { run, failure, stopped, findings: await examineRun({ network: net, data, validation, run }, signal) };
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
    source,
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
  if (!resumable) await removeCheckpoints(folder);

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
    return trained.stopped(`the best weights so far are saved${goOn}`);
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
    const { file: _, ...others } = source;
    const again = { ...asUsed(config, run.spec), ...changes, out: advised, ...others };
    const failed = await train.call(this, again, file);
    if (failed !== undefined) return failed;
    print([""]);
    await compare.call(this, {}, folder, advised);
    return unwritten;
  }
  return failure;
}

/** What to train on what, from flags, a configuration file, or a run to go on with. */
async function choose(flags: TrainFlags, givenFile: string | undefined, begun: RunRecord | undefined) {
  const {
    labels,
    test,
    testLabels,
    config: configFile,
    out,
    json: _,
    applyAdvice: ___,
    checkpointEvery,
    resume,
    tensorboard: __,
    ...options
  } = flags;
  const fromFile = configFile === undefined ? undefined : await readConfig(configFile);
  if (begun === undefined || resume === undefined) {
    if (givenFile === undefined) {
      throw new MisuseError("train needs a table, such as `gradproof train data.csv --target y`, or --resume DIR");
    }
    const source: Source = {
      file: givenFile,
      ...(labels !== undefined && { labels }),
      ...(test !== undefined && { test }),
      ...(testLabels !== undefined && { testLabels }),
    };
    return { source, chosen: chooseConfig(options, fromFile), checkpointEvery, out };
  }
  if (out !== undefined && resolve(out) !== resolve(resume)) {
    throw new OptionError(`--resume goes on in ${resume}; leave --out out`);
  }
  const absolute = (path: string | undefined): string | undefined => (path === undefined ? undefined : resolve(path));
  // Only what is named can differ: what is left out was chosen when the run was begun.
  const { version: _version, ...named } = fromFile ?? {};
  requireAsBegun(resume, begun, {
    table: absolute(givenFile),
    labels: absolute(labels),
    test: absolute(test),
    testLabels: absolute(testLabels),
    config: { ...named, ...options },
  });
  const source: Source = {
    file: shortPath(begun.table),
    ...(begun.labels !== undefined && { labels: shortPath(begun.labels) }),
    ...(begun.test !== undefined && { test: shortPath(begun.test) }),
    ...(begun.testLabels !== undefined && { testLabels: shortPath(begun.testLabels) }),
  };
  return {
    source,
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

/** The configuration with what training chose by itself. */
export function asUsed(config: ChosenConfig, { learningRate, batchSize }: TrainingSpec): ChosenConfig {
  return {
    ...config,
    ...(learningRate !== undefined && { learningRate }),
    ...(batchSize !== undefined && { batchSize }),
  };
}

/** The options in a file that an earlier run wrote. */
export async function readConfig(path: string): Promise<ConfigFile> {
  const text = await withFileErrors("read", path, () => readFile(path, "utf8"));
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (thrown) {
    throw new OptionError(`${path} is no JSON: ${thrown instanceof Error ? thrown.message : thrown}`);
  }
  return parseTrainConfig(path, value);
}
