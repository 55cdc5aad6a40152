import { requireNumber } from "../../constraint/constraint.js";
import { requireRecord } from "../../constraint/kinds.js";
import { selectExamples } from "../../data/dataset.js";
import { labelledRows } from "../../data/labelledRows.js";
import type { Table } from "../../data/table.js";
import type { Model } from "../../formats/model.js";
import { predictRaw } from "../../formats/predictModel.js";
import { columnFeatures } from "./columnFeatures.js";
import { encoderOf } from "./encoderOf.js";
import { type ColumnImportance, importanceOfColumns } from "./importanceOfColumns.js";
import { sampleExamples } from "./sampleExamples.js";

/** How columns are shuffled. */
export interface ImportanceOptions {
  /** Shuffles of each column, 1 … 1,000. Default 5. */
  readonly repeats?: number;
  /** Rows to take at most, drawn at random, 2 or more. Default 2,000. */
  readonly rows?: number;
  /** Whole number, 0 … 2³²−1. Default 0; the same gives the same numbers. */
  readonly seed?: number;
}

/**
 * What each column of a table is worth to a model: by how much its error rises where the column's values are shuffled among the rows, so
 * that they tell nothing of the target any more.
 *
 * The error is the log loss in nats, or for a regression the root of the mean squared error, in the unit of the target. All features of a
 * column are shuffled together. The interval is of 95 %, over rows and repeats: 1.96 standard errors of the mean rise, to which a row adds
 * as the one whose value was taken and as the one that it was lent to. Columns that say the same can stand in for each other, and then
 * none of them seems to matter.
 *
 * @param model trained on a table: with an encoder
 * @param table rows that the model has not learned from, with the target
 * @returns the columns, the most important first
 * @throws OptionError for a model without encoder and options out of range; FormatError for a table that does not fit the model
 * @see Breiman, "Random forests", Machine Learning 45 (2001), §10; scikit-learn, `permutation_importance`
 *
 * @example
 * import { dense, networkWith, TableEncoder } from "gradproof";
 * import { parseCsv } from "gradproof/csv";
 * import { permutationImportance } from "gradproof/pipeline";
 * const table = parseCsv("x,noise,y\n1,7,2\n2,5,4\n3,6,6\n4,8,8\n");
 * const encoder = TableEncoder.fit(table, { target: "y", task: "regression" });
 * const network = networkWith({ inputs: 2, layers: [dense(1, "linear")] }, Float64Array.of(2, 0, 0)); // 2 x + 0 noise
 * const found = permutationImportance({ network, encoder }, table);
 * found.map(({ name, importance }) => [name, importance > 1]); // => [["x", true], ["noise", false]]
 */
export function permutationImportance(
  model: Model,
  table: Table,
  options: ImportanceOptions = {},
): readonly ColumnImportance[] {
  const encoder = encoderOf("permutationImportance()", model);
  requireRecord("permutationImportance(): options", options);
  const whole = { kind: "number", whole: true } as const;
  const repeats = requireNumber("permutationImportance(): repeats", options.repeats ?? 5, {
    ...whole,
    min: 1,
    max: 1000,
  });
  const most = requireNumber("permutationImportance(): rows", options.rows ?? 2000, { ...whole, min: 2 });
  const seed = requireNumber("permutationImportance(): seed", options.seed ?? 0, {
    ...whole,
    min: 0,
    max: 2 ** 32 - 1,
  });
  const data = encoder.encode(labelledRows(table, encoder.target.name));
  const sampled = selectExamples(data, sampleExamples(data.X.columns, most, seed));
  const { task } = encoder;
  return importanceOfColumns((X) => predictRaw(model, X), sampled, columnFeatures(encoder.features), {
    task,
    repeats,
    seed,
  });
}
