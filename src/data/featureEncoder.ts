import type { Matrix } from "../array/matrix.js";
import { type Said, say, within } from "../constraint/codedError.js";
import { OptionError, requireName, requireNumber, requireObject, show } from "../constraint/constraint.js";
import { fitWords } from "./fitWords.js";
import { FormatError } from "./formatError.js";
import type { CategoricalColumn, Column, DateColumn, NumericColumn } from "./table.js";
import { dataWords } from "./words.js";

/** A numeric column becomes one feature: its values, with `mean` in place of the missing ones. */
export interface NumericFeature {
  readonly kind: "numeric";
  readonly name: string;
  /** Mean of the training rows. */
  readonly mean: number;
}

/** What a categorical column becomes: one feature of zeros and ones a category, or one feature of codes for an embedding. */
export type CategoryEncoding = (typeof encodings)[number];
export const encodings = ["oneHot", "codes"] as const;

/** How a categorical column becomes features. `null` stands for a missing value. */
export interface CategoricalFeature {
  readonly kind: "categorical";
  readonly name: string;
  /** Sorted by code unit, `null` last; the order does not depend on that of the rows. The code of a category is its place. */
  readonly categories: readonly (string | null)[];
  /** Default `oneHot`. */
  readonly encoding?: "codes";
}

/** How one column becomes features. */
export type FeatureRule = NumericFeature | CategoricalFeature;

/** Names of the features a column becomes: `amount`, or `country=NO`, `country=SE`, `country=(missing)`; `country` of codes. */
export function featureNames(rule: FeatureRule): string[] {
  return rule.kind === "numeric" || rule.encoding === "codes"
    ? [rule.name]
    : rule.categories.map((category) => `${rule.name}=${category ?? "(missing)"}`);
}

/** How many features a column becomes. */
export function featureCount(rule: FeatureRule): number {
  return rule.kind === "numeric" || rule.encoding === "codes" ? 1 : rule.categories.length;
}

/** Of each feature that columns become, the number of its codes; undefined for one of numbers. */
export function codeSizes(rules: readonly FeatureRule[]): (number | undefined)[] {
  return rules.flatMap((rule) => {
    const size = rule.kind === "categorical" && rule.encoding === "codes" ? rule.categories.length : undefined;
    return Array.from({ length: featureCount(rule) }, () => size);
  });
}

/** Learns how to encode a column. The mean is that of `trainingRows`, the categories are those of the whole column. */
export function fitFeature(
  column: Column,
  trainingRows: readonly number[],
  encoding: CategoryEncoding = "oneHot",
): FeatureRule {
  return column.kind === "categorical" ? fitCategorical(column, encoding) : fitNumeric(column, trainingRows);
}

/** Writes the features of a column into X (features × examples), beginning at row `firstFeature`. */
export function encodeFeature(rule: FeatureRule, column: Column, X: Matrix, firstFeature: number): void {
  if (rule.kind === "numeric") encodeNumeric(rule, column, X, firstFeature);
  else encodeCategorical(rule, column, X, firstFeature);
}

/** Checks a rule that comes from a model file. */
export function parseFeature(where: string, value: unknown): FeatureRule {
  const { kind } = requireObject(where, value, ["kind", "name", "mean", "categories", "encoding"]);
  if (requireName(`${where}.kind`, kind, ["numeric", "categorical"]) === "numeric") {
    const { name, mean } = requireObject(where, value, ["kind", "name", "mean"]);
    return {
      kind: "numeric",
      name: requireText(`${where}.name`, name),
      mean: requireNumber(`${where}.mean`, mean, { kind: "number" }),
    };
  }
  const { name, categories, encoding } = requireObject(where, value, ["kind", "name", "categories", "encoding"]);
  if (!Array.isArray(categories) || categories.length === 0) {
    throw new OptionError(say(dataWords, "encoder.categories", { where, given: show(categories) }));
  }
  if (!categories.every((category) => category === null || typeof category === "string")) {
    throw new OptionError(say(dataWords, "encoder.categoryTexts", { where, given: show(categories) }));
  }
  if (new Set(categories).size < categories.length) {
    throw new OptionError(say(dataWords, "encoder.categoryTwice", { where }));
  }
  return {
    kind: "categorical",
    name: requireText(`${where}.name`, name),
    categories,
    ...(encoding !== undefined && { encoding: requireName(`${where}.encoding`, encoding, ["codes"]) }),
  };
}

/** Returns `value` if it is a text. */
export function requireText(where: string, value: unknown): string {
  if (typeof value !== "string") throw new OptionError(say(dataWords, "encoder.text", { where, given: show(value) }));
  return value;
}

/** An error when a column has so many texts that they are no categories: an identifier, a date, free text. */
export function requireFewCategories(name: string, categories: number, rows: number): void {
  if (categories > 1000 || (categories > 20 && categories > rows / 2)) {
    throw new FormatError(say(fitWords, "fit.texts", { column: name, texts: categories, rows }));
  }
}

/** Values of a numeric column, none of them infinite. NaN is a missing one. */
export function finiteValues(column: NumericColumn | DateColumn): Float64Array {
  const { values, name } = column;
  for (let j = 0; j < values.length; j++) {
    if (values[j] === Number.POSITIVE_INFINITY || values[j] === Number.NEGATIVE_INFINITY) {
      throw atCell(j, name, say(dataWords, "table.notFinite", { value: values[j] }));
    }
  }
  return values;
}

/** The texts of a column, in the place of which it may hold nothing but missing values. */
export function texts(column: Column, example: string): readonly (string | null)[] {
  if (column.kind === "categorical") return column.values;
  const present = column.values.findIndex((value) => !Number.isNaN(value));
  if (present < 0) return new Array<null>(column.values.length).fill(null);
  throw atCell(present, column.name, say(dataWords, "table.text", { example, value: column.values[present] }));
}

/** The numbers of a column, in the place of which it may hold nothing but missing values. */
export function numbers(column: Column): Float64Array {
  if (column.kind !== "categorical") return finiteValues(column);
  const present = column.values.findIndex((value) => value !== null);
  if (present < 0) return new Float64Array(column.values.length).fill(Number.NaN);
  throw atCell(present, column.name, say(dataWords, "table.number", { value: column.values[present] ?? "" }));
}

/** What is wrong with a cell. Rows count from 1, the header left out. */
export function atCell(row: number, column: string, said: Said): FormatError {
  return new FormatError(within(say(dataWords, "table.cell", { row: row + 1, column }), said));
}

function fitNumeric(column: NumericColumn | DateColumn, trainingRows: readonly number[]): NumericFeature {
  const values = finiteValues(column);
  let count = 0;
  let sum = 0;
  for (const i of trainingRows) {
    if (Number.isNaN(values[i])) continue;
    sum += values[i];
    count++;
  }
  if (count === 0) {
    throw new FormatError(say(fitWords, "fit.noValue", { column: column.name }));
  }
  let mean = sum / count;
  if (!Number.isFinite(mean)) {
    // A sum of numbers near the limit of float64 overflows where their mean does not.
    mean = 0;
    for (const i of trainingRows) if (!Number.isNaN(values[i])) mean += values[i] / count;
  }
  return { kind: "numeric", name: column.name, mean };
}

function fitCategorical(column: CategoricalColumn, encoding: CategoryEncoding): CategoricalFeature {
  const present = new Set(column.values.filter((value) => value !== null));
  requireFewCategories(column.name, present.size, column.values.length);
  const categories: (string | null)[] = [...present].sort();
  if (column.values.includes(null)) categories.push(null);
  return { kind: "categorical", name: column.name, categories, ...(encoding === "codes" && { encoding }) };
}

function encodeNumeric(rule: NumericFeature, column: Column, X: Matrix, firstFeature: number): void {
  const row = X.rowData(firstFeature); // (1 × examples)
  row.set(numbers(column));
  for (let j = 0; j < row.length; j++) if (Number.isNaN(row[j])) row[j] = rule.mean;
}

function encodeCategorical(rule: CategoricalFeature, column: Column, X: Matrix, firstFeature: number): void {
  const known = rule.categories.filter((category) => category !== null);
  const place = new Map(rule.categories.map((category, i) => [category, i]));
  for (const [j, value] of texts(column, known[0] ?? "").entries()) {
    const i = place.get(value);
    if (i !== undefined) {
      if (rule.encoding === "codes") X.data[firstFeature * X.columns + j] = i;
      else X.data[(firstFeature + i) * X.columns + j] = 1;
    } else if (value === null) {
      throw atCell(j, rule.name, say(dataWords, "table.missing"));
    } else {
      throw atCell(j, rule.name, say(dataWords, "table.category", { value, known }));
    }
  }
}
