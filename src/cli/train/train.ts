import { basename, dirname, extname, join } from "node:path";
import { valueText } from "../../constraint/differences.js";
import { summaryOf } from "../../formats/trainingSummary.js";
import { openEngine } from "../../node/engines.js";
import { makeNewFolder, makeRunFolder, requireWritableFolder } from "../../node/runFolder.js";
import { TensorBoardWriter } from "../../node/tensorBoardWriter.js";
import type { TrainingSpec } from "../../training/spec.js";
import { compare } from "../compare/compare.js";
import { type CliContext, widthOf } from "../context.js";
import { MisuseError } from "../failure.js";
import { printJson } from "../flags.js";
import { interruptible } from "../interrupt.js";
import { requireNoInput } from "../outputFile.js";
import { quoteForShell } from "../shell.js";
import { formatFacts } from "../table.js";
import { advisedChanges } from "./advice.js";
import { describeCheckpoints, findCheckpoints } from "./checkpoints.js";
import type { TrainFlags } from "./command.js";
import type { TrainConfig } from "./config.js";
import { examineRun, findingsInJson } from "./doctor.js";
import { HeldFolder, outputsIn, requireFree } from "./heldFolder.js";
import { measure } from "./measure.js";
import { notesOn } from "./notes.js";
import type { ChosenConfig, Source } from "./plan.js";
import { planRun, type RunPlan } from "./planRun.js";
import { constantFeatures } from "./prepare.js";
import { describeTask, printSummary } from "./print.js";
import { runTraining } from "./runTraining.js";
import { writeRun } from "./writeRun.js";

/** `gradproof train`: a table in, a model and a report out. */
export async function train(this: CliContext, flags: TrainFlags, givenFile?: string): Promise<Error | undefined> {
  const { json, resume } = flags;
  if (json && flags.applyAdvice)
    throw new MisuseError("--apply-advice shows two runs, --json is one document; leave one out");
  if (resume !== undefined && flags.overwrite)
    throw new MisuseError("--resume goes on with a run, --overwrite begins anew; leave one out");
  const resumed = resume === undefined ? undefined : await HeldFolder.resume(resume);
  try {
    const plan = await planRun(this, flags, givenFile, resumed?.begun);
    const folder = resumed ?? (await takeFolder(this, flags, plan));
    try {
      return await carryOut(this, flags, plan, folder);
    } finally {
      await folder.release();
    }
  } finally {
    await resumed?.release();
  }
}

/** Takes the folder that the run is to be written into: better to know now than after an hour that it cannot be. */
async function takeFolder(
  context: CliContext,
  { config, applyAdvice, overwrite = false }: TrainFlags,
  { source, out }: RunPlan,
): Promise<HeldFolder> {
  await requireWritableFolder(out ?? "runs");
  if (out === undefined) {
    const name = basename(source.file, extname(source.file));
    return HeldFolder.begin(await makeRunFolder("runs", name, context.date()), { made: true });
  }
  await requireNoInput(outputsIn(out), [...Object.values(source), config]);
  if (applyAdvice && !overwrite) await requireFree(advisedFolder(out));
  return HeldFolder.begin(out, { overwrite });
}

/** Beside the folder, also where its name was given with a slash at its end. */
const advisedFolder = (folder: string): string => join(dirname(folder), `${basename(folder)}-advised`);

/** Trains, and writes what it came to. */
async function carryOut(
  context: CliContext,
  flags: TrainFlags,
  { source, config, engine: engineName, table, prepared, test, classes, spec, net, record }: RunPlan,
  folder: HeldFolder,
): Promise<Error | undefined> {
  const { json } = flags;
  const print = (lines: readonly string[]): void => {
    if (!json) context.process.stdout.write(`${lines.join("\n")}\n`);
  };
  const { encoder } = prepared;
  const saved = await findCheckpoints(folder, record, context);
  const events = flags.tensorboard === undefined ? undefined : await TensorBoardWriter.open(flags.tensorboard);
  // Whatever is refused until then leaves the folder to the run that was there.
  const begin = async (): Promise<void> => {
    if (saved) await folder.announce(record);
    print(describeTask(table, prepared, classes, net, config, context));
    if (saved) print(describeCheckpoints(saved, spec.epochs ?? 0, context));
  };

  const { engine, close } = openEngine(engineName, config.threads);
  const trained = await interruptible(context, async (signal, stopped) => {
    const options = { ...spec, signal, engine };
    const { run, failure } = await runTraining(context, net, prepared, options, saved, events, begin);
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
  const resumable = saved !== undefined && run.stopped === "aborted";
  const paths = await writeRun(
    folder,
    { ...record, ended: !resumable },
    {
      source,
      config: asUsed(config, run.spec),
      model: { ...model, summary: summaryOf(run, prepared.train.X.columns, metrics) },
      run,
      metrics,
      findings,
      parts,
      training: prepared.train,
    },
  );

  if (json) {
    const { epochs, best, seconds } = run;
    const found = findingsInJson(findings);
    printJson(context, { ...metrics, epochs, bestEpoch: best?.epoch, seconds, findings: found, ...paths });
  } else {
    const examples = prepared.train.X.columns;
    const regression = encoder.task === "regression";
    print(printSummary({ run, metrics, findings, notes, paths, examples, regression }, context));
  }
  if (run.stopped === "aborted") {
    const goOn = resumable ? `; go on with: gradproof train --resume ${quoteForShell(folder.path)}` : "";
    return trained.stopped(`the best weights so far are saved${goOn}`);
  }
  if (!flags.applyAdvice) return failure;
  const changes = advisedChanges(asUsed(config, run.spec), findings);
  if (Object.keys(changes).length === 0) {
    print(["", "advice  nothing to change"]);
    return failure;
  }
  const failed = await trainAgain(context, flags, source, asUsed(config, run.spec), changes, folder.path);
  return failed ?? unwritten;
}

/** Trains with what the doctor advises to change, and shows both runs. */
async function trainAgain(
  context: CliContext,
  { out, overwrite = false }: TrainFlags,
  { file, ...others }: Source,
  config: ChosenConfig,
  changes: Partial<TrainConfig>,
  folder: string,
): Promise<Error | undefined> {
  const print = (lines: readonly string[]): unknown => context.process.stdout.write(`${lines.join("\n")}\n`);
  const names = Object.entries(changes).map(([name, value]) => `${name} ${valueText(value)}`);
  const facts = formatFacts([["advice", `trained again with ${names.join(", ")}`]], widthOf(context.process.stdout));
  print(["", ...facts, ""]);
  const advised = advisedFolder(folder);
  const again = out === undefined ? await makeNewFolder(advised) : advised;
  const failed = await train.call(context, { ...config, ...changes, out: again, overwrite, ...others }, file);
  if (failed !== undefined) return failed;
  print([""]);
  await compare.call(context, {}, folder, again);
  return undefined;
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
