import { OptionError, requireNumber } from "../constraint/constraint.js";
import { requireRecord } from "../constraint/kinds.js";
import type { Dataset } from "../data/dataset.js";
import { Normalizer } from "../data/normalizer.js";
import { type Loss, network } from "../network/network.js";
import type { CompleteNetworkSpec } from "../network/parseSpec.js";
import { isPenalized, type PenaltyStrength, penaltyOf, weightsIn } from "../network/penalty.js";
import type { Program } from "../network/program.js";
import type { AveragePlan } from "../ops/average/average.js";
import { averagePlan } from "../training/averagePlan.js";
import { settingsAt } from "../training/changes.js";
import { keepOf } from "../training/dropout.js";
import { evaluate, requireTargets, taskOf } from "../training/evaluate.js";
import { exampleWeights } from "../training/exampleWeights.js";
import { type ScheduleKey, scheduleKeys } from "../training/parseSchedule.js";
import { type CompleteTrainingSpec, parseTrainingSpec } from "../training/parseTraining.js";
import { type RunLength, runLengthOf } from "../training/runLength.js";
import { canTemper } from "../training/temperature.js";
import { type SourcedData, sourcedData } from "./dataToExport.js";
import type { RunToExport } from "./runToExport.js";

/** The values of the settings that a change gives, the keep probabilities by layer. */
export interface CompleteChange {
  readonly iteration: number;
  readonly learningRate?: number;
  readonly l1?: PenaltyStrength;
  readonly l2?: PenaltyStrength;
  readonly keep?: readonly number[];
  readonly clipNorm?: number;
  readonly clipValue?: number;
}

/** A run checked as `train` checks it, with its defaults filled in. */
export interface PreparedRun {
  /** Who exports, for messages. */
  readonly where: string;
  readonly network: CompleteNetworkSpec;
  /** The operations it is made of. */
  readonly program: Program;
  readonly loss: Loss;
  readonly training: CompleteTrainingSpec;
  readonly pace: RunLength;
  readonly task: "binary" | "multiclass" | "regression";
  readonly data: SourcedData;
  /** Networks of an ensemble; 1 for a network alone. */
  readonly members: number;
  readonly validation: SourcedData | undefined;
  /** Whether the program sets a temperature once the network is trained. */
  readonly tempers: boolean;
  readonly normalizer: Normalizer | undefined;
  /** Of two classes, where it is not 0.5. */
  readonly threshold: number | undefined;
  /** Probability to keep a unit at the start: index 0 the inputs, l hidden layer l. */
  readonly keep: readonly number[];
  /** Whether units of a layer are dropped at any time of the run, with the same indices. */
  readonly drops: readonly boolean[];
  /** Whether the cost has a penalty at any time of the run. */
  readonly penalized: boolean;
  /** Whether gradients are clipped at any time of the run, by their norm and entry by entry. */
  readonly clips: { readonly norm: boolean; readonly value: boolean };
  readonly average: AveragePlan | undefined;
  /** Whether each weight matrix has penalties of its own, as with L1 or a λ a layer. */
  readonly penalizedEach: boolean;
  readonly changes: readonly CompleteChange[];
  /** The schedules whose factors the program computes by itself. */
  readonly scheduled: readonly ScheduleKey[];
}

const thresholdRange = { kind: "number", min: 0, max: 1 } as const;
const membersRange = { kind: "number", what: "networks of an ensemble", whole: true, min: 1, max: 1000 } as const;

/** @throws OptionError where the run is one of several networks, which the program would have to train one after the other */
export function requireOneNetwork({ where, members }: PreparedRun): void {
  if (members === 1) return;
  throw new OptionError(
    `${where}: a program trains one network, the run has members: ${members}; export each with its seeds`,
  );
}

/** @throws OptionError, ShapeError or RangeError where `train` would not take the run */
export function preparedRun(where: string, run: RunToExport): PreparedRun {
  requireRecord(where, run, "a run as plain data, { network, training, data }");
  const model = network(run.network);
  const training = parseTrainingSpec(run.training ?? {});
  const data = sourcedData(`${where}: data`, run.data);
  const members = requireNumber(`${where}: members`, run.members ?? 1, membersRange);
  const validation = run.validation && sourcedData(`${where}: validation`, run.validation);
  const threshold =
    run.threshold === undefined ? undefined : requireNumber(`${where}: threshold`, run.threshold, thresholdRange);
  if (threshold !== undefined && (taskOf(model) !== "binary" || model.program.outputs > 1)) {
    throw new OptionError(
      `${where}: threshold is for two classes, which the network does not tell apart; leave it out`,
    );
  }
  const { normalizer: given } = run;
  const normalizer = given && (given instanceof Normalizer ? given : Normalizer.fromJSON(given));
  const normalized = (part: Dataset): Dataset => (normalizer ? { ...part, X: normalizer.apply(part.X) } : part);
  requireTargets(model, normalized(data.data), `${where}: data`);
  exampleWeights(data.data, training);
  if (validation !== undefined) {
    requireTargets(model, normalized(validation.data), `${where}: validation`);
    requireWatched(where, training, evaluate(model, normalized(validation.data)));
  } else if (training.earlyStopping !== undefined) {
    throw new OptionError(`${where}: earlyStopping watches a validation set; give one as validation`);
  }
  if (run.temper === true && validation === undefined) {
    throw new OptionError(`${where}: temper goes by a validation set; give one as validation`);
  }
  for (const { l1 = 0, l2 = 0 } of [training, ...(training.changes ?? [])]) penaltyOf(model, { l1, l2 }, 1, where);
  const keepAt = (iteration: number): readonly number[] => keepOf(settingsAt(training, iteration), model);
  const changes = (training.changes ?? []).map(
    ({ iteration, learningRate, l1, l2, keep, inputKeep, clipNorm, clipValue }) => ({
      iteration,
      ...(clipNorm !== undefined && { clipNorm }),
      ...(clipValue !== undefined && { clipValue }),
      ...(learningRate !== undefined && { learningRate }),
      ...(l1 !== undefined && { l1 }),
      ...(l2 !== undefined && { l2 }),
      ...((keep !== undefined || inputKeep !== undefined) && { keep: keepAt(iteration) }),
    }),
  );
  const keep = keepAt(-1);
  const pace = runLengthOf(training, data.data.X.columns);
  return {
    where,
    network: model.spec,
    program: model.program,
    loss: model.loss,
    training,
    pace,
    task: taskOf(model),
    data,
    members,
    validation,
    tempers: run.temper === true && canTemper(model),
    normalizer,
    threshold,
    keep,
    drops: keep.map((start, l) => start < 1 || changes.some((change) => change.keep && change.keep[l] < 1)),
    penalized: weightsIn(model).length > 0 && [training, ...changes].some(isPenalized),
    penalizedEach: [training, ...changes].some(({ l1 = 0, l2 }) => isPenalized({ l1 }) || Array.isArray(l2)),
    clips: {
      norm: [training, ...changes].some(({ clipNorm }) => clipNorm !== undefined),
      value: [training, ...changes].some(({ clipValue }) => clipValue !== undefined),
    },
    average: averagePlan(training.average, pace),
    changes: changes.filter((change) => Object.keys(change).length > 1),
    scheduled: scheduleKeys.filter((key) => training[key] !== undefined),
  };
}

function requireWatched(where: string, { earlyStopping }: CompleteTrainingSpec, evaluation: object): void {
  const metric = earlyStopping?.metric;
  if (metric === undefined || metric in evaluation) return;
  const available = Object.keys(evaluation).join(", ");
  throw new OptionError(
    `${where}: earlyStopping cannot watch ${metric} on this validation set; available: ${available}`,
  );
}
