import { say } from "../constraint/codedError.js";
import { OptionError, requireName, requireNumber, requireObject, show } from "../constraint/constraint.js";
import { parseTrainingSpec } from "../training/parseTraining.js";
import type { Run, StopReason } from "../training/run.js";
import type { TrainingSpec } from "../training/spec.js";
import { historyWords } from "./historyWords.js";

/** How a model was made, as kept in its file: the same run gives the same, whatever the machine. */
export interface TrainingSummary {
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

/**
 * The summary of a run, to keep with its model.
 *
 * @param trainingExamples number of examples trained on
 * @param metrics by part of the data: `train`, `validation`, `test`
 *
 * @example
 * import { dense, Matrix, network, summaryOf, train } from "gradproof";
 * const model = network({ inputs: 1, layers: [dense(1, "linear")] });
 * const run = await train(model, { X: Matrix.row([1, 2]), Y: Matrix.row([2, 4]) }, { iterations: 10 });
 * summaryOf(run, 2, { train: { mse: 0.5 } }).stopped; // => "finished"
 */
export function summaryOf(run: Run, trainingExamples: number, metrics: TrainingSummary["metrics"]): TrainingSummary {
  const { spec: training, stopped, iterations, epochs, best } = run;
  return {
    training,
    stopped,
    iterations,
    epochs,
    ...(best && { bestEpoch: best.epoch }),
    trainingExamples,
    metrics,
  };
}

/**
 * Checks a summary that comes from a file.
 *
 * @throws OptionError naming the entry that is wrong
 */
export function parseTrainingSummary(value: unknown): TrainingSummary {
  const where = "summary";
  const given = requireObject(where, value, [
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
  return {
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
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new OptionError(say(historyWords, "summary.numbers", { where, given: show(value) }));
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, number]) => [
      name,
      requireNumber(`${where}.${name}`, number, { kind: "number", what: "a metric" }),
    ]),
  );
}
