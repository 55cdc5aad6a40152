import { say } from "../constraint/codedError.js";
import { atCell } from "../data/cells.js";
import { fitWords } from "../data/fitWords.js";
import { Normalizer } from "../data/normalizer.js";
import type { TableEncoder } from "../data/tableEncoder.js";
import type { Configuration } from "./configuration.js";
import { defaultsOf } from "./defaults.js";
import type { Part } from "./featureNormalizer.js";
import { learnsCounts } from "./learnsCounts.js";

/** Beyond it the square of a number may overflow in a sum of squares. */
const largest = 1e150;

/**
 * The normalizer of a regression's targets, fitted on the examples of a part; none where they stay as they are.
 *
 * @throws FormatError naming row and column of a target too large to be scaled
 */
export function targetNormalizer(
  { target: { name, task } }: TableEncoder,
  { data: { Y }, examples }: Part,
  configuration: Configuration,
): Normalizer | undefined {
  const { normalizeTarget } = { ...defaultsOf(configuration).data, ...configuration.data };
  const stays = normalizeTarget === false || normalizeTarget === "none";
  if (stays || task !== "regression" || learnsCounts(configuration)) return undefined;
  const row = Y.rowData(0).findIndex((y) => Math.abs(y) > largest);
  if (row >= 0) throw atCell(row, name, say(fitWords, "fit.tooLarge", { value: Y.data[row] }));
  return Normalizer.fit(Y, examples);
}
