import { type FeatureRule, featureCount } from "../../data/featureRule.js";

/** A column of a table, and the rows of X that it becomes. */
export interface ColumnFeatures {
  readonly rule: FeatureRule;
  readonly first: number;
  readonly count: number;
}

/** Where each column lies in X. */
export function columnFeatures(rules: readonly FeatureRule[]): ColumnFeatures[] {
  let first = 0;
  return rules.map((rule) => {
    const count = featureCount(rule);
    first += count;
    return { rule, first: first - count, count };
  });
}
