import type { CurvePoint } from "./curvePoint.js";

/** What a learning curve says. */
export interface CurveReading {
  readonly verdict: "high bias" | "high variance" | "high bias and high variance" | "fine";
  /** The verdict with its numbers, what more examples and λ would do, and what to try. */
  readonly sentences: readonly string[];
}

/** Where the reading draws its lines, in relative error: 0 is perfect, 1 what guessing without features costs. */
export const curveThresholds = {
  /** A training error above this is high bias, unless another goal is given. */
  goal: 0.3,
  /** A validation error so much above the training error is high variance, if it is also beyond twice the spread. */
  gap: 0.1,
  /** A change smaller than this is none. */
  change: 0.02,
} as const;

/** Reads the errors at full size, their change with the last examples, and the best λ. */
export function readCurve(bySize: readonly CurvePoint[], byLambda: readonly CurvePoint[], goal: number): CurveReading {
  const full = bySize[bySize.length - 1];
  const training = full.training.mean;
  const validation = full.validation.mean;
  const gap = validation - training;
  const noise = 2 * Math.hypot(full.training.spread, full.validation.spread);
  const bias = training > goal;
  const variance = gap > curveThresholds.gap && gap > noise;
  const errors = `training error ${digits(training)}, validation error ${digits(validation)}, where 1 is guessing without features`;
  const isBias = `above the goal of ${digits(goal)} even on the examples it learned from`;
  const isVariance = `a gap of ${digits(gap)}, above ${curveThresholds.gap} and twice the spread (${digits(noise)})`;
  if (bias && variance) {
    return {
      verdict: "high bias and high variance",
      sentences: [
        `High bias and high variance: ${errors}; ${isBias}, and ${isVariance}.`,
        ...trends(bySize, byLambda),
        "First lower the training error (train longer, another learning rate, more units), then the gap (more examples, λ, dropout).",
      ],
    };
  }
  if (bias) {
    return {
      verdict: "high bias",
      sentences: [
        `High bias: ${errors}; ${isBias}.`,
        ...trends(bySize, byLambda),
        "Try more units or layers, longer training, a larger learning rate, less λ and dropout, better features; if none of it helps, the rest may be noise that no model can learn.",
      ],
    };
  }
  if (variance) {
    return {
      verdict: "high variance",
      sentences: [
        `High variance: ${errors}; ${isVariance}.`,
        ...trends(bySize, byLambda),
        "Try more examples, a larger λ, dropout, early stopping, fewer units.",
      ],
    };
  }
  const small =
    gap > curveThresholds.gap
      ? `the gap of ${digits(gap)} is within twice the spread (${digits(noise)})`
      : `a gap of ${digits(gap)}, at most ${curveThresholds.gap}`;
  return {
    verdict: "fine",
    sentences: [
      `Neither high bias nor high variance: ${errors}; within the goal of ${digits(goal)}, and ${small}.`,
      ...trends(bySize, byLambda),
    ],
  };
}

function trends(bySize: readonly CurvePoint[], byLambda: readonly CurvePoint[]): string[] {
  return [examplesTrend(bySize), lambdaTrend(byLambda)].filter((sentence) => sentence !== undefined);
}

function examplesTrend(bySize: readonly CurvePoint[]): string | undefined {
  const full = bySize[bySize.length - 1];
  const half = bySize.findLast(({ examples }) => examples <= full.examples / 2);
  if (half === undefined) return undefined;
  const fall = half.validation.mean - full.validation.mean;
  const from = `from ${half.examples} to ${full.examples} examples the validation error went from ${digits(half.validation.mean)} to ${digits(full.validation.mean)}`;
  // Means of n seeds differ by chance by about this much.
  return fall > Math.max(curveThresholds.change, full.validation.spread)
    ? `More examples should help: ${from}.`
    : `More examples would hardly help: ${from}.`;
}

function lambdaTrend(byLambda: readonly CurvePoint[]): string | undefined {
  if (byLambda.length < 2) return undefined;
  const least = byLambda[0];
  const best = byLambda.reduce((a, b) => (b.validation.mean < a.validation.mean ? b : a));
  const fall = least.validation.mean - best.validation.mean;
  if (fall <= Math.max(curveThresholds.change, best.validation.spread)) {
    return `No λ tried lowers the validation error noticeably below that of λ = ${least.l2}, ${digits(least.validation.mean)}.`;
  }
  const edge = best === byLambda[byLambda.length - 1] ? "; it is the largest tried, so try larger ones" : "";
  return `λ = ${best.l2} is best: it lowers the validation error from ${digits(least.validation.mean)} (λ = ${least.l2}) to ${digits(best.validation.mean)}${edge}.`;
}

function digits(value: number): string {
  return String(Number(value.toPrecision(2)));
}
