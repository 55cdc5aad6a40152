import { say } from "../constraint/codedError.js";
import { OptionError, requireName, requireNumber, requireObject, show } from "../constraint/constraint.js";
import {
  type CategoricalFeature,
  type DateFeature,
  dateParts,
  type FeatureRule,
  type MeanFeature,
  type NumericFeature,
} from "./featureRule.js";
import { dataWords } from "./words.js";

/**
 * Checks a rule that comes from a model file.
 *
 * @throws OptionError naming the entry that is wrong
 */
export function parseFeature(where: string, value: unknown): FeatureRule {
  const { kind } = requireObject(where, value, [
    ...["kind", "name", "mean", "median", "missing", "indicator", "categories", "encoding", "rare", "first", "parts"],
  ]);
  const known = requireName(`${where}.kind`, kind, ["numeric", "categorical", "date"]);
  if (known === "numeric") return parseNumeric(where, value);
  return known === "categorical" ? parseCategorical(where, value) : parseDate(where, value);
}

function parseDate(where: string, value: unknown): DateFeature {
  const { name, first, parts, missing } = requireObject(where, value, ["kind", "name", "first", "parts", "missing"]);
  if (!Array.isArray(parts) || parts.length === 0) {
    throw new OptionError(say(dataWords, "encoder.parts", { where, given: show(parts) }));
  }
  return {
    kind: "date",
    name: requireText(`${where}.name`, name),
    first: requireNumber(`${where}.first`, first, { kind: "number" }),
    parts: parts.map((one, i) => {
      const at = `${where}.parts[${i}]`;
      const { part, median } = requireObject(at, one, ["part", "median"]);
      return {
        part: requireName(`${at}.part`, part, dateParts),
        median: requireNumber(`${at}.median`, median, { kind: "number" }),
      };
    }),
    ...(missing !== undefined && { missing: requireTrue(`${where}.missing`, missing) }),
  };
}

function parseNumeric(where: string, value: unknown): NumericFeature | MeanFeature {
  const { name, mean, median, missing, indicator } = requireObject(where, value, [
    ...["kind", "name", "mean", "median", "missing", "indicator"],
  ]);
  const common = { kind: "numeric", name: requireText(`${where}.name`, name) } as const;
  if (median === undefined) {
    requireObject(where, value, ["kind", "name", "mean"]);
    return { ...common, mean: requireNumber(`${where}.mean`, mean, { kind: "number" }) };
  }
  requireObject(where, value, ["kind", "name", "median", "missing", "indicator"]);
  return {
    ...common,
    median: requireNumber(`${where}.median`, median, { kind: "number" }),
    ...(missing !== undefined && { missing: requireTrue(`${where}.missing`, missing) }),
    ...(indicator !== undefined && { indicator: requireTrue(`${where}.indicator`, indicator) }),
  };
}

function parseCategorical(where: string, value: unknown): CategoricalFeature {
  const { name, categories, encoding, rare } = requireObject(where, value, [
    ...["kind", "name", "categories", "encoding", "rare"],
  ]);
  const tolerant = rare !== undefined;
  const rarely = tolerant ? categoriesIn(`${where}.rare`, rare) : [];
  const often = categoriesIn(`${where}.categories`, categories);
  if (often.length === 0) {
    throw new OptionError(say(dataWords, "encoder.categories", { where, given: show(categories) }));
  }
  if (new Set([...often, ...rarely]).size < often.length + rarely.length) {
    throw new OptionError(say(dataWords, "encoder.categoryTwice", { where }));
  }
  return {
    kind: "categorical",
    name: requireText(`${where}.name`, name),
    categories: often,
    ...(encoding !== undefined && { encoding: requireName(`${where}.encoding`, encoding, ["codes"]) }),
    ...(tolerant && { rare: rarely }),
  };
}

function categoriesIn(where: string, value: unknown): readonly (string | null)[] {
  if (!Array.isArray(value)) throw new OptionError(say(dataWords, "encoder.list", { where, given: show(value) }));
  if (value.every((category) => category === null || typeof category === "string")) return value;
  throw new OptionError(say(dataWords, "encoder.categoryTexts", { where, given: show(value) }));
}

/** Returns `value` if it is a text. */
export function requireText(where: string, value: unknown): string {
  if (typeof value !== "string") throw new OptionError(say(dataWords, "encoder.text", { where, given: show(value) }));
  return value;
}

function requireTrue(where: string, value: unknown): true {
  if (value === true) return value;
  throw new OptionError(say(dataWords, "encoder.true", { where, given: show(value) }));
}
