import type { Matrix } from "../../array/matrix.js";
import { datePart } from "../../data/datePart.js";
import { type DateFeature, type FeatureRule, hasRare } from "../../data/featureRule.js";
import { quantile } from "../../data/quantile.js";
import type { ColumnFeatures } from "./columnFeatures.js";

/** Values of a column to look at a model at. */
export interface ColumnGrid {
  /** Numbers; points in time, in milliseconds since 1970; or categories, `null` for a missing value. */
  readonly kind: "number" | "date" | "category";
  /** Numbers and times ascending, categories by falling frequency. */
  readonly values: readonly (number | string | null)[];
  /** Features of the column at each value. */
  readonly features: readonly (readonly number[])[];
}

/** The outermost quantiles of a grid: beyond them are few examples to learn from. */
const [LOWEST, HIGHEST] = [0.02, 0.98];

/**
 * Numbers at evenly spaced quantiles, or all of them where there are few; the most frequent categories. Missing numbers have no place.
 *
 * @param X raw features × examples
 * @param most values at most
 */
export function columnGrid({ rule, first, count }: ColumnFeatures, X: Matrix, most: number): ColumnGrid {
  const values = Array.from({ length: X.columns }, (_, j) =>
    Array.from({ length: count }, (_, i) => X.data[(first + i) * X.columns + j]),
  );
  if (rule.kind === "categorical") {
    const frequent = distinct(values).slice(0, most);
    return { kind: "category", values: frequent.map((one) => categoryOf(rule, one)), features: frequent };
  }
  const present = rule.kind === "numeric" && "mean" in rule ? values : withValue(rule, values);
  const days = rule.kind === "date" ? rule.parts.findIndex(({ part }) => part === "days") : -1;
  if (rule.kind === "date" && days >= 0) {
    const grid = quantiles(
      present.map((one) => one[days] * DAY),
      most,
    );
    return {
      kind: "date",
      values: grid.map((time) => rule.first + time),
      features: grid.map((t) => dateFeatures(rule, t)),
    };
  }
  // A number, or the one part of a date that varies; a flag of missing ones stays 0.
  const grid = quantiles(
    present.map(([value]) => value),
    most,
  );
  return { kind: "number", values: grid, features: grid.map((value) => [value, ...Array<number>(count - 1).fill(0)]) };
}

const DAY = 86_400_000;

/** The examples whose value is not missing. */
function withValue(rule: FeatureRule, values: readonly number[][]): readonly number[][] {
  return "missing" in rule && rule.missing ? values.filter((one) => one[one.length - 1] === 0) : values;
}

function dateFeatures(rule: DateFeature, sinceFirst: number): number[] {
  const parts = rule.parts.map(({ part }) => datePart(part, rule.first + sinceFirst, rule.first));
  return rule.missing ? [...parts, 0] : parts;
}

/** All distinct numbers, or as many quantiles. */
function quantiles(numbers: readonly number[], most: number): number[] {
  const sorted = Float64Array.from(numbers).sort();
  if (sorted.length === 0) return [];
  const all = [...new Set(sorted)];
  if (all.length <= most) return all;
  const at = (k: number): number => quantile(sorted, LOWEST + ((HIGHEST - LOWEST) * k) / (most - 1));
  return [...new Set(Array.from({ length: most }, (_, k) => at(k)))];
}

/** The distinct lists, the most frequent first. */
function distinct(lists: readonly (readonly number[])[]): (readonly number[])[] {
  const counts = new Map<string, { list: readonly number[]; count: number }>();
  for (const list of lists) {
    const key = list.join();
    const known = counts.get(key);
    if (known === undefined) counts.set(key, { list, count: 1 });
    else known.count += 1;
  }
  return [...counts.values()].sort((a, b) => b.count - a.count).map(({ list }) => list);
}

/** The category that features are of. */
function categoryOf(rule: Extract<FeatureRule, { kind: "categorical" }>, features: readonly number[]): string | null {
  const { categories, encoding, rare } = rule;
  const at = encoding === "codes" || features.length === 1 ? features[0] : features.indexOf(1);
  const others = hasRare(rule) || rare === undefined ? "(rare)" : "(unknown)";
  return Number.isInteger(at) && at >= 0 && at < categories.length ? categories[at] : others;
}
