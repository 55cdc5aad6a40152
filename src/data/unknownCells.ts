/** Cells of one column that hold what training did not have. */
export interface UnknownCells {
  readonly column: string;
  readonly cells: number;
  /** The first of the values, each once, at most five; `null` is a missing one. */
  readonly values: readonly (string | null)[];
}

/** Values of a column that are shown. */
const shown = 5;

/** Counts the cells that hold what training did not have, by column. */
export class UnknownTally {
  private readonly found = new Map<string, { cells: number; values: Set<string | null> }>();
  /** The rows that have such a cell, from 0. */
  readonly rows = new Set<number>();

  /** @param skips whether rows that have one are left out afterwards, so that they need no feature. Default false */
  constructor(readonly skips = false) {}

  add(row: number, column: string, value: string | null): void {
    this.rows.add(row);
    const of = this.found.get(column) ?? { cells: 0, values: new Set() };
    this.found.set(column, of);
    of.cells++;
    if (of.values.size < shown) of.values.add(value);
  }

  get columns(): UnknownCells[] {
    return Array.from(this.found, ([column, { cells, values }]) => ({ column, cells, values: [...values] }));
  }
}
