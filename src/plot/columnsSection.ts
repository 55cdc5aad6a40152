import type { Task } from "../data/dataset.js";
import { type DependentColumn, dependenceChart } from "./dependenceChart.js";
import { figure, wideFigure } from "./figure.js";
import { formatNumber } from "./formatNumber.js";
import { type ImportantColumn, importanceChart } from "./importanceChart.js";
import { type Markup, markup } from "./markup.js";
import { dataTable } from "./table.js";

/** What the columns of a table are worth to a model, and how its predictions go with them. */
export interface ColumnsReport {
  /** The most important first. */
  readonly importance: readonly ImportantColumn[];
  /** Of the strongest. */
  readonly dependence: readonly DependentColumn[];
  /** Shuffles of each column. */
  readonly repeats: number;
  /** Rows that were shuffled, of how many. */
  readonly rows: number;
  readonly allRows: number;
  /** Rows over which the predictions are averaged. */
  readonly averaged: number;
}

/** Columns that have a bar. */
const MOST_BARS = 15;

/** Outputs that have a line. */
const MOST_OUTPUTS = 4;

const number = (label: string) => ({ label, kind: "number" }) as const;

/** Bars of the strongest columns, and the course of the predictions over the very strongest. */
export function columnsSection(
  { importance, dependence, repeats, rows, allRows, averaged }: ColumnsReport,
  {
    task,
    target,
    classNames,
  }: { readonly task: Task; readonly target: string; readonly classNames: readonly string[] },
  part: string,
): Markup {
  const unit = task === "regression" ? `root mean squared error of ${target}` : "log loss";
  const shown = importance.slice(0, MOST_BARS);
  const others = importance.length - shown.length;
  const sampled = rows < allRows ? `${formatNumber(rows)} of ${formatNumber(allRows)}` : `all ${formatNumber(rows)}`;
  return markup`<h2>Columns</h2>
${wideFigure(
  (width) => importanceChart(shown, { xLabel: `rise of the ${unit}`, width }),
  "By how much the error rises where the values of a column are shuffled among the rows, " +
    `${formatNumber(repeats)} times, measured ${part}, in ${sampled} rows. The whiskers are 95 % intervals over rows and repeats: a column ` +
    "whose whisker reaches 0 may be worth nothing. Columns that say the same can stand in for each other, and then neither seems to matter." +
    `${others > 0 ? ` ${formatNumber(others)} weaker columns are not drawn.` : ""}`,
  dataTable(
    "Permutation importance",
    [{ label: "column" }, number(`rise of the ${unit}`), number("from"), number("to")],
    importance,
    ({ name, importance: rise, interval }) => [name, ...[rise, ...interval].map((value) => formatNumber(value, 3))],
  ),
  640,
)}
${dependence.length > 0 && dependenceFigures(dependence, averaged, { task, target, classNames })}`;
}

function dependenceFigures(
  columns: readonly DependentColumn[],
  averaged: number,
  {
    task,
    target,
    classNames,
  }: { readonly task: Task; readonly target: string; readonly classNames: readonly string[] },
): Markup {
  const outputs = drawnOutputs(columns, task, target, classNames);
  const label =
    task === "regression"
      ? `${target}, predicted`
      : outputs.length === 1
        ? `probability of ${outputs[0].name}`
        : "probability";
  const drawn = columns.flatMap(({ mean }) => outputs.flatMap(({ row }) => Array.from(mean.rowData(row))));
  const span = [Math.min(...drawn), Math.max(...drawn)] as const;
  const all = columns[0].mean.rows;
  return markup`<h3>Partial dependence</h3>
<p>The mean prediction over ${formatNumber(averaged)} rows where the column has the same value in all of them, for the columns that matter most.
Numbers go from their 2 % to their 98 % quantile. It shows what the model has learned, not what causes what.${
    outputs.length < all &&
    task === "multiclass" &&
    ` Drawn are the ${formatNumber(outputs.length)} of ${formatNumber(all)} classes that change most.`
  }</p>
<div class="figures">${columns.map((column) =>
    figure(
      dependenceChart({ column, outputs, label, span }),
      "",
      dataTable(
        `Partial dependence on ${column.name}`,
        [{ label: column.name }, ...outputs.map(({ name }) => number(name))],
        column.values,
        (value, g) => [valueText(column, value), ...outputs.map(({ row }) => formatNumber(column.mean.get(row, g)))],
      ),
    ),
  )}</div>`;
}

/** Of several classes those whose probability changes most over any of the columns. */
function drawnOutputs(
  columns: readonly DependentColumn[],
  task: Task,
  target: string,
  classNames: readonly string[],
): { readonly row: number; readonly name: string }[] {
  const { rows } = columns[0].mean;
  if (task === "binary") return [{ row: 0, name: classNames[1] ?? "class 1" }];
  const changes = Array.from({ length: rows }, (_, row) => {
    const ranges = columns.map(({ mean }) => Math.max(...mean.rowData(row)) - Math.min(...mean.rowData(row)));
    const name =
      task === "multiclass" ? (classNames[row] ?? `class ${row}`) : rows === 1 ? target : `${target} ${row + 1}`;
    return { row, name, change: Math.max(...ranges) };
  });
  const strongest = changes.sort((a, b) => b.change - a.change).slice(0, MOST_OUTPUTS);
  return strongest.sort((a, b) => a.row - b.row);
}

function valueText({ kind }: DependentColumn, value: number | string | null): string {
  if (value === null) return "(missing)";
  if (typeof value === "string") return value;
  return kind === "date" ? new Date(value).toISOString().slice(0, 10) : formatNumber(value);
}
