import type { Cell, Table, TableRecord } from "gradproof";

/** The rows of a table as records, without the column to predict. */
export function recordsOf({ rows, columns }: Table, target: string): TableRecord[] {
  const features = columns.filter(({ name }) => name !== target);
  const cell = (value: number | string | null): Cell =>
    typeof value === "number" && Number.isNaN(value) ? null : value;
  return Array.from({ length: rows }, (_, j) =>
    Object.fromEntries(features.map(({ name, values }) => [name, cell(values[j])])),
  );
}
