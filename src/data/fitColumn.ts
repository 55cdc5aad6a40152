import { finiteValues } from "./cells.js";
import type { CategoryEncoding, FeatureRule } from "./featureRule.js";
import { fitDate } from "./fitDate.js";
import { isIdentifier } from "./isIdentifier.js";
import type { LeftOut } from "./leftOut.js";
import { median } from "./quantile.js";
import type { CategoricalColumn, Column, DateColumn, NumericColumn } from "./table.js";

/** What is to be known of a network to encode columns for it. */
export interface ColumnOptions {
  readonly categories: CategoryEncoding | "auto";
  /** Whether its layers take codes: `auto` gives it codes of columns of many categories. */
  readonly embeds: boolean;
  /** Whether missing numbers have a feature that says so. */
  readonly flags: boolean;
  /** Whether it is a feature whatever it looks like. */
  readonly keep: boolean;
}

/** Categories of a column that each have a feature of their own, where the network takes codes. */
const mostDummies = 32;

/** Rows that a category needs for a feature of its own: from fewer nothing reliable can be learned. */
const fewestRows = 5;

/** So few categories are no free text, however few rows each has. */
const fewTexts = 20;

/** Learns how to encode a column, from the training rows alone; or why it is no feature. */
export function fitColumn(column: Column, rows: readonly number[], options: ColumnOptions): FeatureRule | LeftOut {
  // As an array has it: one feature a column.
  if (column.kind === "date" && options.flags) return fitDate(column, rows);
  return column.kind === "categorical" ? fitCategorical(column, rows, options) : fitNumeric(column, rows, options);
}

function fitNumeric(
  column: NumericColumn | DateColumn,
  rows: readonly number[],
  { keep, flags }: ColumnOptions,
): FeatureRule | LeftOut {
  const { name } = column;
  const values = finiteValues(column);
  const present = Float64Array.from(rows, (i) => values[i]).filter((value) => !Number.isNaN(value));
  if (present.length === 0 && !keep) return { name, why: "empty" };
  const missing = present.length < rows.length;
  present.sort();
  if (!keep && !missing && present[0] === present[present.length - 1]) return { name, why: "constant" };
  if (!keep && column.kind === "numeric" && isIdentifier(column)) return { name, why: "identifier" };
  return {
    kind: "numeric",
    name,
    median: present.length === 0 ? 0 : median(present),
    ...(missing && flags && { missing }),
    ...(present.length > 0 && present.every((value) => value === 0 || value === 1) && { indicator: true }),
  };
}

function fitCategorical(
  { name, values }: CategoricalColumn,
  rows: readonly number[],
  { categories: encoding, embeds, keep }: ColumnOptions,
): FeatureRule | LeftOut {
  const counts = new Map<string | null, number>();
  for (const i of rows) counts.set(values[i], (counts.get(values[i]) ?? 0) + 1);
  const texts = counts.size - (counts.has(null) ? 1 : 0);
  if (texts === 0 && !keep) return { name, why: "empty" };
  if (counts.size === 1 && !keep) return { name, why: "constant" };
  if (!keep && texts > fewTexts && texts > rows.length / 2) return { name, why: "texts" };
  const { often, rare } = byFrequency(counts, rows.length);
  if (often.length === 0) {
    // All of them rare: one feature for all would be a constant.
    if (!keep) return { name, why: "texts" };
    often.push(...rare.splice(0));
  }
  const codes = encoding === "codes" || (encoding === "auto" && embeds && often.length > mostDummies);
  return {
    kind: "categorical",
    name,
    categories: often,
    ...(codes && { encoding: "codes" }),
    rare,
  };
}

/** The categories of many rows and those of few; in a table so small that most rows would lose theirs, all count as many. */
function byFrequency(
  counts: ReadonlyMap<string | null, number>,
  rows: number,
): { readonly often: (string | null)[]; readonly rare: (string | null)[] } {
  const ordered = [...counts.keys()].sort(inOrder);
  const few = ordered.filter((category) => (counts.get(category) ?? 0) < fewestRows);
  const rowsOfFew = few.reduce((sum, category) => sum + (counts.get(category) ?? 0), 0);
  if (ordered.length <= fewTexts && rowsOfFew > rows / 2) return { often: ordered, rare: [] };
  const rare = new Set(few);
  return { often: ordered.filter((category) => !rare.has(category)), rare: few };
}

/** By code unit, missing ones last. */
function inOrder(a: string | null, b: string | null): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  return a < b ? -1 : a > b ? 1 : 0;
}
