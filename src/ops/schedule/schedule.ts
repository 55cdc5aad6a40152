import type { NumberOption, Numbers, OptionTable } from "../choice.js";

/** A step of a run, as a schedule sees it. */
export interface ScheduledStep {
  /** Its number, from 0. */
  readonly step: number;
  /** Steps of the whole run. */
  readonly steps: number;
  readonly options: Numbers;
}

/** What a schedule that goes by the run remembers of it. */
export type Seen = Numbers;

/** By what a setting is multiplied as the run goes. */
export interface ScheduleDefinition {
  /** `warmup` is one of them. */
  readonly options: OptionTable;
  /** Of one that goes by what the run does: what it remembers, with ranges and how it begins. Default: it goes by the step alone. */
  readonly remembers?: OptionTable;
  /** The factor of a step: a number from 0 to 1. */
  factor(at: ScheduledStep, seen: Seen): number;
  /**
   * What it remembers after a check of the run.
   *
   * @param value what is watched; lower is better
   */
  follow?(at: ScheduledStep, seen: Seen, value: number): Seen;
}

/** The share of the run in which the factor rises from near 0 to 1. */
export const warmup: NumberOption = { constraint: { kind: "number", min: 0, below: 1 }, default: 0 };

/** What the factor is at the end of the run. */
export const end: NumberOption = { constraint: { kind: "number", min: 0, max: 1 }, default: 0 };

/**
 * Steps of the warm-up: its share of the run, to the nearest whole number.
 *
 * Source: P. Goyal et al. 2017, "Accurate, large minibatch SGD: training ImageNet in 1 hour", §2.2.
 */
export function warmupSteps({ steps, options }: Pick<ScheduledStep, "steps" | "options">): number {
  return Math.round(options.warmup * steps);
}

/**
 * A schedule with a warm-up: `(t + 1) / (W + 1)` in its W steps, then the schedule over the T = steps − W that are left.
 *
 * @param factor of step t of T, t from 0
 */
export function warmedUp(at: ScheduledStep, factor: (t: number, T: number) => number): number {
  const W = warmupSteps(at);
  return at.step < W ? (at.step + 1) / (W + 1) : factor(at.step - W, at.steps - W);
}
