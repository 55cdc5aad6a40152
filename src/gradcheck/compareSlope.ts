import type { ReverseCommunication } from "./problem.js";
import { firstStepOf, type Line, type LineFacts, measureSlope, type Slope, slopeWith } from "./slope.js";

/**
 * What a comparison comes to: the slopes agree; they agree as far as an error bar tells that is wider than one would like, or so
 * wide that only a bound can be told; both are zero, as far as can be told; they differ; the cost has a kink at the point, where the slope of neither side need be the
 * claimed one; the cost moves in steps, between which its slope tells nothing; the error bar is too wide to tell; the cost has no value
 * around the point.
 */
export type Outcome = "agrees" | "roughly" | "coarsely" | "zero" | "differs" | "kink" | "steps" | "unclear" | "outside";

/** What a comparison came to, and the measured slope that says so. */
export interface Comparison {
  readonly outcome: Outcome;
  readonly slope: Slope;
}

/** A claimed slope and what is known of its precision. */
export interface Claim {
  readonly value: number;
  /** What the error bar is held against: the size of the gradient. */
  readonly size: number;
  /** Error the claim may have from the precision it was computed in. */
  readonly tolerance: number;
  /** An error bar up to here, with a claim of nothing, shows that the slope is nothing too. */
  readonly negligible: number;
  /** An error bar up to here, relative to the gradient, tells a bound at least. By default none does. */
  readonly widest?: number;
}

/** Distance, in error bars, up to which slopes agree, and from which on they differ. */
export const agreement = 3;
export const difference = 10;
/** An error bar wider than this, relative to the gradient, says little; one wider than the second, nothing. */
const wideError = 1e-7;
const widestError = 1e-5;
/** Where noise allows, a difference is confirmed by a step so small that it is this many error bars of noise. */
const finely = 64;
/** … which is at most this part of the step that showed it. */
const muchFiner = 1 / 4;
/** It is confirmed where it lies this much nearer to the measured slope than to the claim, or within the error bars. */
const nearness = 1 / 8;
/** A jump of the slope this small beside the distance of the claim is noise, and does not explain it. */
const proportion = 1e-4;

/**
 * Compares a claimed slope with the measured one. A difference is confirmed by the finest step that noise leaves: of a cost that
 * swings within a step, all coarser ones know nothing, and may agree with each other.
 */
export function* compareSlope(claim: Claim, line: Line, facts: LineFacts): ReverseCommunication<Comparison> {
  const first = yield* measureSlope(line, facts);
  const outcome = outcomeOf(claim, first);
  if (outcome !== "differs") return { outcome, slope: first };
  const finest = finestStep(claim, first, facts.noise);
  if (finest > muchFiner * first.step) return yield* confirmed(claim, line, facts, first);
  if (yield* showsAgain(claim, line, facts.noise, first, finest)) return { outcome, slope: first };
  const second = yield* measureSlope(line, facts, finest);
  const again = outcomeOf(claim, second);
  if (again !== "differs") return { outcome: again, slope: second };
  if (confirms(claim, first, second)) return { outcome, slope: first };
  const finer = finestStep(claim, second, facts.noise);
  const shows = finer <= muchFiner * second.step && (yield* showsAgain(claim, line, facts.noise, second, finer));
  return { outcome: shows ? again : "unclear", slope: second };
}

/** The same by one measurement, with a first step up to a given one, and without a second look. */
export function* compareOnce(
  claim: Claim,
  line: Line,
  facts: LineFacts,
  largest: number,
): ReverseCommunication<Comparison> {
  const slope = yield* measureSlope(line, facts, Math.min(firstStepOf(facts), largest));
  return { outcome: outcomeOf(claim, slope), slope };
}

/** The step at which a difference is `finely` error bars of noise. */
function finestStep({ value, tolerance }: Claim, slope: Slope, noise: number): number {
  return (finely * 3 * noise) / (Math.abs(value - slope.value) - tolerance);
}

/** Whether one difference quotient with a smaller step lies where the measured slope does, and not where the claim does. */
function* showsAgain(
  { value, tolerance }: Claim,
  line: Line,
  noise: number,
  slope: Slope,
  step: number,
): ReverseCommunication<boolean> {
  const quotient = ((yield* line(step)) - (yield* line(-step))) / 2 / step;
  const error = (3 * noise) / step + slope.bend * (step / slope.step) ** 2;
  return (
    Math.abs(value - quotient) > difference * error + tolerance &&
    Math.abs(quotient - slope.value) <= agreement * (slope.error + error) + nearness * Math.abs(value - slope.value)
  );
}

/** Confirms a difference that is not large beside the noise by another step, where noise allows: it is then no accident of the first. */
function* confirmed(claim: Claim, line: Line, facts: LineFacts, first: Slope): ReverseCommunication<Comparison> {
  const distance = Math.abs(claim.value - first.value) - claim.tolerance;
  const step = [first.step / 16, first.step / 4, first.step * 4].find((h) => (20 * 3 * facts.noise) / h < distance);
  if (step === undefined) return { outcome: "unclear", slope: first };
  if (confirms(claim, first, yield* slopeWith(line, facts, step))) return { outcome: "differs", slope: first };
  const second = yield* measureSlope(line, facts, step);
  if (confirms(claim, first, second)) return { outcome: "differs", slope: first };
  const again = outcomeOf(claim, second);
  const apart = Math.abs(second.value - first.value);
  return again !== "differs" && second.error <= Math.max(first.error, apart)
    ? { outcome: again, slope: second }
    : { outcome: "unclear", slope: first };
}

/** Whether a second measurement tells the same difference as the first. */
function confirms(claim: Claim, first: Slope, second: Slope): boolean {
  const apart = Math.abs(second.value - first.value);
  return outcomeOf(claim, second) === "differs" && apart <= agreement * (first.error + second.error);
}

/** What a claimed slope and a measured one come to. */
export function outcomeOf({ value, size, tolerance, negligible, widest = widestError }: Claim, slope: Slope): Outcome {
  const { error } = slope;
  if (!(error < Number.POSITIVE_INFINITY)) return "outside";
  if (slope.flat && value === 0 && size === 0) return "zero";
  const distance = Math.abs(value - slope.value);
  if (distance <= agreement * error + tolerance) {
    const relative = error / Math.max(size, Math.abs(slope.value));
    if (relative <= wideError) return "agrees";
    if (relative <= widestError) return "roughly";
    if (relative <= widest) return "coarsely";
    return error <= negligible ? "zero" : "unclear";
  }
  if (!(distance > difference * error + tolerance)) return "unclear";
  return Math.abs(slope.jump) > proportion * distance ? "kink" : "differs";
}
