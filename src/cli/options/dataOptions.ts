import { OptionError, show } from "../../constraint/constraint.js";
import { type ImageSize, normalizations, targetNormalizations } from "../../pipeline/configuration.js";
import { dataConstraints } from "../../pipeline/constraints.js";
import { imageName } from "../../pipeline/imageNormalizer.js";
import { categoryEncodings, tasks } from "../../pipeline/parseConfiguration.js";
import { parseNumber } from "../parse.js";
import { imageFromText } from "./imageText.js";
import { name, nameOrSwitch, numberOr, text } from "./kinds.js";
import { inPart, type Option } from "./option.js";
import { readingOptions } from "./readingOptions.js";
import { saysScaled } from "./runConfiguration.js";

/** Reads `1:50`. */
function costsFromText(where: string, value: unknown): readonly [number, number] {
  const texts = typeof value === "string" ? value.split(":") : [];
  if (texts.length !== 2) {
    throw new OptionError(
      `${where} must be the cost of a false alarm and that of a miss, such as 1:50, got ${show(value)}`,
    );
  }
  const [falseAlarm, miss] = texts.map((text) => parseNumber(where, text, dataConstraints.costOfMistake));
  return [falseAlarm, miss];
}

/** Names of columns, separated by commas. */
function columns(brief: string, key: "drop" | "id"): Option<readonly string[]> {
  return {
    ...inPart("data", key),
    brief,
    placeholder: "A,B",
    isList: true,
    fromText: (_, text) => (text === "none" ? [] : text.split(",")),
    fromPlain: (where, value) => {
      if (Array.isArray(value) && value.every((name) => typeof name === "string")) return value;
      throw new OptionError(`${where} must be an array of column names, got ${show(value)}`);
    },
    toPlain: (value) => value,
  };
}

/** How a table becomes what a network takes. */
export const dataOptions = {
  target: text("Column to predict, by name or number from 1", "COLUMN", inPart("data", "target"), (where, value) => {
    if (typeof value === "string") return value;
    throw new OptionError(`${where} must be the name of a column, got ${show(value)}`);
  }),
  task: name("What the target is; auto reads it off the column", tasks, inPart("data", "task")),
  drop: columns("Columns to leave out, by name or number, or none", "drop"),
  id: columns("Columns that name the rows: no features, and written beside the predictions", "id"),
  ...readingOptions,
  categories: name(
    "What a column of texts becomes: a feature of 0 and 1 for each, one of codes, which an embedding takes, or what suits their number",
    categoryEncodings,
    inPart("data", "categories"),
  ),
  validation: numberOr(
    "folds",
    {
      ...dataConstraints.validation,
      what: "share of the rows kept for validation, or folds, one for each of --members",
    },
    inPart("data", "validation"),
    { byDefault: "folds; of a network alone 0.2", search: undefined },
  ),
  normalize: nameOrSwitch("Scale numbers by median and quartiles, or to mean 0 and variance 1", normalizations, {
    ...inPart("data", "normalize"),
    search: "list",
  }),
  normalizeTarget: nameOrSwitch(
    "Train a regression on targets of mean 0 and variance 1, on their logarithms, which auto takes where targets are skewed, or as they are; predictions come in their own unit all the same, and counts of --loss poisson stay as they are",
    targetNormalizations,
    {
      ...inPart("data", "normalizeTarget"),
      // Counts stay as they are: that others would be scaled is not said of them.
      get: (configuration) => (saysScaled(configuration) ? configuration.data.normalizeTarget : undefined),
    },
  ),
  costOfMistakes: {
    ...inPart("data", "costOfMistakes"),
    brief:
      "Two classes: what a false alarm and a miss cost, such as 1:50; predict names the second class where that pays",
    placeholder: "A:B",
    fromText: costsFromText,
    fromPlain: costsFromText,
    toPlain: ([falseAlarm, miss]) => `${falseAlarm}:${miss}`,
  } satisfies Option<readonly [number, number]>,
  image: {
    ...inPart("data", "image"),
    brief: "The features are pixels of images: height x width, or height x width x channels",
    placeholder: "28x28",
    fromText: imageFromText,
    fromPlain: imageFromText,
    toPlain: imageName,
  } satisfies Option<ImageSize>,
} as const;
