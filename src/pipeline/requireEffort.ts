import { OptionError } from "../constraint/constraint.js";
import type { Configuration } from "./configuration.js";

/**
 * Checks that effort has something to choose.
 *
 * @throws OptionError where all that it would choose is given, or the version of the configuration knows none
 */
export function requireEffort(where: string, { effort, version, members, training = {} }: Configuration): void {
  if (effort === undefined) return;
  const { epochs, iterations } = training;
  if (version !== undefined && version < 4) {
    throw new OptionError(
      `${where}effort chooses members and epochs from version 4 of configurations on, this one is of version ${version}; give members and epochs`,
    );
  }
  if (members !== undefined && (epochs ?? iterations) !== undefined) {
    throw new OptionError(
      `${where}effort chooses members and epochs, and both are given (members ${members}, ${epochs === undefined ? `iterations ${iterations}` : `epochs ${epochs}`}); leave out effort, or one of them`,
    );
  }
}
