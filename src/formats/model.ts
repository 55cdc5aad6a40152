import type { Matrix } from "../array/matrix.js";
import type { Task } from "../data/dataset.js";
import type { Normalizer } from "../data/normalizer.js";
import type { Table } from "../data/table.js";
import type { TableEncoder } from "../data/tableEncoder.js";
import { predict } from "../engine/predict.js";
import { predictedClasses } from "../metrics/predictedClasses.js";
import type { Network } from "../network/network.js";
import { taskOf } from "../training/evaluate.js";
import type { TrainingSummary } from "./trainingSummary.js";

/** All that is needed to predict from raw records: what one model file holds. */
export interface Model {
  readonly network: Network;
  /** Fitted on the training examples; applied to every input. */
  readonly normalizer?: Normalizer | undefined;
  /** Fitted on the training targets of a regression; outputs are brought back to the targets' scale. */
  readonly targetNormalizer?: Normalizer | undefined;
  /** How a table becomes features. */
  readonly encoder?: TableEncoder | undefined;
  /** How the model was made. */
  readonly summary?: TrainingSummary | undefined;
}

/** Predictions for the rows of a table. */
export interface TablePredictions {
  readonly task: Task;
  /** outputs × rows: probability of the positive class, probabilities of all classes, or numbers. */
  readonly outputs: Matrix;
  /** Names of the classes: of 0 and 1 for two, of each row of `outputs` for several. */
  readonly classNames?: readonly string[];
  /** The predicted class of each row. */
  readonly labels?: readonly string[];
}

/**
 * Outputs of a model for raw features: normalized as in training, run through the network, and for a regression brought
 * back to the scale of the targets.
 *
 * @param X raw features × examples
 * @returns outputs × examples
 * @throws ShapeError when the number of features does not fit
 *
 * @example
 * import { Matrix, Normalizer, dense, networkWith, predictRaw } from "gradproof";
 * const network = networkWith({ inputs: 1, layers: [dense(1, "linear")] }, Float64Array.of(1, 0));
 * const normalizer = Normalizer.fit(Matrix.row([0, 4])); // mean 2, standard deviation 2
 * predictRaw({ network, normalizer }, Matrix.row([2, 6])).toArray(); // => [[0, 2]]
 */
export function predictRaw({ network, normalizer, targetNormalizer }: Model, X: Matrix): Matrix {
  const inputs = normalizer === undefined ? X : normalizer.apply(X); // (features × examples)
  const outputs = predict(network, inputs.as(network.spec.dtype)).as("float64"); // (outputs × examples)
  return targetNormalizer === undefined ? outputs : targetNormalizer.invert(outputs);
}

/**
 * Predictions for the rows of a table, which need not have the target column.
 *
 * @param options threshold for two classes: the positive class where its probability is greater; default 0.5
 * @throws FormatError when a column the model needs is missing or holds what training did not see
 *
 * @example
 * import { Matrix, TableEncoder, dense, networkWith, predictTable } from "gradproof";
 * import { parseCsv } from "gradproof/csv";
 * const encoder = TableEncoder.fit(parseCsv("x,y\n-1,no\n1,yes\n"), { target: "y" });
 * const network = networkWith({ inputs: 1, layers: [dense(1, "sigmoid")] }, Float64Array.of(4, 0));
 * predictTable({ network, encoder }, parseCsv("x\n3\n-3\n")).labels; // => ["yes", "no"]
 */
export function predictTable(
  model: Model,
  table: Table,
  { threshold = 0.5 }: { readonly threshold?: number } = {},
): TablePredictions {
  if (model.encoder === undefined) {
    throw new Error("predictTable(): the model was not trained on a table; use predictRaw() with a matrix");
  }
  const outputs = predictRaw(model, model.encoder.encodeFeatures(table)); // (outputs × rows)
  const task = taskOf(model.network);
  const classNames = model.encoder.classNames;
  if (task === "regression" || classNames === undefined) return { task, outputs };
  const labels = predictedClasses(outputs, threshold).map((index) => classNames[index]);
  return { task, outputs, classNames, labels };
}
