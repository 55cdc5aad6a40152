import type { Matrix } from "../../array/matrix.js";
import type { Dataset } from "../../data/dataset.js";
import type { Column, Table } from "../../data/table.js";
import type { TableEncoder } from "../../data/tableEncoder.js";
import type { Model } from "../../formats/model.js";
import { predictedClasses } from "../../metrics/predictedClasses.js";
import { largestMistakes } from "../../pipeline/explain/largestMistakes.js";
import { formatNumber } from "../../plot/formatNumber.js";
import type { Mistakes } from "../../plot/mistakesSection.js";
import type { ReadReport } from "../../plot/readingSection.js";
import { why as reasonWords } from "./notes.js";

/** Mistakes that are shown. */
const MOST_MISTAKES = 20;

/** Columns shown beside a mistake, apart from those that name the row. */
const MOST_COLUMNS = 4;

/** What was judged, row by row: predictions, and where each row stands in its table. */
export interface JudgedRows {
  readonly part: Dataset;
  readonly P: Matrix;
  /** Its table, where that is kept. */
  readonly table: Table | undefined;
  /** Row of the table that each example is, from 0; none where they are in its order. */
  readonly rows: ArrayLike<number> | undefined;
}

/** The rows that a model is furthest from, with what stands in them. */
export function mistakesOf(
  { encoder, threshold }: Model & { readonly encoder: TableEncoder },
  { part, P, table, rows }: JudgedRows,
  strongest: readonly string[],
): Mistakes {
  const { task, classNames = [], ids } = encoder;
  const worst = largestMistakes(P, part.Y, task, { most: MOST_MISTAKES, threshold });
  const rowOf = (j: number): number => rows?.[j] ?? j;
  const few = Uint32Array.from(worst);
  const [predicted, truth] = [P.selectColumns(few), part.Y.selectColumns(few)];
  const columns = [...ids, ...strongest.slice(0, MOST_COLUMNS)].flatMap(
    (name) => table?.columns.filter((one) => one.name === name) ?? [],
  );
  const said = (A: Matrix, digits: number, limit?: number): string[] =>
    task === "regression"
      ? Array.from(A.rowData(0), (value) => formatNumber(value, digits))
      : predictedClasses(A, limit).map((k) => classNames[k] ?? `class ${k}`);
  return {
    rows: worst.map((j) => table?.partOf?.numbers[rowOf(j)] ?? rowOf(j) + 1),
    truth: said(truth, 12),
    predicted: said(predicted, 4, threshold),
    by: worst.map((_, k) => distance(predicted, truth, k, task === "regression")),
    columns: columns.map((column) => ({
      name: column.name,
      numeric: column.kind === "numeric",
      values: worst.map((j) => cellText(column, rowOf(j))),
    })),
  };
}

/** The error of a number; of classes, the probability of the true one. */
function distance(P: Matrix, Y: Matrix, j: number, numeric: boolean): number {
  if (numeric) return P.get(0, j) - Y.get(0, j);
  if (P.rows === 1) return Y.get(0, j) === 1 ? P.get(0, j) : 1 - P.get(0, j);
  return P.get(predictedClasses(Y.selectColumns([j]))[0], j);
}

function cellText(column: Column, row: number): string {
  const value = column.values[row];
  if (value === null || Number.isNaN(value)) return "";
  if (column.kind !== "date") return String(value);
  const text = new Date(Number(value)).toISOString();
  return column.time ? text.slice(0, 16).replace("T", " ") : text.slice(0, 10);
}

/** What a table was taken for. */
export function readingOf(table: Table, encoder: TableEncoder): ReadReport {
  const { notes = [] } = table.reading ?? {};
  const features = new Set(encoder.features.map((rule) => rule.name));
  const leftOut = new Map(encoder.leftOut.map(({ name, why }) => [name, reasonWords[why]]));
  return {
    rows: table.rows,
    assumed: notes.map(({ message }) => message),
    columns: table.columns.map(({ name, kind }) => {
      const reason = leftOut.get(name);
      const use =
        name === encoder.target.name
          ? `the target: ${encoder.task}`
          : features.has(name)
            ? "a feature"
            : encoder.ids.includes(name)
              ? "names the rows"
              : `left out${reason === undefined ? "" : `: ${reason}`}`;
      return { name, kind: kinds[kind], use };
    }),
  };
}

const kinds: Readonly<Record<Column["kind"], string>> = {
  numeric: "numbers",
  categorical: "categories",
  date: "dates",
};
