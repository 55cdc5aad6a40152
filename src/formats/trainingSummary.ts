import { say } from "../constraint/codedError.js";
import { OptionError, requireName, requireNumber, requireObject, show } from "../constraint/constraint.js";
import { requireRecord } from "../constraint/kinds.js";
import type { ClassificationMetrics, RegressionMetrics } from "../metrics/summarize.js";
import type { Evaluation } from "../training/evaluate.js";
import { parseTrainingSpec } from "../training/parseTraining.js";
import type { Run, StopReason } from "../training/run.js";
import type { TrainingSpec } from "../training/spec.js";
import { historyWords } from "./historyWords.js";

/** What a run was made of beside its network and its training: kept as it is, for whoever reads it. */
export interface Origin {
  /** Of the configuration; left out up to version 3. */
  readonly version?: number | undefined;
  readonly name?: string | undefined;
  /** How the data were made ready; see `DataSpec` in `gradproof/pipeline`. */
  readonly data?: object | undefined;
}

/** How a model was made, as kept in its file: the same run gives the same, whatever the machine. */
export interface TrainingSummary extends Origin {
  readonly training: TrainingSpec;
  readonly stopped: StopReason;
  readonly iterations: number;
  readonly epochs: number;
  /** Epoch of the weights kept, where early stopping chose them. */
  readonly bestEpoch?: number;
  readonly trainingExamples: number;
  /** Metrics by part of the data: `train`, `validation`, `test`. */
  readonly metrics: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

const stopReasons = ["finished", "earlyStopping", "aborted", "nonFinite"] as const satisfies readonly StopReason[];
const parts = ["train", "validation", "test"] as const;
const count = { kind: "number", what: "a count", whole: true, min: 0 } as const;

/** Metrics of the parts of the data: what `evaluate` or `summarize` gives, or numbers by name. */
export type PartMetrics = {
  readonly [Part in (typeof parts)[number]]?:
    | Evaluation
    | ClassificationMetrics
    | RegressionMetrics
    | Readonly<Record<string, number | undefined>>;
};

/**
 * The summary of a run, to keep with its model.
 *
 * JSON has no NaN and no infinity: a metric that is not finite is left out, as is one that is undefined, and a reader finds
 * neither.
 *
 * @param trainingExamples number of examples trained on
 * @param metrics by part of the data (`train`, `validation`, `test`), as `evaluate` gives them
 * @param origin what the run is called, and how its data were made ready
 * @throws OptionError where an argument is not a run, a count, a known part of the data or a number
 *
 * @example
 * import { dense, evaluate, Matrix, network, summaryOf, train } from "gradproof";
 * const model = network({ inputs: 1, layers: [dense(1, "linear")], initializer: "zeros" });
 * const data = { X: Matrix.row([1, 2]), Y: Matrix.row([2, 4]) };
 * const run = await train(model, data, { optimizer: "gradientDescent", learningRate: 0.1, iterations: 1000 });
 * const summary = summaryOf(run, 2, { train: evaluate(model, data) });
 * summary.stopped; // => "finished"
 * summary.metrics.train?.r2?.toFixed(6); // => "1.000000"
 */
export function summaryOf(
  run: Run,
  trainingExamples: number,
  metrics: PartMetrics,
  { version, name, data }: Origin = {},
): TrainingSummary {
  requireRecord("summaryOf(): run", run, "a run, as train() gives it");
  const { spec: training, stopped, iterations, epochs, best } = run;
  return {
    ...(version !== undefined && { version }),
    ...(name !== undefined && { name }),
    ...(data !== undefined && { data }),
    training,
    stopped,
    iterations,
    epochs,
    ...(best && { bestEpoch: best.epoch }),
    trainingExamples: requireNumber("summaryOf(): trainingExamples", trainingExamples, count),
    metrics: Object.fromEntries(
      Object.entries(requireObject("summaryOf(): metrics", metrics, parts)).map(([part, values]) => [
        part,
        finiteOf(`summaryOf(): metrics.${part}`, values),
      ]),
    ),
  };
}

/** The numbers that JSON can hold. */
function finiteOf(where: string, value: unknown): Record<string, number> {
  const present = entriesOf(where, value).filter(([, number]) => number !== undefined && !isNonFinite(number));
  return numbersOf(where, Object.fromEntries(present));
}

function isNonFinite(value: unknown): boolean {
  return typeof value === "number" && !Number.isFinite(value);
}

/**
 * Checks a summary that comes from a file.
 *
 * @throws OptionError naming the entry that is wrong
 */
export function parseTrainingSummary(value: unknown): TrainingSummary {
  const where = "summary";
  const given = requireObject(where, value, [
    "version",
    "name",
    "data",
    "training",
    "stopped",
    "iterations",
    "epochs",
    "bestEpoch",
    "seconds", // of earlier versions: a model is the same however long it took
    "trainingExamples",
    "metrics",
  ]);
  const metrics = requireObject(`${where}.metrics`, given.metrics, parts);
  const { version, name, data } = given;
  if (name !== undefined && typeof name !== "string") {
    throw new OptionError(`${where}.name must be a text, got ${show(name)}`);
  }
  if (data !== undefined && (typeof data !== "object" || data === null || Array.isArray(data))) {
    throw new OptionError(`${where}.data must be an object, got ${show(data)}`);
  }
  return {
    ...(version !== undefined && { version: requireNumber(`${where}.version`, version, count) }),
    ...(name !== undefined && { name }),
    ...(data !== undefined && { data }),
    training: parseTrainingSpec(given.training),
    stopped: requireName(`${where}.stopped`, given.stopped, stopReasons),
    iterations: requireNumber(`${where}.iterations`, given.iterations, count),
    epochs: requireNumber(`${where}.epochs`, given.epochs, count),
    ...(given.bestEpoch !== undefined && {
      bestEpoch: requireNumber(`${where}.bestEpoch`, given.bestEpoch, count),
    }),
    trainingExamples: requireNumber(`${where}.trainingExamples`, given.trainingExamples, count),
    metrics: Object.fromEntries(
      Object.entries(metrics).map(([part, values]) => [part, numbersOf(`${where}.metrics.${part}`, values)]),
    ),
  };
}

function numbersOf(where: string, value: unknown): Record<string, number> {
  return Object.fromEntries(
    entriesOf(where, value).map(([name, number]) => [
      name,
      requireNumber(`${where}.${name}`, number, { kind: "number" }),
    ]),
  );
}

function entriesOf(where: string, value: unknown): [string, unknown][] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new OptionError(say(historyWords, "summary.numbers", { where, given: show(value) }));
  }
  return Object.entries(value);
}
