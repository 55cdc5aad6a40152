import { OptionError, requireName, requireNumber } from "../constraint/constraint.js";
import { requireRecord } from "../constraint/kinds.js";
import { RecordEncoder } from "../data/recordEncoder.js";
import { recordsTable } from "../data/recordsTable.js";
import type { Table } from "../data/table.js";
import type { TableRecord } from "../data/tableRecord.js";
import { UnknownTally } from "../data/unknownCells.js";
import type { EnginePredictor } from "../engine/enginePredictor.js";
import type { PredictiveModel, TableOptions, TablePredictions } from "./model.js";
import { type NameOutputs, outputNames, type Prediction } from "./prediction.js";

/** How predictions of records are made. */
export interface RecordOptions {
  /** Two classes: the second one where its probability is greater, 0 … 1. Default: the model's, or else 0.5. */
  readonly threshold?: number | undefined;
  /** `error` refuses what training did not have, a category or a missing value. Default: `unknown` of the prediction names it. */
  readonly unknown?: "error" | undefined;
}

/** Which columns of each row hold what training did not have. */
class RowTally extends UnknownTally {
  readonly columnsOf = new Map<number, string[]>();

  override add(row: number, column: string, value: string | null): void {
    super.add(row, column, value);
    const columns = this.columnsOf.get(row);
    if (columns === undefined) this.columnsOf.set(row, [column]);
    else columns.push(column);
  }
}

const range = { kind: "number", min: 0, max: 1 } as const;

/** What a model predicts of records: one by one with a workspace made once, several as a table. */
export class RecordPredictions {
  private readonly encoder: RecordEncoder;
  private readonly named: NameOutputs;
  private readonly x: Float64Array;
  private readonly threshold: number;
  private readonly model: PredictiveModel;
  private readonly predictor: EnginePredictor;
  private readonly ofTable: (table: Table, options: TableOptions) => TablePredictions;

  /**
   * @param predictor of the model
   * @param ofTable `predictTable` of the model
   * @throws OptionError for a model that was not trained on a table
   */
  constructor(
    model: PredictiveModel,
    predictor: () => EnginePredictor,
    ofTable: (table: Table, options: TableOptions) => TablePredictions,
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
    this.threshold = model.threshold ?? 0.5;
  }

  of(given: TableRecord | readonly TableRecord[] | Table, options: RecordOptions): Prediction | Prediction[] {
    requireRecord("predict(): options", options);
    const { threshold = this.threshold, unknown } = options;
    if (threshold !== this.threshold) requireNumber("predict(): threshold", threshold, range);
    if (unknown !== undefined) requireName("predict(): unknown", unknown, ["error"]);
    if (Array.isArray(given)) return this.ofRecords(given, threshold, unknown);
    requireRecord("predict()", given, 'a record such as { amount: 12, country: "NO" }, an array of them or a Table');
    return isTable(given)
      ? this.rowsOf(given, threshold, unknown)
      : this.ofRecord(given as TableRecord, threshold, unknown === "error");
  }

  private ofRecord(record: TableRecord, threshold: number, refuses: boolean): Prediction {
    const { x, predictor } = this;
    const unknown = this.encoder.encode(record, x, refuses);
    const prediction = this.named(predictor.one(x), predictor.spread, threshold);
    return unknown === undefined ? prediction : { ...prediction, unknown };
  }

  private ofRecords(records: readonly TableRecord[], threshold: number, unknown: "error" | undefined): Prediction[] {
    if (records.length === 0) return [];
    for (const [j, record] of records.entries()) requireRecord(`predict(): record ${j + 1}`, record);
    return this.rowsOf(recordsTable(this.model.encoder?.features ?? [], records), threshold, unknown);
  }

  private rowsOf(table: Table, threshold: number, unknown: "error" | undefined): Prediction[] {
    const tally = new RowTally();
    const { outputs, spread } = this.ofTable(table, { threshold, unknown: unknown ?? tally });
    return Array.from({ length: outputs.columns }, (_, j) => {
      const prediction = this.named(outputs.data, spread?.data, threshold, j, outputs.columns);
      const columns = tally.columnsOf.get(j);
      return columns === undefined ? prediction : { ...prediction, unknown: columns };
    });
  }
}

function isTable(given: TableRecord | readonly TableRecord[] | Table): given is Table {
  return "columns" in given && Array.isArray(given.columns);
}
