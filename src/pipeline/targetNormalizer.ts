import { say } from "../constraint/codedError.js";
import { atCell } from "../data/cells.js";
import { fitWords } from "../data/fitWords.js";
import { Normalizer } from "../data/normalizer.js";
import { skewness } from "../data/skewness.js";
import type { TableEncoder } from "../data/tableEncoder.js";
import type { Configuration } from "./configuration.js";
import { defaultsOf } from "./defaults.js";
import type { Part } from "./featureNormalizer.js";
import { learnsCounts } from "./learnsCounts.js";

/** Beyond it the square of a number may overflow in a sum of squares. */
const largest = 1e150;

/** Skewness of an exponential distribution. Above it the logarithm lowered the error on most tables, below on half; see docs/tables.md. */
const skewed = 2;

/**
 * The normalizer of a regression's targets, fitted on the examples of a part; none where they stay as they are.
 *
 * @throws FormatError naming row and column of a target too large to be scaled, or negative where its logarithm is asked for
 */
export function targetNormalizer(
  { target: { name, task } }: TableEncoder,
  { data: { Y }, examples }: Part,
  configuration: Configuration,
): Normalizer | undefined {
  const { normalizeTarget } = { ...defaultsOf(configuration).data, ...configuration.data };
  const stays = normalizeTarget === false || normalizeTarget === "none";
  if (stays || task !== "regression" || learnsCounts(configuration)) return undefined;
  const y = Y.rowData(0); // (1 × examples)
  const row = y.findIndex((y) => Math.abs(y) > largest);
  if (row >= 0) throw atCell(row, name, say(fitWords, "fit.tooLarge", { value: y[row] }));
  if (normalizeTarget === "log") {
    const negative = y.findIndex((y) => y < 0);
    if (negative >= 0) throw atCell(negative, name, say(fitWords, "fit.negative", { value: y[negative] }));
    return Normalizer.log(Y, examples);
  }
  const standard = Normalizer.fit(Y, examples);
  return (normalizeTarget === "auto" && logarithmOfSkewed(standard, { Y, examples })) || standard;
}

/** The configuration with what it left to the targets of a regression. */
export function withTargetScale<C extends Configuration>(configuration: C, by: Normalizer | undefined): C {
  const { normalizeTarget } = { ...defaultsOf(configuration).data, ...configuration.data };
  if (normalizeTarget !== "auto" || by === undefined) return configuration;
  return { ...configuration, data: { ...configuration.data, normalizeTarget: by.isLogarithm ? "log" : "standard" } };
}

/** The logarithm of targets that are never negative and lean far to large values, where it makes them lean less than half as far. */
function logarithmOfSkewed(
  standard: Normalizer,
  { Y, examples }: { readonly Y: Part["data"]["Y"]; readonly examples: ArrayLike<number> | undefined },
): Normalizer | undefined {
  const options = examples && { examples };
  const lean = (normalizer: Normalizer): number => skewness(normalizer.apply(Y, options).data);
  if (Y.data.some((y) => y < 0) || !(lean(standard) > skewed)) return undefined;
  const logarithm = Normalizer.log(Y, examples);
  return Math.abs(lean(logarithm)) < lean(standard) / 2 ? logarithm : undefined;
}
