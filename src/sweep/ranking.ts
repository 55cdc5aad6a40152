import type { FinishedSweepRun } from "./run.js";
import type { Settings } from "./space.js";

/** What the runs of one trial came to, over seeds and folds. */
export interface SweepTrial<Chosen = Settings> {
  /** From 1, in the order the settings were chosen. */
  readonly trial: number;
  readonly settings: Chosen;
  /** Longest share of the full training time that it was given. */
  readonly budget: number;
  /** Mean over the runs at that budget; undefined where one of them failed. */
  readonly value?: number;
  /** Standard deviation over these runs (divisor n − 1), 0 for one. */
  readonly spread?: number;
  readonly runs: readonly FinishedSweepRun[];
  /** Of the first run that failed. */
  readonly failure?: string;
}

/** Trials from the best to the worst: failed ones last, longest trained first, the earlier trial before its equals. */
export function rankTrials(runs: readonly FinishedSweepRun[], better: "lower" | "higher"): SweepTrial[] {
  const byTrial = new Map<number, FinishedSweepRun[]>();
  for (const run of runs) {
    const known = byTrial.get(run.trial);
    if (known === undefined) byTrial.set(run.trial, [run]);
    else known.push(run);
  }
  const sign = better === "lower" ? 1 : -1;
  const key = ({ value }: SweepTrial): number => (value === undefined ? Number.POSITIVE_INFINITY : sign * value);
  const order = (a: SweepTrial, b: SweepTrial): number =>
    Number(a.value === undefined) - Number(b.value === undefined) ||
    b.budget - a.budget ||
    (key(a) === key(b) ? 0 : key(a) - key(b)) ||
    a.trial - b.trial;
  return [...byTrial.values()].map(summarizeTrial).sort(order);
}

function summarizeTrial(all: readonly FinishedSweepRun[]): SweepTrial {
  const { trial, settings } = all[0];
  const budget = Math.max(...all.map((run) => run.budget));
  // In one order, whichever run ended first: a sum's last bits depend on it.
  const runs = all.filter((run) => run.budget === budget).sort((a, b) => a.seed - b.seed || a.fold - b.fold);
  const failure = runs.find((run) => run.failure !== undefined)?.failure;
  if (failure !== undefined) return { trial, settings, budget, runs, failure };
  const { mean, spread } = meanAndSpread(runs.map(({ value }) => value ?? Number.NaN));
  return { trial, settings, budget, value: mean, spread, runs };
}

/** Mean and standard deviation (divisor n − 1; 0 for one number). */
export function meanAndSpread(values: readonly number[]): { mean: number; spread: number } {
  const mean = values.reduce((sum, value) => sum + value / values.length, 0);
  if (values.length < 2) return { mean, spread: 0 };
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, spread: Math.sqrt(squares / (values.length - 1)) };
}
