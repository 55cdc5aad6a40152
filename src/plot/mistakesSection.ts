import { formatNumber } from "./formatNumber.js";
import { type Markup, markup } from "./markup.js";
import { table } from "./table.js";

/** The examples that a model is furthest from, the worst first. */
export interface Mistakes {
  /** Number of each row in its file, from 1. */
  readonly rows: readonly number[];
  readonly truth: readonly string[];
  readonly predicted: readonly string[];
  /** Of classes the probability of the true one, of numbers the error: predicted less true. */
  readonly by: readonly number[];
  /** What stands in the row: identifiers and the columns that matter most. */
  readonly columns: readonly { readonly name: string; readonly numeric: boolean; readonly values: readonly string[] }[];
}

/** A row a mistake, so that it can be found in the file. */
export function mistakesSection(
  { rows, truth, predicted, by, columns }: Mistakes,
  { target, numeric }: { readonly target: string; readonly numeric: boolean },
): Markup {
  return markup`<h2>Largest mistakes</h2>
<p>The rows whose ${
    numeric ? "number is furthest from the predicted one" : "true class was called the least probable"
  }. Rows are counted from 1, the first below the header. Errors of the model are among them, and often errors of the data.</p>
${table(
  "Largest mistakes",
  [
    { label: "row", kind: "number" },
    { label: target, ...(numeric && { kind: "number" as const }) },
    { label: "predicted", ...(numeric && { kind: "number" as const }) },
    { label: numeric ? "error" : "probability of the truth", kind: "number" },
    ...columns.map(({ name, numeric }) => ({ label: name, ...(numeric && { kind: "number" as const }) })),
  ],
  rows.map((row, k) => [
    formatNumber(row),
    truth[k],
    predicted[k],
    formatNumber(by[k], 3),
    ...columns.map(({ values }) => values[k]),
  ]),
)}`;
}
