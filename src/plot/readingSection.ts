import { formatNumber } from "./formatNumber.js";
import { type Markup, markup } from "./markup.js";
import { table } from "./table.js";

/** What a table was taken for. */
export interface ReadReport {
  readonly rows: number;
  /** What was assumed of the file, in sentences; none where it is plain. */
  readonly assumed: readonly string[];
  /** The columns, what each was taken as, and what became of it. */
  readonly columns: readonly { readonly name: string; readonly kind: string; readonly use: string }[];
}

/** What was assumed when the file was read, and what became of its columns. */
export function readingSection({ rows, assumed, columns }: ReadReport): Markup {
  return markup`<h2>Reading</h2>
<p>${formatNumber(rows)} rows. ${
    assumed.length === 0 ? "The file is plain: nothing had to be assumed." : `It was read as: ${assumed.join("; ")}.`
  }</p>
<details><summary>Columns</summary>${table(
    "Columns",
    [{ label: "column" }, { label: "taken as" }, { label: "use", kind: "long" }],
    columns.map(({ name, kind, use }) => [name, kind, use]),
  )}</details>`;
}
