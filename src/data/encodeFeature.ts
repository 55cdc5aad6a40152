import type { Matrix } from "../array/matrix.js";
import { say } from "../constraint/codedError.js";
import { atCell, dates, numbers, texts } from "./cells.js";
import { datePart } from "./datePart.js";
import {
  type CategoricalFeature,
  type DateFeature,
  type FeatureRule,
  hasRare,
  isSwitch,
  type MeanFeature,
  type NumericFeature,
} from "./featureRule.js";
import type { Column } from "./table.js";
import type { UnknownTally } from "./unknownCells.js";
import { dataWords } from "./words.js";

/**
 * Writes the features of a column into X (features × examples), beginning at row `firstFeature`.
 *
 * @param unknown counts the cells that hold what training did not have. Left out: they are refused
 * @throws FormatError for a column of another kind, and for what has no feature
 */
export function encodeFeature(
  rule: FeatureRule,
  column: Column,
  X: Matrix,
  firstFeature: number,
  unknown: UnknownTally | undefined,
): void {
  if (rule.kind === "date") encodeDate(rule, column, X, firstFeature, unknown);
  else if (rule.kind === "categorical") encodeCategorical(rule, column, X, firstFeature, unknown);
  else if ("mean" in rule) encodeMean(rule, column, X, firstFeature);
  else encodeNumeric(rule, column, X, firstFeature, unknown);
}

function encodeMean(rule: MeanFeature, column: Column, X: Matrix, firstFeature: number): void {
  const row = X.rowData(firstFeature); // (1 × examples)
  row.set(numbers(column));
  for (let j = 0; j < row.length; j++) if (Number.isNaN(row[j])) row[j] = rule.mean;
}

function encodeNumeric(
  rule: NumericFeature,
  column: Column,
  X: Matrix,
  firstFeature: number,
  unknown: UnknownTally | undefined,
): void {
  const row = X.rowData(firstFeature); // (1 × examples)
  row.set(numbers(column));
  for (let j = 0; j < row.length; j++) {
    if (!Number.isNaN(row[j])) continue;
    row[j] = rule.median;
    if (rule.missing) X.data[(firstFeature + 1) * X.columns + j] = 1;
    else if (unknown === undefined) throw atCell(j, rule.name, say(dataWords, "table.missing"));
    else unknown.add(j, rule.name, null);
  }
}

function encodeDate(
  { name, first, parts, missing }: DateFeature,
  column: Column,
  X: Matrix,
  firstFeature: number,
  unknown: UnknownTally | undefined,
): void {
  for (const [j, time] of dates(column).entries()) {
    const isMissing = Number.isNaN(time);
    for (const [k, { part, median }] of parts.entries()) {
      X.data[(firstFeature + k) * X.columns + j] = isMissing ? median : datePart(part, time, first);
    }
    if (!isMissing) continue;
    if (missing) X.data[(firstFeature + parts.length) * X.columns + j] = 1;
    else if (unknown === undefined) throw atCell(j, name, say(dataWords, "table.missing"));
    else unknown.add(j, name, null);
  }
}

function encodeCategorical(
  rule: CategoricalFeature,
  column: Column,
  X: Matrix,
  firstFeature: number,
  unknown: UnknownTally | undefined,
): void {
  const { categories, rare } = rule;
  const known = categories.filter((category) => category !== null);
  const place = new Map(categories.map((category, i) => [category, i]));
  const rarely = new Set(rare);
  const two = isSwitch(rule);
  for (const [j, value] of texts(column, known[0] ?? "").entries()) {
    const i = place.get(value) ?? categories.length;
    if (i === categories.length && !rarely.has(value)) {
      if (unknown === undefined || (rare === undefined && !unknown.skips)) throw notKnown(rule.name, j, value, known);
      unknown.add(j, rule.name, value);
    }
    if (rule.encoding === "codes") X.data[firstFeature * X.columns + j] = i;
    else if (two) X.data[firstFeature * X.columns + j] = i < 2 ? i : 0.5;
    else if (i < categories.length || hasRare(rule)) X.data[(firstFeature + i) * X.columns + j] = 1;
  }
}

function notKnown(name: string, row: number, value: string | null, known: readonly string[]): Error {
  return value === null
    ? atCell(row, name, say(dataWords, "table.missing"))
    : atCell(row, name, say(dataWords, "table.category", { value, known }));
}
