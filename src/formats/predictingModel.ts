import type { FittedEncoder } from "../data/fittedEncoder.js";
import type { FittedNormalizer } from "../data/fittedNormalizer.js";
import type { Table } from "../data/table.js";
import type { Cell, TableRecord } from "../data/tableRecord.js";
import type { EnginePredictor } from "../engine/enginePredictor.js";
import type { Network } from "../network/network.js";
import type { PredictiveModel, TableOptions, TablePredictions } from "./model.js";
import type { Prediction } from "./prediction.js";
import { type RecordOptions, RecordPredictions } from "./recordPredictions.js";

/** A model that predicts records, by whatever engine. */
export abstract class PredictingModel implements PredictiveModel {
  abstract readonly network: Network;
  abstract readonly members: readonly Network[] | undefined;
  abstract readonly normalizer: FittedNormalizer | undefined;
  abstract readonly targetNormalizer: FittedNormalizer | undefined;
  abstract readonly encoder: FittedEncoder | undefined;
  abstract readonly threshold: number | undefined;
  #records: RecordPredictions | undefined;

  /**
   * Predicts a record: an object with the columns that the model was trained on, `null` where a value is missing. Other entries are
   * left aside. Of an array of records, or a table, each row in order.
   *
   * The numbers are those of `predictTable`, to the bit. The workspace is made at the first call and kept, so a record takes some
   * microseconds.
   *
   * @param options threshold for two classes: the second one where its probability is greater; default: the model's, or else 0.5.
   *   unknown: `error` refuses what training did not have
   * @returns label and probabilities of classes, or a value; of an ensemble the spread among its members; the columns that hold what
   *   training did not have
   * @throws FormatError when a column is missing or holds what has no feature; OptionError for a model that was not trained
   *   on a table
   */
  predict<R extends Record<keyof R, Cell>>(record: R, options?: RecordOptions): Prediction;
  predict<R extends Record<keyof R, Cell>>(records: readonly R[], options?: RecordOptions): Prediction[];
  predict(table: Table, options?: RecordOptions): Prediction[];
  predict(given: TableRecord | readonly TableRecord[] | Table, options: RecordOptions = {}): Prediction | Prediction[] {
    this.#records ??= new RecordPredictions(
      this,
      () => this.predictorOfOne(),
      (table, how) => this.rowsOf(table, how),
    );
    return this.#records.of(given, options);
  }

  /** A predictor of this model, for one example a call. */
  protected abstract predictorOfOne(): EnginePredictor;
  /** `predictTable` of this model. */
  protected abstract rowsOf(table: Table, options: TableOptions): TablePredictions;
}
