import { OptionError, requireNumber } from "../constraint/constraint.js";
import { requireRecord } from "../constraint/kinds.js";
import { RecordEncoder } from "../data/recordEncoder.js";
import { recordsTable } from "../data/recordsTable.js";
import type { Table } from "../data/table.js";
import type { TableRecord } from "../data/tableRecord.js";
import type { EnginePredictor } from "../engine/enginePredictor.js";
import type { PredictiveModel, TablePredictions } from "./model.js";
import { type NameOutputs, outputNames, type Prediction } from "./prediction.js";

/** How predictions of records are made. */
export interface RecordOptions {
  /** Two classes: the second one where its probability is greater, 0 … 1. Default 0.5. */
  readonly threshold?: number | undefined;
}

const range = { kind: "number", min: 0, max: 1 } as const;

/** What a model predicts of records: one by one with a workspace made once, several as a table. */
export class RecordPredictions {
  private readonly encoder: RecordEncoder;
  private readonly named: NameOutputs;
  private readonly x: Float64Array;
  private readonly model: PredictiveModel;
  private readonly predictor: EnginePredictor;
  private readonly ofTable: (table: Table, threshold: number) => TablePredictions;

  /**
   * @param predictor of the model
   * @param ofTable `predictTable` of the model
   * @throws OptionError for a model that was not trained on a table
   */
  constructor(
    model: PredictiveModel,
    predictor: () => EnginePredictor,
    ofTable: (table: Table, threshold: number) => TablePredictions,
  ) {
    if (model.encoder === undefined) {
      throw new OptionError(
        "predict(): the model was not trained on a table; use Predictor or predictRaw() with numbers",
      );
    }
    this.model = model;
    this.encoder = new RecordEncoder(model.encoder.features);
    this.named = outputNames(model.encoder, model.network.program.outputs);
    this.x = new Float64Array(this.encoder.features);
    this.predictor = predictor();
    this.ofTable = ofTable;
  }

  of(
    given: TableRecord | readonly TableRecord[] | Table,
    { threshold = 0.5 }: RecordOptions,
  ): Prediction | Prediction[] {
    if (threshold !== 0.5) requireNumber("predict(): threshold", threshold, range);
    if (Array.isArray(given)) return this.ofRecords(given, threshold);
    requireRecord("predict()", given, 'a record such as { amount: 12, country: "NO" }, an array of them or a Table');
    return isTable(given) ? this.rowsOf(given, threshold) : this.ofRecord(given as TableRecord, threshold);
  }

  private ofRecord(record: TableRecord, threshold: number): Prediction {
    const { x, predictor } = this;
    this.encoder.encode(record, x);
    const outputs = predictor.one(x);
    return this.named(outputs, predictor.spread, threshold);
  }

  private ofRecords(records: readonly TableRecord[], threshold: number): Prediction[] {
    if (records.length === 0) return [];
    for (const [j, record] of records.entries()) requireRecord(`predict(): record ${j + 1}`, record);
    return this.rowsOf(recordsTable(this.model.encoder?.features ?? [], records), threshold);
  }

  private rowsOf(table: Table, threshold: number): Prediction[] {
    const { outputs, spread } = this.ofTable(table, threshold);
    return Array.from({ length: outputs.columns }, (_, j) =>
      this.named(outputs.data, spread?.data, threshold, j, outputs.columns),
    );
  }
}

function isTable(given: TableRecord | readonly TableRecord[] | Table): given is Table {
  return "columns" in given && Array.isArray(given.columns);
}
