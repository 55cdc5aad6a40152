import { OptionError, requireName, requireNumber, requireObject, show } from "../constraint/constraint.js";
import type { CheckMode } from "./report.js";

/** How far a check has come. */
export interface CheckProgress {
  /** Name of the block being checked. */
  readonly block: string;
  readonly blocksDone: number;
  readonly blocks: number;
  readonly costEvaluations: number;
  /** About how many more it takes; more where blocks turn out wrong. */
  readonly costEvaluationsLeft: number;
  /** Seconds these take if they go on as those before. */
  readonly secondsLeft: number;
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
  /**
   * Relative error of a block's gradient that counts as correct, from 1e-12 to 0.1: the verdict is correct where it is surely
   * smaller, wrong where it is surely larger. Default: as small as the noise of the cost allows.
   */
  readonly tolerance?: number;
  /**
   * Most cost evaluations. Blocks that are not reached within them are undecided, with that reason, and places of errors are sought as
   * far as they last. Default: no limit; a check takes about 10 a block, and some 30 more in each wrong one.
   */
  readonly budget?: number;
  /** Whether the check ends with the verdict of each block, and seeks no places and no causes. Mode `directions` only. Default false. */
  readonly verdictOnly?: boolean;
  /**
   * Steps of Adam along the gradient under test, on a copy, after which the check is made again: some errors show only away from the
   * start. A block is wrong where it is wrong at one of the two. Default 0 (in `checkNetwork`, whose engine trains, 20).
   */
  readonly trainingSteps?: number;
  /** Stops the check: it throws the signal's reason. */
  readonly signal?: AbortSignal;
  /** Called when a block begins and now and then within it. */
  readonly onProgress?: (progress: CheckProgress) => void;
}

export interface CompleteCheckOptions {
  readonly mode: CheckMode;
  readonly seed: number;
  readonly blocks: readonly string[] | undefined;
  readonly tolerance: number | undefined;
  readonly budget: number;
  readonly verdictOnly: boolean;
  readonly trainingSteps: number;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: ((progress: CheckProgress) => void) | undefined;
}

export const checkModes: readonly CheckMode[] = ["directions", "exhaustive", "textbook"];

/** The options of every check, as other functions take them along. */
export const checkOptionNames = [
  "mode",
  "seed",
  "blocks",
  "tolerance",
  "budget",
  "verdictOnly",
  "trainingSteps",
  "signal",
  "onProgress",
] as const satisfies readonly (keyof CheckOptions)[];

const budgetRange = { kind: "number", what: "cost evaluations", whole: true, min: 1 } as const;
const toleranceRange = { kind: "number", what: "relative error", min: 1e-12, max: 0.1 } as const;
const stepsRange = { kind: "number", what: "steps of training", whole: true, min: 0 } as const;
const seedRange = { kind: "number", what: "seed", whole: true, min: 0, max: 2 ** 32 - 1 } as const;

/** Defaults filled in, everything else refused with its name. */
export function parseCheckOptions(
  where: string,
  given: CheckOptions,
  blockNames: readonly string[],
): CompleteCheckOptions {
  const options = requireObject(`${where}: options`, given, checkOptionNames);
  const { mode = "directions", seed = 1, blocks, budget, verdictOnly = false, trainingSteps = 0 } = options;
  const { tolerance, signal, onProgress } = options;
  if (signal !== undefined && !(signal instanceof AbortSignal)) {
    throw new OptionError(`${where}: signal must be an AbortSignal, got ${show(signal)}`);
  }
  if (onProgress !== undefined && typeof onProgress !== "function") {
    throw new OptionError(`${where}: onProgress must be a function, got ${show(onProgress)}`);
  }
  if (blocks !== undefined && (!Array.isArray(blocks) || blocks.length === 0)) {
    throw new OptionError(`${where}: blocks must be an array of names, one at least, got ${show(blocks)}`);
  }
  if (typeof verdictOnly !== "boolean") {
    throw new OptionError(`${where}: verdictOnly must be true or false, got ${show(verdictOnly)}`);
  }
  if (verdictOnly && mode !== "directions") {
    throw new OptionError(`${where}: verdictOnly measures no entries, and mode ${show(mode)} measures all: choose one`);
  }
  return {
    mode: requireName(`${where}: mode`, mode, checkModes),
    seed: requireNumber(`${where}: seed`, seed, seedRange),
    blocks: blocks?.map((name) => requireName(`${where}: blocks`, name, blockNames)),
    tolerance: tolerance === undefined ? undefined : requireNumber(`${where}: tolerance`, tolerance, toleranceRange),
    budget: budget === undefined ? Number.POSITIVE_INFINITY : requireNumber(`${where}: budget`, budget, budgetRange),
    verdictOnly,
    trainingSteps: requireNumber(`${where}: trainingSteps`, trainingSteps, stepsRange),
    signal,
    onProgress: onProgress as CompleteCheckOptions["onProgress"],
  };
}
