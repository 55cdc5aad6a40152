import { OptionError, requireName, requireNumber, requireObject } from "../constraint/constraint.js";
import { candidates, mostTrials, type Sampler } from "./candidates.js";
import { rankTrials, type SweepTrial } from "./ranking.js";
import { type FinishedSweepRun, type RunOutcome, runKey, type SweepRun } from "./run.js";
import { halvingRungs, type Rung, reduction } from "./rungs.js";
import { isRange, requireSpace, type SearchSpace, type Settings } from "./space.js";

/** `halving` is successive halving. */
export type SweepMethod = Sampler | "halving";

export const sweepMethods = ["grid", "random", "sobol", "halving"] as const satisfies readonly SweepMethod[];

/** How far a sweep is. */
export interface SweepProgress {
  readonly done: number;
  /** Runs planned; with successive halving all rounds together. */
  readonly total: number;
  readonly latest?: FinishedSweepRun;
  /** Of the trials whose runs of a round are all done. */
  readonly best?: SweepTrial;
}

/** What is searched, how, and what a run is. */
export interface SweepOptions<Space extends SearchSpace> {
  readonly search: Space;
  /** Trains once and gives the error or score on the held-out part; throwing marks the run as failed. */
  readonly run: (run: SweepRun<Settings<Space>>) => number | RunOutcome | Promise<number | RunOutcome>;
  /** Default: `grid` where everything is a list, else `random`. */
  readonly method?: SweepMethod | undefined;
  /** Settings to draw, 1 to 100,000. Default 30; a grid has as many as it has. */
  readonly trials?: number | undefined;
  /** Of the draws, and of the first run; further runs count on from it. Default 0. */
  readonly seed?: number | undefined;
  /** Seeds a trial is run with, 1 to 1,000. Default 1. */
  readonly seeds?: number | undefined;
  /** Folds a trial is run on, 1 to 1,000. Default 1. */
  readonly folds?: number | undefined;
  /** Whether a lower or a higher value is the better one. Default `lower`. */
  readonly better?: "lower" | "higher" | undefined;
  /** Runs under way at a time, 1 to 1,024: of use where `run` hands them to workers. Results do not depend on it. Default 1. */
  readonly parallel?: number | undefined;
  /** Runs of an earlier, unfinished sweep with the same options: they are not run again. */
  readonly finished?: readonly FinishedSweepRun[] | undefined;
  /** Called for each run that is newly finished, and awaited: keep it, and it will never be run again. */
  readonly onFinished?: ((run: FinishedSweepRun) => void | Promise<void>) | undefined;
  readonly onProgress?: ((progress: SweepProgress) => void) | undefined;
  /** No run begins after it is aborted; those that end meanwhile are still kept. */
  readonly signal?: AbortSignal | undefined;
}

/** What a sweep came to. */
export interface SweepResult<Space extends SearchSpace = SearchSpace> {
  /** From the best to the worst. */
  readonly trials: readonly SweepTrial<Settings<Space>>[];
  /** The first of them; undefined where every trial failed or none was finished. */
  readonly best: SweepTrial<Settings<Space>> | undefined;
  readonly stopped: "finished" | "aborted";
}

/**
 * Tries settings and ranks them by their value on held-out data.
 *
 * Each trial is run with every seed on every fold; its value is the mean. The settings follow from the seed alone, and a
 * result from its run alone, so that neither `parallel` nor an interruption changes what comes out.
 *
 * Successive halving gives many trials 1/27, 1/9 or 1/3 of the training time (`budget`), the best third of them three
 * times as much, and so on.
 *
 * @returns the trials, best first
 * @throws OptionError for options out of range, an empty list or range, a grid over a range
 *
 * @example
 * import { dense, evaluate, network, split, train } from "gradproof";
 * import { circles } from "gradproof/data";
 * import { sweep } from "gradproof/sweep";
 * const { train: training, validation } = split(circles({ examples: 200, noise: 0.1, seed: 1 }));
 * const { best, trials } = await sweep({
 *   search: { l2: [0, 3], units: [1, 8] },
 *   run: async ({ settings: { l2, units }, seed }) => {
 *     const model = network({ inputs: 2, layers: [dense(units, "relu"), dense(1, "sigmoid")], seed });
 *     await train(model, training, { learningRate: 0.05, iterations: 200, l2, seed });
 *     return evaluate(model, validation).cost;
 *   },
 * });
 * trials.length; // => 4
 * best?.settings; // => { l2: 0, units: 8 }
 */
export async function sweep<const Space extends SearchSpace>(
  options: SweepOptions<Space>,
): Promise<SweepResult<Space>> {
  const plan = planSweep(options);
  const { rungs, settings, seed, seeds, folds, better, parallel } = plan;
  const { signal, onFinished, onProgress } = options;
  const finished = new Map((options.finished ?? []).map((run) => [runKey(run), run]));
  const total = rungs.reduce((sum, { trials }) => sum + trials, 0) * seeds * folds;
  let used = 0;
  const begun = new Map<string, FinishedSweepRun[]>();
  const complete: FinishedSweepRun[] = [];
  let best: SweepTrial | undefined;

  const keep = (run: FinishedSweepRun): void => {
    used++;
    const key = `${run.trial}/${run.budget}`;
    const siblings = begun.get(key) ?? [];
    begun.set(key, siblings);
    siblings.push(run);
    if (siblings.length === seeds * folds) {
      complete.push(...siblings);
      best = rankTrials([...(best?.runs ?? []), ...siblings], better).find(({ value }) => value !== undefined);
    }
    onProgress?.({ done: used, total, latest: run, ...(best && { best }) });
  };

  let survivors = settings.map((_, i) => i + 1);
  for (const { budget, trials } of rungs) {
    survivors = survivors.slice(0, trials);
    const due: SweepRun[] = [];
    for (const trial of [...survivors].sort((a, b) => a - b)) {
      for (let s = 0; s < seeds; s++) {
        for (let fold = 0; fold < folds; fold++) {
          const run = { trial, settings: settings[trial - 1], seed: (seed + s) % 2 ** 32, fold, budget };
          const known = finished.get(runKey(run));
          if (known === undefined) due.push(run);
          else keep(known);
        }
      }
    }
    await inParallel(due, parallel, signal, async (run) => {
      const done = await outcomeOf(run, options as unknown as SweepOptions<SearchSpace>);
      // What a stopped run came to says nothing of its settings.
      if (done === undefined) return;
      await onFinished?.(done);
      keep(done);
    });
    if (signal?.aborted) break;
    const alive = new Set(survivors);
    const round = complete.filter((run) => run.budget === budget && alive.has(run.trial));
    survivors = rankTrials(round, better).map(({ trial }) => trial);
  }
  const trials = rankTrials(complete, better) as unknown as SweepTrial<Settings<Space>>[];
  return {
    trials,
    best: trials.find(({ value }) => value !== undefined),
    stopped: signal?.aborted && used < total ? "aborted" : "finished",
  };
}

/** The plan of a sweep, all defaults filled in. */
export interface SweepPlan {
  readonly method: SweepMethod;
  readonly settings: readonly Settings[];
  readonly rungs: readonly Rung[];
  readonly seed: number;
  readonly seeds: number;
  readonly folds: number;
  readonly better: "lower" | "higher";
  readonly parallel: number;
}

const ranges = {
  trials: { kind: "number", what: "settings to draw", whole: true, min: 1, max: mostTrials },
  seed: { kind: "number", what: "seed of the draws and of the first run", whole: true, min: 0, max: 2 ** 32 - 1 },
  seeds: { kind: "number", what: "seeds a trial is run with", whole: true, min: 1, max: 1000 },
  folds: { kind: "number", what: "folds a trial is run on", whole: true, min: 1, max: 1000 },
  parallel: { kind: "number", what: "runs under way at a time", whole: true, min: 1, max: 1024 },
} as const;
export const sweepConstraints = ranges;

const known = [
  ...["search", "run", "method", "trials", "seed", "seeds", "folds", "better", "parallel"],
  ...["finished", "onFinished", "onProgress", "signal"],
];

/** Checks the options of a sweep and chooses its trials. */
export function planSweep(options: Omit<SweepOptions<SearchSpace>, "run">): SweepPlan {
  requireObject("sweep()", options, known);
  const space = requireSpace("sweep(): search", options.search);
  const hasRange = Object.values(space).some(isRange);
  const method = requireName("sweep(): method", options.method ?? (hasRange ? "random" : "grid"), sweepMethods);
  const number = (name: keyof typeof ranges, byDefault: number): number =>
    requireNumber(`sweep(): ${name}`, options[name] ?? byDefault, ranges[name]);
  if (method === "grid" && options.trials !== undefined) {
    throw new OptionError("a grid tries every combination; trials is for the methods random, sobol and halving");
  }
  const seed = number("seed", 0);
  const sampler = method === "halving" ? (hasRange || options.trials !== undefined ? "random" : "grid") : method;
  const settings = candidates(space, sampler, number("trials", 30), seed);
  if (method === "halving" && settings.length < reduction) {
    throw new OptionError(`successive halving needs at least ${reduction} trials, got ${settings.length}`);
  }
  return {
    method,
    settings,
    rungs: method === "halving" ? halvingRungs(settings.length) : [{ trials: settings.length, budget: 1 }],
    seed,
    seeds: number("seeds", 1),
    folds: number("folds", 1),
    better: requireName("sweep(): better", options.better ?? "lower", ["lower", "higher"]),
    parallel: number("parallel", 1),
  };
}

/** The run with what it came to, or undefined where it was stopped. */
async function outcomeOf(
  run: SweepRun,
  { run: work, signal }: Pick<SweepOptions<SearchSpace>, "run" | "signal">,
): Promise<FinishedSweepRun | undefined> {
  try {
    const given = await work(run);
    const { value, failure, metrics } = typeof given === "number" ? { value: given } : given;
    if (value === undefined || !Number.isFinite(value)) {
      return { ...run, failure: failure ?? `the value came out as ${value}`, ...(metrics && { metrics }) };
    }
    return { ...run, value, ...(metrics && { metrics }) };
  } catch (thrown) {
    if (signal?.aborted) return undefined;
    return { ...run, failure: thrown instanceof Error ? thrown.message : String(thrown) };
  }
}

/** Works on items in their order, so many at a time; the first error ends it when those under way have ended. */
async function inParallel<T>(
  items: readonly T[],
  parallel: number,
  signal: AbortSignal | undefined,
  work: (item: T) => Promise<void>,
): Promise<void> {
  let next = 0;
  let failed = false;
  const lane = async (): Promise<void> => {
    while (next < items.length && !failed && !signal?.aborted) {
      try {
        await work(items[next++]);
      } catch (thrown) {
        failed = true;
        throw thrown;
      }
    }
  };
  const lanes = await Promise.allSettled(Array.from({ length: Math.min(parallel, items.length) }, lane));
  const broken = lanes.find((result) => result.status === "rejected");
  if (broken !== undefined) throw broken.reason;
}
