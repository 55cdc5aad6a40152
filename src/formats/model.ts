import type { Matrix } from "../array/matrix.js";
import { OptionError } from "../constraint/constraint.js";
import { requireRecord } from "../constraint/kinds.js";
import type { Task } from "../data/dataset.js";
import type { FittedEncoder } from "../data/fittedEncoder.js";
import type { FittedNormalizer } from "../data/fittedNormalizer.js";
import type { Normalizer } from "../data/normalizer.js";
import type { Table } from "../data/table.js";
import type { TableEncoder } from "../data/tableEncoder.js";
import { type UnknownCells, UnknownTally } from "../data/unknownCells.js";
import { predictedClasses } from "../metrics/predictedClasses.js";
import type { Network } from "../network/network.js";
import type { TrainingSummary } from "./trainingSummary.js";

/** All that is needed to predict from raw records. */
export interface PredictiveModel {
  readonly network: Network;
  /**
   * The networks of an ensemble, `network` the first of them: predictions are the mean of their outputs. All have one architecture
   * and differ in their seeds and weights.
   */
  readonly members?: readonly Network[] | undefined;
  /** Fitted on the training examples; applied to every input. */
  readonly normalizer?: FittedNormalizer | undefined;
  /** Fitted on the training targets of a regression; outputs are brought back to the targets' scale. */
  readonly targetNormalizer?: FittedNormalizer | undefined;
  /** How a table becomes features. */
  readonly encoder?: FittedEncoder | undefined;
  /** Of two classes: the second one is predicted where its probability is greater, 0 … 1. Default 0.5. */
  readonly threshold?: number | undefined;
}

/** What one model file holds: all that is needed to predict from raw records, and how it was made. */
export interface Model extends PredictiveModel {
  readonly normalizer?: Normalizer | undefined;
  readonly targetNormalizer?: Normalizer | undefined;
  readonly encoder?: TableEncoder | undefined;
  /** How the model was made. */
  readonly summary?: TrainingSummary | undefined;
}

/** Predictions for the rows of a table. */
export interface TablePredictions {
  readonly task: Task;
  /** outputs × rows: probability of the positive class, probabilities of all classes, or numbers. */
  readonly outputs: Matrix;
  /** Of an ensemble, the standard deviation of `outputs` among its members. */
  readonly spread?: Matrix;
  /** Names of the classes: of 0 and 1 for two, of each row of `outputs` for several. */
  readonly classNames?: readonly string[];
  /** The predicted class of each row. */
  readonly labels?: readonly string[];
  /** Where cells hold what training did not have, a category or a missing value: how many, by column. */
  readonly unknown?: readonly UnknownCells[];
}

/** How the rows of a table are predicted. */
export interface TableOptions {
  /** Two classes: the second one where its probability is greater. Default: the model's, or else 0.5. */
  readonly threshold?: number | undefined;
  /** `error` refuses what training did not have, a category or a missing value. Default: it is counted, by a tally of one's own. */
  readonly unknown?: UnknownTally | "error" | undefined;
}

/** The predictions of a model for raw features, features × examples, by whatever engine: of an ensemble their mean, and their spread. */
export type Predicted = (model: PredictiveModel, X: Matrix) => { readonly mean: Matrix; readonly spread?: Matrix };

/** Predictions for the rows of a table. */
export function tablePredictions(
  predicted: Predicted,
  model: PredictiveModel,
  table: Table,
  options: TableOptions,
): TablePredictions {
  requireRecord("predictTable(): model", model, "a model, such as { network, encoder }");
  const { threshold = model.threshold, unknown = new UnknownTally() } = options;
  if (typeof model.encoder?.encodeFeatures !== "function") {
    throw new OptionError("predictTable(): the model was not trained on a table; use predictRaw() with a matrix");
  }
  // (outputs × rows)
  const { mean: outputs, spread: among } = predicted(model, model.encoder.encodeFeatures(table, unknown));
  const beside = {
    ...(among && { spread: among }),
    ...(unknown !== "error" && unknown.rows.size > 0 && { unknown: unknown.columns }),
  };
  const { task } = model.network.loss;
  const classNames = model.encoder.classNames;
  if (task === "regression" || classNames === undefined) return { task, outputs, ...beside };
  const labels = predictedClasses(outputs, threshold).map((index) => classNames[index]);
  return { task, outputs, ...beside, classNames, labels };
}
