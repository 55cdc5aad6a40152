import type { Table } from "./table.js";

/** Name of the column that the labels of arrays become. */
export const labelColumn = "label";

/** Names of the columns that features of arrays become: `x0`, `x1`, … */
export function numberedColumns(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `x${i}`);
}

/** Whether a table comes from arrays: its columns, but for the last, are called by their places. */
export function hasArrayColumns({ columns }: Table): boolean {
  return columns.length > 1 && columns.slice(0, -1).every(({ name }, i) => name === `x${i}`);
}
