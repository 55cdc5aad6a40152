import { closest } from "../../constraint/closest.js";
import { OptionError, requireNumber } from "../../constraint/constraint.js";
import { requireRecord, requireText } from "../../constraint/kinds.js";
import type { Table } from "../../data/table.js";
import type { Model } from "../../formats/model.js";
import { predictRaw } from "../../formats/predictModel.js";
import { columnFeatures } from "./columnFeatures.js";
import { dependenceOnColumn, type PartialDependence } from "./dependenceOnColumn.js";
import { encoderOf } from "./encoderOf.js";
import { sampleExamples } from "./sampleExamples.js";

/** At how many values, over how many rows. */
export interface DependenceOptions {
  /** Values of the column at most, 2 … 1,000. Default 20. */
  readonly values?: number;
  /** Rows to take the mean over at most, drawn at random, 1 or more. Default 500. */
  readonly rows?: number;
  /** Whole number, 0 … 2³²−1. Default 0; the same gives the same rows. */
  readonly seed?: number;
}

/**
 * How a model's predictions go with one column: their mean over the rows of a table where the column has the same value in all of them,
 * value after value, and all other columns are as they are.
 *
 * Numbers and dates are taken at quantiles from 2 % to 98 %, evenly spaced, or all where there are few; categories by their frequency.
 * Where columns go together, some of these rows are of a kind that never occurs.
 *
 * @param model trained on a table: with an encoder
 * @param table rows with the columns that the model takes; the target need not be there
 * @param column name of a column that the model takes
 * @throws OptionError for a model without encoder, a column that is no feature of it, and options out of range; FormatError for a table
 *   that does not fit the model
 * @see Friedman, "Greedy function approximation: a gradient boosting machine", Annals of Statistics 29 (2001), §8.2
 *
 * @example
 * import { dense, networkWith, TableEncoder } from "gradproof";
 * import { parseCsv } from "gradproof/csv";
 * import { partialDependence } from "gradproof/pipeline";
 * const table = parseCsv("x,z,y\n1,10,12\n2,20,24\n3,30,36\n");
 * const encoder = TableEncoder.fit(table, { target: "y", task: "regression" });
 * const network = networkWith({ inputs: 2, layers: [dense(1, "linear")] }, Float64Array.of(2, 1, 0)); // 2 x + z
 * const { values, mean } = partialDependence({ network, encoder }, table, "x");
 * values; // => [1, 2, 3]
 * mean.toArray(); // => [[22, 24, 26]]
 */
export function partialDependence(
  model: Model,
  table: Table,
  column: string,
  options: DependenceOptions = {},
): PartialDependence {
  const where = "partialDependence()";
  const encoder = encoderOf(where, model);
  requireRecord(`${where}: options`, options);
  const name = requireText(`${where}: column`, column, "the name of a column");
  const whole = { kind: "number", whole: true } as const;
  const most = requireNumber(`${where}: values`, options.values ?? 20, { ...whole, min: 2, max: 1000 });
  const rows = requireNumber(`${where}: rows`, options.rows ?? 500, { ...whole, min: 1 });
  const seed = requireNumber(`${where}: seed`, options.seed ?? 0, { ...whole, min: 0, max: 2 ** 32 - 1 });
  const columns = columnFeatures(encoder.features);
  const found = columns.find(({ rule }) => rule.name === name);
  if (found === undefined) {
    const known = columns.map(({ rule }) => rule.name);
    const near = closest(name, known);
    throw new OptionError(
      `${where}: the model takes no column ${name}${near === undefined ? `; it takes ${known.join(", ")}` : `; did you mean ${near}?`}`,
    );
  }
  const X = encoder.encodeFeatures(table);
  return dependenceOnColumn(
    (A) => predictRaw(model, A),
    X.selectColumns(sampleExamples(X.columns, rows, seed)),
    found,
    most,
  );
}
