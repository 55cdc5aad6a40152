import { fewWholeNumbers } from "../../data/fewWholeNumbers.js";
import type { Finding } from "../../doctor/finding.js";
import { summaryOf } from "../../formats/trainingSummary.js";
import type { Network } from "../../network/network.js";
import type { EngineName } from "../../node/engineNames.js";
import { openEngine } from "../../node/engines.js";
import { onHeldOut } from "../../pipeline/heldOut.js";
import { memberCount, validationOf } from "../../pipeline/impliedDefaults.js";
import { intervalsOf } from "../../pipeline/intervals.js";
import { measure } from "../../pipeline/measure.js";
import { originOf } from "../../pipeline/originOf.js";
import { classCounts, codesAsNumbers, constantFeatures } from "../../pipeline/prepare.js";
import { sharedSpec } from "../../pipeline/sharedSpec.js";
import { temperMembers } from "../../pipeline/temperMembers.js";
import { modelOf } from "../../pipeline/trainRuns.js";
import { uncoveredIn } from "../../pipeline/uncoveredClasses.js";
import type { Run } from "../../training/run.js";
import type { TrainingSpec } from "../../training/spec.js";
import type { CliContext } from "../context.js";
import { printJson } from "../flags.js";
import { interruptible } from "../interrupt.js";
import { type ChosenConfiguration, dataOf } from "../options/runConfiguration.js";
import { quoteForShell } from "../shell.js";
import { describeCheckpoints, findCheckpoints } from "./checkpoints.js";
import { examineRun } from "./doctor.js";
import { closeEvents, openEvents } from "./events.js";
import type { HeldFolder } from "./heldFolder.js";
import { idleOptions } from "./idleOptions.js";
import { type NoteFacts, notesOn } from "./notes.js";
import type { RunPlan } from "./planRun.js";
import { describeTask, printSummary } from "./print.js";
import { runJson } from "./runJson.js";
import { runTraining } from "./runTraining.js";
import { type FinishedRun, writeRun } from "./writeRun.js";

/** A run that has come to an end and is written. */
export interface EndedRun {
  /** The configuration with what training chose by itself. */
  readonly used: ChosenConfiguration & { readonly engine: EngineName };
  readonly findings: readonly Finding[];
  /** Where it was stopped: by what, and how it goes on. */
  readonly stopped: Error | undefined;
  /** What was wrong with it, though it is written. */
  readonly failure: Error | undefined;
  /** Events for TensorBoard that could not be written, which is a part of the failure. */
  readonly unwritten: Error | undefined;
}

/** Where a run shows itself, beside its folder. */
interface Shown {
  readonly json: boolean;
  readonly tensorboard?: string | undefined;
}

/** Trains, and writes what it came to. */
export async function carryOut(
  context: CliContext,
  plan: RunPlan,
  folder: HeldFolder,
  { json, tensorboard }: Shown,
): Promise<EndedRun> {
  const { config, engine: engineName, prepared, specs, nets, parts, record } = plan;
  const [spec] = specs;
  const print = (lines: readonly string[]): void => {
    if (!json) context.process.stdout.write(`${lines.join("\n")}\n`);
  };
  const saved = await findCheckpoints(folder, record, context);
  const events = tensorboard === undefined ? [] : await openEvents(tensorboard, nets.length);
  // Whatever is refused until then leaves the folder to the run that was there.
  const begin = async (): Promise<void> => {
    if (saved) await folder.announce(record);
    print(describeTask(plan, context));
    if (saved) print(describeCheckpoints(saved, spec, parts[0].data.X.columns, context));
  };

  const { engine, close } = openEngine(engineName, config.threads);
  const { trained, stopped, findings } = await interruptible(context, async (signal, stopped) => {
    const trained = await runTraining(context, plan, { signal, engine }, saved, events, begin);
    const findings: Finding[][] = [];
    for (const [k, { run }] of trained.entries()) {
      findings.push(await examineRun({ network: nets[k], ...parts[k], run }, signal));
    }
    return { trained, stopped, findings };
  }).finally(close);
  const runs = trained.map(({ run }) => run);
  const [run] = runs;
  const failure = trained.find((member) => member.failure !== undefined)?.failure;
  const unwritten = await closeEvents(events);

  // After the doctor, who judges the weights that training left.
  const temperatures = temperMembers(nets, parts, prepared, spec);
  const notes = notesOf(plan, run);
  const finished = { ...finishedRun(plan, runs, findings), notes };
  const aborted = runs.some((member) => member.stopped === "aborted");
  const resumable = saved !== undefined && aborted;
  const paths = await writeRun(folder, { ...record, ended: !resumable }, finished);
  if (json) {
    printJson(context, runJson({ plan, finished, temperatures, paths }));
  } else {
    const examples = parts[0].data.X.columns;
    const { targetNormalizer } = prepared;
    const scaledTargets = targetNormalizer && (targetNormalizer.isLogarithm ? "logarithms of targets" : "targets");
    print(printSummary({ ...finished, paths, examples, scaledTargets, temperatures }, context));
  }
  // Without early stopping nothing says which weights were best.
  const kept = spec.earlyStopping === undefined ? "weights" : "best weights";
  const goOn = resumable ? `; go on with: gradproof train --resume ${quoteForShell(folder.path)}` : "";
  return {
    used: { ...finished.config, engine: engineName },
    findings: findings.flat(),
    stopped: aborted ? stopped(`the ${kept} so far are saved${goOn}`) : undefined,
    failure: failure ?? unwritten,
    unwritten,
  };
}

/** The model with its metrics on each part of the data, and all else that is written. */
function finishedRun(
  { source, config, table, prepared, test, nets, parts: [{ data: training }] }: RunPlan,
  runs: readonly Run[],
  findings: readonly (readonly Finding[])[],
): Omit<FinishedRun, "notes"> {
  const { raw, folds, rows } = prepared;
  const run = { ...runs[0], spec: sharedSpec(runs) };
  const model = modelOf(nets, prepared);
  const heldOut = onHeldOut(model, prepared);
  const metrics = {
    train: measure(model, raw.train),
    ...(heldOut && { validation: heldOut.metrics }),
    ...(test && { test: measure(model, test) }),
  };
  return {
    source,
    config: asUsed(config, run.spec, nets[0]),
    model: {
      ...model,
      summary: summaryOf(run, raw.train.X.columns, metrics, originOf({ ...config, data: dataOf(config.data) })),
    },
    ...{ runs, metrics, findings, train: raw.train, heldOut, test, training, outOfFold: folds !== undefined },
    intervals: heldOut && intervalsOf(heldOut, model),
    uncovered: uncoveredIn(model, { train: raw.train, heldOut, test }),
    ...{ table, rows },
  };
}

function notesOf(plan: RunPlan, run: Run): string[] {
  const { table, prepared, classes, config, engine, nets, specs } = plan;
  const [spec] = specs;
  const validated = prepared.validation && classCounts(prepared.encoder, prepared.validation);
  const notes = notesOn({
    run,
    classes,
    costs: prepared.threshold !== undefined,
    single: classes.flatMap(({ name, count }, k) => (count === 1 && !validated?.[k].count ? [name] : [])),
    whole: wholeTarget(plan),
    heldOut: prepared.folds === undefined ? prepared.validation?.X.columns : prepared.train.X.columns,
    unlabelled: table?.partOf === undefined ? 0 : table.partOf.rows - table.rows,
    leftOut: prepared.encoder.leftOut,
    constantFeatures: constantFeatures(prepared.raw.train),
    codesAsNumbers: codesAsNumbers(prepared.encoder, nets[0]),
  });
  return [...idleOptions(config, engine, spec, prepared.train.X.columns), ...notes];
}

/** A target of few whole numbers, where neither task nor loss says how to take it. */
function wholeTarget({ table, config: { data, network }, prepared: { encoder } }: RunPlan): NoteFacts["whole"] {
  const column = table?.columns.find(({ name }) => name === data.target);
  if (data.task !== "auto" || network.loss !== undefined || column?.kind !== "numeric") return undefined;
  const whole = fewWholeNumbers(column.values);
  return whole && { ...whole, target: column.name, asClasses: encoder.task !== "regression" };
}

/** The configuration with what it left to the data, and what training chose by itself. */
export function asUsed(
  config: ChosenConfiguration,
  { learningRate, batchSize, epochs, keep }: TrainingSpec,
  { spec: { dtype } }: Network,
): ChosenConfiguration {
  // What it chose stands in its place.
  const { effort: _, ...rest } = config;
  const { data, network, training, version } = rest;
  const chosen = {
    ...rest,
    training: {
      ...training,
      ...(learningRate !== undefined && { learningRate }),
      ...(batchSize !== undefined && { batchSize }),
    },
  };
  // Up to version 3 the rest is the same for all data.
  if (version < 4) return chosen;
  return {
    ...chosen,
    members: memberCount(config),
    data: { ...data, ...(data.points === undefined && { validation: validationOf(config) }) },
    network: { ...network, dtype },
    training: {
      ...(training.iterations === undefined && epochs !== undefined && { epochs }),
      ...(keep !== undefined && { keep }),
      ...chosen.training,
    },
  };
}
