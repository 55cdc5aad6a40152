import { formatNumber } from "./formatNumber.js";
import { type Markup, markup, type Part } from "./markup.js";
import { sample } from "./thin.js";

/** A column of a table. */
export interface Column {
  readonly label: string;
  /** Numbers stand right, so that their digits line up; long text may wrap. Default: text on one line. */
  readonly kind?: "number" | "long";
}

/**
 * A table that scrolls by itself where the page is too narrow for it. The first cell of a row is its heading; a row of one cell heads
 * the rows below it.
 */
export function table(caption: string, columns: readonly Column[], rows: readonly (readonly Part[])[]): Markup {
  return markup`<div class="scroll" role="region" aria-label="${caption}" tabindex="0"><table>
<caption>${caption}</caption>
<thead><tr>${columns.map((column) => markup`<th scope="col"${style(column)}>${column.label}</th>`)}</tr></thead>
<tbody>
${rows.map((row) => markup`<tr>${cells(row, columns)}</tr>\n`)}</tbody>
</table></div>`;
}

function cells(row: readonly Part[], columns: readonly Column[]): Part {
  if (row.length === 1) return markup`<th class="group" scope="rowgroup" colspan="${columns.length}">${row[0]}</th>`;
  const [heading, ...values] = row;
  return [
    markup`<th scope="row"${style(columns[0])}>${heading}</th>`,
    values.map((value, i) => markup`<td${style(columns[i + 1])}>${value}</td>`),
  ];
}

function style({ kind }: Column): Markup {
  return markup`${kind && markup` class="${kind}"`}`;
}

/** Rows a table behind a chart shows at most. */
const MOST_ROWS = 100;

/** The numbers behind a chart, folded away: one row an item, made for those that are shown. */
export function dataTable<T>(
  caption: string,
  columns: readonly Column[],
  items: readonly T[],
  rowOf: (item: T, index: number) => readonly Part[],
): Markup {
  const shown = sample(
    items.map((_, i) => i),
    MOST_ROWS,
  );
  const note =
    shown.length < items.length ? `: ${shown.length} of ${formatNumber(items.length)} rows, evenly spaced` : "";
  const rows = shown.map((i) => rowOf(items[i], i));
  return markup`<details><summary>Data</summary>${table(`${caption}${note}`, columns, rows)}</details>`;
}
