import type { Dataset } from "../data/dataset.js";
import { formatNumber } from "./formatNumber.js";
import type { Markup } from "./markup.js";
import { dataTable } from "./table.js";

/** The examples drawn over a decision boundary, as numbers. */
export function examplesTable({ train, test }: { readonly train?: Dataset; readonly test?: Dataset }): Markup {
  const names = train ?? test;
  const rowsOf = (set: string, data: Dataset | undefined): string[][] =>
    Array.from(data?.Y.data ?? [], (label, j) => [
      set,
      formatNumber(data?.X.get(0, j) ?? 0, 6),
      formatNumber(data?.X.get(1, j) ?? 0, 6),
      names?.classNames?.[label] ?? String(label),
    ]);
  return dataTable(
    "Examples",
    [
      { label: "set" },
      { label: names?.featureNames?.[0] ?? "feature 1", kind: "number" },
      { label: names?.featureNames?.[1] ?? "feature 2", kind: "number" },
      { label: "class" },
    ],
    [...rowsOf("train", train), ...rowsOf("test", test)],
  );
}
