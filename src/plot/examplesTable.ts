import type { Dataset } from "../data/dataset.js";
import { formatNumber } from "./formatNumber.js";
import type { Markup } from "./markup.js";
import { dataTable } from "./table.js";

/** The examples drawn over a decision boundary, as numbers. */
export function examplesTable({ train, test }: { readonly train?: Dataset; readonly test?: Dataset }): Markup {
  const names = train ?? test;
  const examplesOf = (set: string, data: Dataset | undefined) =>
    Array.from(data?.Y.data ?? [], (label, j) => ({ set, data, label, j }));
  return dataTable(
    "Examples",
    [
      { label: "set" },
      { label: names?.featureNames?.[0] ?? "feature 1", kind: "number" },
      { label: names?.featureNames?.[1] ?? "feature 2", kind: "number" },
      { label: "class" },
    ],
    [...examplesOf("train", train), ...examplesOf("held out", test)],
    ({ set, data, label, j }) => [
      set,
      formatNumber(data?.X.get(0, j) ?? Number.NaN, 6),
      formatNumber(data?.X.get(1, j) ?? Number.NaN, 6),
      names?.classNames?.[label] ?? String(label),
    ],
  );
}
