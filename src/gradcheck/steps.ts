import type { DirectionalTest, Subject } from "./directionalTest.js";
import type { EvaluationPoints } from "./evaluationPoints.js";
import type { ReverseCommunication } from "./problem.js";
import type { Line, Slope } from "./slope.js";

/**
 * How far from the point steps are looked for at first, in sizes of the parameters: across some of them, and not so far that the cost
 * bends much. Then nearer, since fine ones are seen best there, and further out the cost may have no value.
 */
const reach = 1 / 4;
const nearer = 8;
const nearest = 2 ** -12;
/** Where the cost is known to move in steps, as far as they may be wide. */
const farthest = 16;
/** Chords that are looked at, where nothing is known of steps yet. */
const usual = 2;
/** A chord may explain a difference where its slope is off the measured one by such multiples of what the claimed one is. */
const explaining = { least: 1 / 4, most: 32 } as const;
/** What stays in one half, all but for a factor of 2, through so many halvings is a step: of a smooth cost 1/64 would be left. */
const halvings = 6;
/** After so many the parameters themselves, as they are rounded, move in steps. */
const most = 40;
/** Steps smaller than so many deviations of the noise are noise. */
const beyondNoise = 64;

/**
 * Takes a difference back where the cost moves in steps. Once a difference is found not to come from steps, none is looked for again;
 * once one is, all are looked at closely.
 */
export function* allowForSteps(
  points: EvaluationPoints,
  { index }: Subject,
  test: DirectionalTest,
): ReverseCommunication<DirectionalTest> {
  const { outcome, point, line, claimed, slope } = test;
  if (outcome !== "differs" || points.hasSteps === false) return test;
  const isStep = yield* movesInSteps(line, claimed, slope, point.scales[index], point.noise, points.hasSteps);
  points.hasSteps ||= isStep;
  return isStep ? { ...test, outcome: "steps" } : test;
}

/**
 * Whether the cost moves in steps along a line, as −log(1 − a) does where a differs from 1 by a few units in the last place:
 * between two steps it has neither noise nor the right slope. A chord across them has about the slope that is claimed, and halving finds
 * one: what the cost changes by, less what its slope says, is all in one half, however narrow; of a smooth cost it shrinks.
 *
 * @param claimed slope at distance 0
 * @param slope measured there
 * @param scale size of the parameters that are moved
 * @param noise standard deviation of the noise of J
 * @param isKnown whether the cost is known to move in steps elsewhere, which is worth more chords
 */
export function* movesInSteps(
  J: Line,
  claimed: number,
  { value: slope, step: width }: Slope,
  scale: number,
  noise: number,
  isKnown = false,
): ReverseCommunication<boolean> {
  const straightened = function* (distance: number): ReverseCommunication<number> {
    return (yield* J(distance)) - slope * distance;
  };
  const chords = isKnown ? Number.POSITIVE_INFINITY : usual;
  for (let part = isKnown ? farthest : reach, looked = 0; part >= nearest && looked < chords; part /= nearer) {
    const [left, right] = [-part * scale, part * scale];
    const [atLeft, atRight] = [yield* straightened(left), yield* straightened(right)];
    const chord = slope + (atRight - atLeft) / (right - left);
    if (!Number.isFinite(chord)) continue;
    looked++;
    const share = (chord - slope) / (claimed - slope);
    if (share < explaining.least || share > explaining.most) continue;
    const step = yield* stepIn(straightened, [left, right], [atLeft, atRight], width / 64, beyondNoise * noise);
    // A chord knows its slope to a step at each end.
    const known = Math.max((2 * step) / (right - left), Math.abs(claimed - slope) / 2);
    if (step > 0 && Math.abs(chord - claimed) <= known) return true;
  }
  return false;
}

/**
 * The size of the step, of at least some size, in which halving an interval ends, always to the half in which J changes more; 0 without.
 *
 * @param narrowest width at which halving ends, well below that at which the slope was measured between the steps
 */
function* stepIn(
  J: Line,
  [left, right]: readonly [number, number],
  [atLeft, atRight]: readonly [number, number],
  narrowest: number,
  least: number,
): ReverseCommunication<number> {
  const changes = [Math.abs(atRight - atLeft)];
  while (changes.length <= most) {
    const change = changes[changes.length - 1];
    if (change < least || right - left < narrowest) return 0;
    if (changes.length > halvings && change > Math.max(...changes.slice(-1 - halvings)) / 2) return change;
    const middle = (left + right) / 2;
    const there = yield* J(middle);
    if (!Number.isFinite(there)) return 0;
    if (Math.abs(there - atLeft) > Math.abs(atRight - there)) [right, atRight] = [middle, there];
    else [left, atLeft] = [middle, there];
    changes.push(Math.abs(atRight - atLeft));
  }
  return 0;
}
