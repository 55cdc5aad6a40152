import type { Matrix } from "../array/matrix.js";
import { requireMatrix } from "../array/requireMatrix.js";
import type { Table } from "../data/table.js";
import type { EngineOption } from "../engine/choose.js";
import { once } from "../engine/enginePredictor.js";
import { Predictor } from "../engine/predict.js";
import { type Model, type Predicted, type TableOptions, type TablePredictions, tablePredictions } from "./model.js";

interface ComputedBy {
  readonly engine?: EngineOption | undefined;
}

/**
 * Outputs of a model for raw features: normalized as in training, run through the network, and for a regression brought
 * back to the scale of the targets. Of an ensemble, the mean of its members' outputs.
 *
 * @param X raw features × examples
 * @param options engine: what computes the outputs, as in `train`
 * @returns outputs × examples
 * @throws ShapeError when the number of features does not fit
 *
 * @example
 * import { Matrix, Normalizer, dense, networkWith, predictRaw } from "gradproof";
 * const network = networkWith({ inputs: 1, layers: [dense(1, "linear")] }, Float64Array.of(1, 0));
 * const normalizer = Normalizer.fit(Matrix.row([0, 4])); // mean 2, standard deviation 2
 * predictRaw({ network, normalizer }, Matrix.row([2, 6])).toArray(); // => [[0, 2]]
 */
export function predictRaw(model: Model, X: Matrix, options: ComputedBy = {}): Matrix {
  requireMatrix("predictRaw(): X", X);
  return by(options)(model, X).mean;
}

/**
 * Predictions for the rows of a table, which need not have the target column.
 *
 * @param options threshold for two classes: the positive class where its probability is greater; default the model's, or else 0.5.
 *   unknown: `error` refuses what training did not have, which is counted otherwise. engine: what computes the outputs, as in
 *   `train`
 * @throws FormatError when a column the model needs is missing, or holds what has no feature
 *
 * @example
 * import { Matrix, TableEncoder, dense, networkWith, predictTable } from "gradproof";
 * import { parseCsv } from "gradproof/csv";
 * const encoder = TableEncoder.fit(parseCsv("x,y\n-1,no\n1,yes\n"), { target: "y" });
 * const network = networkWith({ inputs: 1, layers: [dense(1, "sigmoid")] }, Float64Array.of(4, 0));
 * predictTable({ network, encoder }, parseCsv("x\n3\n-3\n")).labels; // => ["yes", "no"]
 */
export function predictTable(model: Model, table: Table, options: ComputedBy & TableOptions = {}): TablePredictions {
  return tablePredictions(by(options), model, table, options);
}

function by({ engine }: ComputedBy): Predicted {
  return (model, X) =>
    once(new Predictor(model, { engine, examples: X.columns }), (predictor) => predictor.predictAll(X));
}
