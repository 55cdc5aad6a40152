import { OptionError, requireName, requireNumber, requireObject, show } from "../constraint/constraint.js";
import type { CheckMode } from "./report.js";

/** How far a check has come. */
export interface CheckProgress {
  /** Name of the block being checked. */
  readonly block: string;
  readonly blocksDone: number;
  readonly blocks: number;
  readonly costEvaluations: number;
}

export interface CheckOptions {
  /**
   * `directions` (default) compares slopes along random directions, block by block, in a number of evaluations that does
   * not grow with the number of parameters. `exhaustive` measures every entry with an error bar. `textbook` is the
   * two-sided difference with ε = 1e-7 of every entry, for teaching, with a verdict that allows for rounding.
   */
  readonly mode?: CheckMode;
  /** Seed of the random directions, a whole number from 0 to 2³² − 1. Default 1. The same seed gives the same report. */
  readonly seed?: number;
  /** Names of the blocks to check. Default: all. */
  readonly blocks?: readonly string[];
  /** Stops the check: it throws the signal's reason. */
  readonly signal?: AbortSignal;
  /** Called when a block begins and now and then within it. */
  readonly onProgress?: (progress: CheckProgress) => void;
}

export interface CompleteCheckOptions {
  readonly mode: CheckMode;
  readonly seed: number;
  readonly blocks: readonly string[] | undefined;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: ((progress: CheckProgress) => void) | undefined;
}

export const checkModes: readonly CheckMode[] = ["directions", "exhaustive", "textbook"];

const seedRange = { kind: "number", what: "seed", whole: true, min: 0, max: 2 ** 32 - 1 } as const;

/** Defaults filled in, everything else refused with its name. */
export function parseCheckOptions(
  where: string,
  given: CheckOptions,
  blockNames: readonly string[],
): CompleteCheckOptions {
  const options = requireObject(`${where}: options`, given, ["mode", "seed", "blocks", "signal", "onProgress"]);
  const { mode = "directions", seed = 1, blocks, signal, onProgress } = options;
  if (signal !== undefined && !(signal instanceof AbortSignal)) {
    throw new OptionError(`${where}: signal must be an AbortSignal, got ${show(signal)}`);
  }
  if (onProgress !== undefined && typeof onProgress !== "function") {
    throw new OptionError(`${where}: onProgress must be a function, got ${show(onProgress)}`);
  }
  if (blocks !== undefined && !Array.isArray(blocks)) {
    throw new OptionError(`${where}: blocks must be an array of names, got ${show(blocks)}`);
  }
  return {
    mode: requireName(`${where}: mode`, mode, checkModes),
    seed: requireNumber(`${where}: seed`, seed, seedRange),
    blocks: blocks?.map((name) => requireName(`${where}: blocks`, name, blockNames)),
    signal,
    onProgress: onProgress as CompleteCheckOptions["onProgress"],
  };
}
