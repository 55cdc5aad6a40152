import { quoted } from "../../data/quoted.js";
import type { UnknownTally } from "../../data/unknownCells.js";
import { plural } from "../format.js";

/** Values of a column that are named. */
const named = 3;

/** Counts what training did not have, over all parts of a file. */
export class UnknownCount {
  /** Rows that have such a cell. */
  rows = 0;
  private readonly columns = new Map<string, { cells: number; values: Set<string | null> }>();

  add({ rows, columns }: UnknownTally): void {
    this.rows += rows.size;
    for (const { column, cells, values } of columns) {
      const of = this.columns.get(column) ?? { cells: 0, values: new Set() };
      this.columns.set(column, of);
      of.cells += cells;
      for (const value of values) of.values.add(value);
    }
  }

  /** `12 rows hold what training did not have: country 12 ("FI", "EE"); …`. */
  text(skipped: boolean): string {
    const columns = Array.from(this.columns, ([column, { cells, values }]) => {
      const shown = [...values].slice(0, named).map((value) => (value === null ? "missing" : quoted(value)));
      return `${quoted(column)} ${plural(cells, "cell")} (${shown.join(", ")}${values.size > named ? ", …" : ""})`;
    });
    const [verb, end] = this.rows === 1 ? ["holds", "it is"] : ["hold", "they are"];
    const fate = skipped
      ? `${end} left out`
      : `${end} predicted all the same; --unknown skip leaves ${this.rows === 1 ? "it" : "them"} out`;
    return `${plural(this.rows, "row")} ${verb} what training did not have: ${columns.join(", ")}; ${fate}`;
  }
}
