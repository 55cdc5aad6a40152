import type { Verdict } from "./report.js";
import type { Trial } from "./trial.js";

/** Trials that agree roughly and take the place of two that agree. */
const enoughRough = 4;

/** What the trials of a block come to, and the trial that says so. */
export interface Decision {
  readonly verdict: Verdict;
  readonly deciding: Trial;
}

/** Trials a block may take. */
export const mostTrials = 8;

/**
 * The verdict of the trials so far, or `undefined` where another one is needed.
 *
 * Correct: two agree and none differs. Wrong: they differ at two points, or twice at one that was chosen at random. At the
 * given point alone a difference is not enough: a cost may have a kink there by construction (a bias of 0, an input of 0).
 * A gradient that is zero wherever it was tried is correct, but only after it was tried far away too: a wrong one may hide
 * where the right one vanishes.
 */
export function decide(trials: readonly Trial[], morePoints: boolean): Decision | undefined {
  const agreeing = trials.filter(({ finding }) => finding === "agrees");
  const rough = trials.filter(({ finding }) => finding === "agrees" || finding === "roughly");
  const differing = trials.filter((trial) => trial.finding === "differs" && !isTakenBack(trial, trials));
  if (differing.length === 0 && (agreeing.length >= 2 || rough.length >= enoughRough)) {
    return { verdict: "correct", deciding: closest(rough) };
  }
  if (differing.length >= 2) {
    const places = new Set(differing.map(({ point }) => point));
    const twice = differing.some((a) => !a.point.given && differing.some((b) => b !== a && b.point === a.point));
    if (places.size >= 2 || twice || !morePoints) {
      return { verdict: "wrong", deciding: differing.find(({ point }) => point.given) ?? differing[0] };
    }
  }
  if (trials.length < mostTrials) return undefined;
  const zero = trials.filter(({ finding }) => finding === "zero");
  if (differing.length > 0) return { verdict: "undecided", deciding: differing[0] };
  if (rough.length > 0) return { verdict: "correct", deciding: closest(rough) };
  const kink = trials.some(({ finding }) => finding === "kink");
  return zero.length >= 2 && !kink
    ? { verdict: "correct", deciding: zero[0] }
    : { verdict: "undecided", deciding: closest(trials) };
}

/** Whether a difference at a point chosen at random did not show again there in another direction. */
function isTakenBack({ point }: Trial, trials: readonly Trial[]): boolean {
  return !point.given && trials.some((other) => other.point === point && other.finding !== "differs");
}

/** The trial with the narrowest error bar beside the gradient. */
function closest(trials: readonly Trial[]): Trial {
  const width = ({ slope, size }: Trial): number => (size === 0 ? 0 : slope.error / size);
  return trials.reduce((best, trial) => (width(trial) < width(best) ? trial : best));
}

/**
 * Probability that an error of 1e-4 of the block's gradient, spread over it at random, had escaped all agreeing
 * directions: the error changes a slope by a Gaussian of that standard deviation, which is below τ with a probability of
 * `√(2/π) τ / σ` at most; τ is three error bars.
 */
export function missProbability(trials: readonly Trial[]): number {
  let probability = 1;
  for (const { finding, claimed, slope, size, tolerance } of trials) {
    if ((finding !== "agrees" && finding !== "roughly") || size === 0) continue;
    const tau = 3 * slope.error + tolerance + Math.abs(claimed - slope.value);
    probability *= Math.min(1, (Math.sqrt(2 / Math.PI) * tau) / (1e-4 * size));
  }
  return probability;
}
