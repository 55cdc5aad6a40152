import type { ReverseCommunication } from "./problem.js";
import { type Line, type LineFacts, measureSlope, type Slope, slopeWith } from "./slope.js";

/**
 * What a comparison comes to: the slopes agree; they agree as far as an error bar tells that is wider than one would like; both
 * are zero, as far as can be told; they differ; the cost has a kink at the point, where the slope of neither side need be the
 * claimed one; the error bar is too wide to tell; the cost has no value around the point.
 */
export type Outcome = "agrees" | "roughly" | "zero" | "differs" | "kink" | "unclear" | "outside";

/** A claimed slope and what is known of its precision. */
export interface Claim {
  readonly value: number;
  /** What the error bar is held against: the size of the gradient. */
  readonly size: number;
  /** Error the claim may have from the precision it was computed in. */
  readonly tolerance: number;
  /** An error bar up to here, with a claim of nothing, shows that the slope is nothing too. */
  readonly negligible: number;
}

/** Distance, in error bars, up to which slopes agree, and from which on they differ. */
export const agreement = 3;
export const difference = 10;
/** An error bar wider than this, relative to the gradient, says little; one wider than the second, nothing. */
const wideError = 1e-7;
const widestError = 1e-5;
/** A jump of the slope this small beside the distance of the claim is noise, and does not explain it. */
const proportion = 1e-4;

/** Compares a claimed slope with the measured one; a difference is confirmed with another step. */
export function* compareSlope(
  claim: Claim,
  line: Line,
  facts: LineFacts,
): ReverseCommunication<{ outcome: Outcome; slope: Slope }> {
  const first = yield* measureSlope(line, facts);
  const outcome = outcomeOf(claim, first);
  if (outcome !== "differs") return { outcome, slope: first };
  // Once more with another step, where noise allows: what both agree on is no accident of the first.
  const distance = Math.abs(claim.value - first.value) - claim.tolerance;
  const step = [first.step / 16, first.step / 4, first.step * 4].find((h) => (20 * 3 * facts.noise) / h < distance);
  if (step === undefined) return { outcome: "unclear", slope: first };
  if (confirms(claim, first, yield* slopeWith(line, facts, step))) return { outcome, slope: first };
  const second = yield* measureSlope(line, facts, step);
  if (confirms(claim, first, second)) return { outcome, slope: first };
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

function outcomeOf({ value, size, tolerance, negligible }: Claim, slope: Slope): Outcome {
  const { error } = slope;
  if (!(error < Number.POSITIVE_INFINITY)) return "outside";
  if (slope.flat && value === 0 && size === 0) return "zero";
  const distance = Math.abs(value - slope.value);
  if (distance <= agreement * error + tolerance) {
    const relative = error / Math.max(size, Math.abs(slope.value));
    if (relative <= widestError) return relative <= wideError ? "agrees" : "roughly";
    return error <= negligible ? "zero" : "unclear";
  }
  if (!(distance > difference * error + tolerance)) return "unclear";
  return Math.abs(slope.jump) > proportion * distance ? "kink" : "differs";
}
