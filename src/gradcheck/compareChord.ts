import { type Chord, changesAtOnce, halves, jumpsAtEnds, type Length, measureChord } from "./chord.js";
import { type Claim, type Outcome, outcomeOf } from "./compareSlope.js";
import type { EvaluationPoint } from "./evaluationPoint.js";
import type { Evaluator } from "./evaluator.js";
import { precisionOf } from "./precision.js";
import type { ParameterBlock, ReverseCommunication } from "./problem.js";
import type { Slope } from "./slope.js";

/** What the comparison along a chord comes to. */
export interface ChordComparison {
  readonly outcome: Outcome;
  readonly claimed: number;
  readonly slope: Slope;
  /** Mean norm of the gradient along the chord, or the measured slope where that is more. */
  readonly size: number;
  readonly tolerance: number;
  readonly length: Length;
}

/** An error bar wider than this, relative to the gradient, tells nothing worth knowing. */
const widest = 0.01;
/** A gradient so small beside the others is taken for the rounding of a zero, if the measured slope is seen to be small too. */
const zero = 1e-5;
const nearZero = 1e-3;

/** Jumps at the ends of a chord up to so many bars of noise are noise: of a cost on a grid, two of its spacings. */
const withinNoise = 7;

/**
 * Compares the mean slope along a chord, as the gradient under test has it, with that of the cost, where the cost is too noisy for
 * its slope at a point. A difference is confirmed on both halves of the chord, so that no integral over a kink is to blame.
 *
 * @param scale typical size of the block's parameters
 * @param known length that was best in another direction
 * @returns `undefined` where J or its gradient ends on every chord
 */
export function* compareChord(
  evaluator: Evaluator,
  point: EvaluationPoint,
  block: ParameterBlock,
  scale: number,
  direction: Float64Array,
  known: Length | undefined,
): ReverseCommunication<ChordComparison | undefined> {
  const chord = yield* measureChord(evaluator, point, block, direction, scale, known);
  if (chord === undefined) return undefined;
  const compared = comparison(point, block, scale, chord);
  if (compared.outcome !== "differs") return compared;
  const { slope, claim } = compared;
  const finer = yield* halves(evaluator, point, block, direction, chord);
  if (finer === undefined) return { ...compared, outcome: "unclear" };
  const jumps = yield* jumpsAtEnds(evaluator, point, block, direction, chord);
  const steps = Math.max(0, jumps / chord.step - withinNoise * slope.noise);
  const error = slope.error + Math.abs(finer - claim.value) + steps;
  const again = outcomeOf({ ...claim, value: finer }, { ...slope, error });
  const isCliff = again === "differs" && (yield* changesAtOnce(evaluator, point, block, direction, chord));
  return { ...compared, claimed: finer, slope: { ...slope, error }, outcome: isCliff ? "unclear" : again };
}

/** What one chord comes to. */
function comparison(
  point: EvaluationPoint,
  block: ParameterBlock,
  scale: number,
  { claimed: value, value: measured, error, size, step, noise }: Chord,
): ChordComparison & { readonly claim: Claim } {
  const tolerance = precisionOf(point.gradient.subarray(block.offset, block.offset + block.length)) * size;
  const negligible = size * scale <= zero * point.largest ? (nearZero * point.largest) / scale : 0;
  const claim = { value, size, tolerance, negligible, widest };
  const flat = measured === 0 && error <= (nearZero * point.largest) / scale;
  const slope = { value: measured, error, noise, step, bend: 0, jump: 0, flat };
  return {
    outcome: outcomeOf(claim, slope),
    claim,
    length: { half: step / scale, error: error / size },
    claimed: value,
    slope,
    size: Math.max(size, Math.abs(slope.value)),
    tolerance,
  };
}
