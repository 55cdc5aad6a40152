import type { Matrix } from "../array/matrix.js";
import { say } from "../constraint/codedError.js";
import { OptionError, show } from "../constraint/constraint.js";
import type { Network } from "./network.js";
import { networkWords } from "./words.js";

/** Checks that no features are dropped that the network takes as codes. */
export function requireKeptCodes(where: string, { program }: Network, dropped: boolean): void {
  if (!dropped || program.codes.length === 0) return;
  throw new OptionError(say(networkWords, "network.droppedCodes", { where }));
}

/**
 * Checks that the features which a network takes as codes are codes it knows, before anything is computed from them.
 *
 * @param X features × examples
 * @param names of the features, where they are known
 * @throws OptionError naming example, feature, the number that is there and the codes there are
 */
export function requireCodes(
  where: string,
  { program }: Pick<Network, "program">,
  X: Matrix,
  names: readonly string[] = [],
): void {
  for (const { row, size } of program.codes) {
    for (let example = 0; example < X.columns; example++) {
      const code = X.data[row * X.columns + example];
      if (Number.isInteger(code) && code >= 0 && code < size) continue;
      const feature = names[row] ?? `feature ${row}`;
      throw new OptionError(say(networkWords, "network.code", { where, feature, example, given: show(code), size }));
    }
  }
}
