import { OptionError } from "../constraint/constraint.js";
import { type Dataset, exampleCount } from "../data/dataset.js";
import { type Network, network } from "../network/network.js";
import { settingsAt } from "../training/changes.js";
import { keepOf } from "../training/dropout.js";
import { evaluate, requireTargets } from "../training/evaluate.js";
import { exampleWeights } from "../training/exampleWeights.js";
import { type Pace, paceOf } from "../training/pace.js";
import { type CompleteTrainingSpec, parseTrainingSpec } from "../training/parseTraining.js";
import type { EarlyStopping } from "../training/spec.js";
import type { ExportSource } from "./source.js";

/** The settings in force from a step on. */
export interface StepSettings {
  readonly iteration: number;
  readonly learningRate: number;
  readonly l2: number;
  /** By layer: index 0 the inputs, l hidden layer l. */
  readonly keep: readonly number[];
}

/** A run, checked and with every default filled in: what the languages write down. */
export interface ExportRecipe {
  readonly model: Network;
  readonly training: CompleteTrainingSpec;
  readonly data: Dataset;
  readonly validation: Dataset | undefined;
  readonly examples: number;
  readonly pace: Pace;
  /** Settings from step 0 on, then one entry a change that changes something within the run. */
  readonly settings: readonly [StepSettings, ...StepSettings[]];
  /** The layers that lose units at some step; 0 stands for the inputs. */
  readonly droppedLayers: readonly number[];
  /** Whether λ is above 0 at some step. */
  readonly penalized: boolean;
  /** Early stopping, its defaults filled in. */
  readonly stopping: Required<EarlyStopping> | undefined;
}

/**
 * Checks a run as `network` and `train` do, and lays it out for a program.
 *
 * @throws OptionError, ShapeError or RangeError where `network()` or `train()` would, and for augmentation
 */
export function recipeOf(where: string, source: ExportSource): ExportRecipe {
  const { data, validation } = source;
  const training = parseTrainingSpec(source.training);
  if (training.augmentation !== undefined) {
    throw new OptionError(
      `${where}: a run with augmentation cannot be exported, for its images change each epoch; ` +
        "leave augmentation out, or use the run's model file",
    );
  }
  const model = network(source.network);
  requireTargets(model, data, `${where}: data`);
  if (validation !== undefined) requireTargets(model, validation, `${where}: validation`);
  exampleWeights(data, training); // throws where class weights do not fit
  const examples = exampleCount(data);
  const pace = paceOf(training, examples);
  const settings = settingsOf(training, model, pace.iterations);
  return {
    model,
    training,
    data,
    validation,
    examples,
    pace,
    settings,
    droppedLayers: settings[0].keep.flatMap((_, l) => (settings.some(({ keep }) => keep[l] < 1) ? [l] : [])),
    penalized: settings.some(({ l2 }) => l2 > 0),
    stopping: stoppingOf(where, training, model, validation),
  };
}

function settingsOf(training: CompleteTrainingSpec, model: Network, iterations: number): ExportRecipe["settings"] {
  const at = (iteration: number): StepSettings => {
    const { learningRate, l2, ...dropout } = settingsAt(training, iteration);
    return { iteration, learningRate, l2, keep: keepOf(dropout, model) };
  };
  const changed = (training.changes ?? []).map(({ iteration }) => iteration);
  return [at(0), ...changed.filter((iteration) => iteration > 0 && iteration <= iterations).map(at)];
}

function stoppingOf(
  where: string,
  { earlyStopping }: CompleteTrainingSpec,
  model: Network,
  validation: Dataset | undefined,
): ExportRecipe["stopping"] {
  if (earlyStopping === undefined) return undefined;
  const { patience, metric = "cost", minDelta = 0 } = earlyStopping;
  if (validation === undefined) {
    throw new OptionError(`${where}: earlyStopping watches a validation set; give one as validation`);
  }
  const evaluation = evaluate(model, validation);
  if (evaluation[metric] === undefined) {
    throw new OptionError(
      `${where}: earlyStopping cannot watch ${metric} on this validation set; available: ${Object.keys(evaluation).join(", ")}`,
    );
  }
  return { patience, metric, minDelta };
}
