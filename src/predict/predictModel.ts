import type { Matrix } from "../array/matrix.js";
import { requireMatrix } from "../array/requireMatrix.js";
import type { Table } from "../data/table.js";
import { once } from "../engine/enginePredictor.js";
import {
  type Predicted,
  type PredictiveModel,
  type TableOptions,
  type TablePredictions,
  tablePredictions,
} from "../formats/model.js";
import { Predictor } from "./predictor.js";

/**
 * Outputs of a model for raw features: normalized as in training, run through the network, and for a regression brought
 * back to the scale of the targets. Of an ensemble, the mean of its members' outputs.
 *
 * @param X raw features × examples
 * @returns outputs × examples
 * @throws ShapeError when the number of features does not fit
 *
 * @example
 * import { dense, Normalizer, network, serializeModel } from "gradproof";
 * import { Matrix, parseModel, predictRaw } from "gradproof/predict";
 * const trained = network({ inputs: 1, layers: [dense(1, "linear")], initializer: { type: "constant", value: 1 } });
 * const normalizer = Normalizer.fit(Matrix.row([0, 4])); // mean 2, standard deviation 2
 * const model = parseModel(serializeModel({ network: trained, normalizer }));
 * predictRaw(model, Matrix.row([2, 6])).toArray(); // => [[0, 2]]
 */
export function predictRaw(model: PredictiveModel, X: Matrix): Matrix {
  requireMatrix("predictRaw(): X", X);
  return predicted(model, X).mean;
}

/**
 * Predictions for the rows of a table, which need not have the target column.
 *
 * @param options threshold for two classes: the positive class where its probability is greater; default the model's, or else 0.5.
 *   unknown: `error` refuses what training did not have, which is counted otherwise
 * @throws FormatError when a column the model needs is missing, or holds what has no feature
 *
 * @example
 * import { dense, networkWith, serializeModel, TableEncoder } from "gradproof";
 * import { parseCsv } from "gradproof/csv";
 * import { parseModel, predictTable } from "gradproof/predict";
 * const encoder = TableEncoder.fit(parseCsv("x,y\n-1,no\n1,yes\n"), { target: "y" });
 * const network = networkWith({ inputs: 1, layers: [dense(1, "sigmoid")] }, Float64Array.of(4, 0));
 * const model = parseModel(serializeModel({ network, encoder }));
 * predictTable(model, parseCsv("x\n3\n-3\n")).labels; // => ["yes", "no"]
 */
export function predictTable(model: PredictiveModel, table: Table, options: TableOptions = {}): TablePredictions {
  return tablePredictions(predicted, model, table, options);
}

const predicted: Predicted = (model, X) =>
  once(new Predictor(model, { examples: X.columns }), (predictor) => predictor.predictAll(X));
