import { say } from "../constraint/codedError.js";
import { finiteValues } from "./cells.js";
import type { CategoricalFeature, CategoryEncoding, FeatureRule, MeanFeature } from "./featureRule.js";
import { requireFewCategories } from "./fewCategories.js";
import { fitWords } from "./fitWords.js";
import { FormatError } from "./formatError.js";
import type { CategoricalColumn, Column, DateColumn, NumericColumn } from "./table.js";

/**
 * Learns how to encode a column, by the rules of configurations up to version 3: means of `trainingRows` stand in for missing
 * numbers, the categories are those of the whole column.
 *
 * @throws FormatError for a column without any value, and for one of too many texts
 */
export function fitFeature(
  column: Column,
  trainingRows: readonly number[],
  encoding: CategoryEncoding = "oneHot",
): FeatureRule {
  return column.kind === "categorical" ? fitCategorical(column, encoding) : fitNumeric(column, trainingRows);
}

function fitNumeric(column: NumericColumn | DateColumn, trainingRows: readonly number[]): MeanFeature {
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
