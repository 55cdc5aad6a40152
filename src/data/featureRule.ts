/** How one column becomes features: what an encoder has learned of it, as a model file holds it. */
export type FeatureRule = NumericFeature | MeanFeature | CategoricalFeature | DateFeature;

/** A numeric column becomes one feature: its values, with the median in place of the missing ones; and a flag for these. */
export interface NumericFeature {
  readonly kind: "numeric";
  readonly name: string;
  /** Median of the training rows. */
  readonly median: number;
  /** Some training row has no value: a second feature says with 0 and 1 whether one is missing. Default: none does. */
  readonly missing?: true;
  /** The training rows have 0 and 1 alone: it is no number to be scaled. Default: a number. */
  readonly indicator?: true;
}

/** The same as configurations up to version 3 have it: the mean in place of missing values, and no flag. */
export interface MeanFeature {
  readonly kind: "numeric";
  readonly name: string;
  /** Mean of the training rows. */
  readonly mean: number;
}

/** What a categorical column becomes: features of zeros and ones, or one feature of codes for an embedding. */
export const encodings = ["oneHot", "codes"] as const;
export type CategoryEncoding = (typeof encodings)[number];

/**
 * A categorical column becomes a feature of 0 and 1 for each category, two categories one feature, or codes. `null` stands for a
 * missing value.
 */
export interface CategoricalFeature {
  readonly kind: "categorical";
  readonly name: string;
  /** Sorted by code unit, `null` last; the order does not depend on that of the rows. The code of a category is its place. */
  readonly categories: readonly (string | null)[];
  /** Default `oneHot`. */
  readonly encoding?: "codes";
  /**
   * The categories of few training rows. They share a feature, or a code, with those that training did not have; where there are
   * none, the latter are 0 in every feature (of two categories 0.5), or have a code of their own. Left out up to version 3 of
   * configurations: what training did not have is refused.
   */
  readonly rare?: readonly (string | null)[];
}

/** What a feature is: a number to be scaled, 0 or 1, the flag of the missing values of the feature before it, or a code. */
export type FeatureKind = "number" | "indicator" | "missing" | "code";

/** The parts of a date that can be features: the year, the month from 1, the day of the week from Monday, 1, the hour, days since `first`. */
export const dateParts = ["year", "month", "weekday", "hour", "days"] as const;
export type DatePart = (typeof dateParts)[number];

/** A column of dates becomes a feature for each part that varies in training, and a flag of the missing ones. */
export interface DateFeature {
  readonly kind: "date";
  readonly name: string;
  /** The earliest date of the training rows, in milliseconds since 1970. */
  readonly first: number;
  /** In the order of the features, with the median of each, which stands in for missing ones. */
  readonly parts: readonly { readonly part: DatePart; readonly median: number }[];
  /** Some training row has no value. Default: none does. */
  readonly missing?: true;
}

interface Feature {
  readonly name: string;
  readonly kind: FeatureKind;
}

/** The features that a column becomes. */
function featuresOf(rule: FeatureRule): readonly Feature[] {
  const { name } = rule;
  if (rule.kind === "numeric") {
    if ("mean" in rule) return [{ name, kind: "number" }];
    const value: Feature = { name, kind: rule.indicator ? "indicator" : "number" };
    return rule.missing ? [value, { name: `${name}=(missing)`, kind: "missing" }] : [value];
  }
  if (rule.kind === "date") {
    const parts: Feature[] = rule.parts.map(({ part }) => ({ name: `${name}.${part}`, kind: "number" }));
    // Flags stand behind the feature that they are of: all parts are missing together, and the last has the flag.
    return rule.missing ? [...parts, { name: `${name}=(missing)`, kind: "missing" }] : parts;
  }
  if (rule.encoding === "codes") return [{ name, kind: "code" }];
  const named = isSwitch(rule) ? rule.categories.slice(1) : rule.categories;
  const names = named.map((category) => category ?? "(missing)");
  if (hasRare(rule)) names.push("(rare)");
  return names.map((category) => ({ name: `${name}=${category}`, kind: "indicator" }));
}

/** Whether one feature says which of two categories it is: 0 is the first, 1 the second. */
export function isSwitch({ categories, encoding, rare }: CategoricalFeature): boolean {
  return encoding !== "codes" && rare?.length === 0 && categories.length === 2 && categories[1] !== null;
}

/** Whether rare categories share a feature, or a code. */
export function hasRare({ rare }: CategoricalFeature): boolean {
  return rare !== undefined && rare.length > 0;
}

/** Names of the features a column becomes: `amount`, or `country=NO`, `country=SE`, `country=(missing)`; `country` of codes. */
export function featureNames(rule: FeatureRule): string[] {
  return featuresOf(rule).map(({ name }) => name);
}

/** How many features a column becomes. */
export function featureCount(rule: FeatureRule): number {
  return featuresOf(rule).length;
}

/** What each feature is that columns become. */
export function featureKinds(rules: readonly FeatureRule[]): FeatureKind[] {
  return rules.flatMap((rule) => featuresOf(rule).map(({ kind }) => kind));
}

/** Of each feature that columns become, the number of its codes; undefined for one of numbers. */
export function codeSizes(rules: readonly FeatureRule[]): (number | undefined)[] {
  return rules.flatMap((rule) => featuresOf(rule).map(({ kind }) => (kind === "code" ? codesOf(rule) : undefined)));
}

/** With a code for what training did not have, or had in few rows. */
function codesOf(rule: FeatureRule): number | undefined {
  return rule.kind === "categorical" ? rule.categories.length + (rule.rare === undefined ? 0 : 1) : undefined;
}
