import { boundOf } from "./bound.js";
import { difference } from "./compareSlope.js";
import { type Decision, mostTests } from "./decide.js";
import type { DirectionalTest } from "./directionalTest.js";

/** So many tests are made in any case. */
const fewest = 3;
/** A slope that is off by this many tolerances is none of an error within them: a Gaussian is so large once in 16,000 times. */
const beyond = 4;

/**
 * The verdict on a gradient that may be off by a tolerance, relative to its size: correct where an error beyond it would have
 * shown, wrong where the slopes differ by more than one within it can, at two places.
 *
 * @returns `undefined` where another test is needed
 */
export function decideWithin(
  tests: readonly DirectionalTest[],
  morePoints: boolean,
  tolerance: number,
): Decision | undefined {
  const measured = tests.filter(isMeasured);
  const off = measured.filter(({ claimed, slope, size, tolerance: own }) => {
    return Math.abs(claimed - slope.value) > beyond * tolerance * size + difference * slope.error + own;
  });
  if (off.length >= 2 && (!morePoints || new Set(off.map(({ point }) => point)).size >= 2)) {
    return { verdict: "wrong", deciding: off.find(({ point }) => point.given) ?? off[0] };
  }
  if (off.length === 0 && measured.length >= fewest && boundOf(within(tests)) <= tolerance) {
    return { verdict: "correct", deciding: measured[0] };
  }
  if (tests.length < mostTests) return undefined;
  const zero = tests.filter(({ outcome }) => outcome === "zero");
  return measured.length === 0 && zero.length >= 2
    ? { verdict: "correct", deciding: zero[0] }
    : { verdict: "undecided", deciding: off[0] ?? measured[0] ?? tests[0] };
}

/** The tests as those of a gradient that is correct to what they show: a small difference is one that agrees. */
export function within(tests: readonly DirectionalTest[]): DirectionalTest[] {
  return tests.map((test) => (isMeasured(test) ? { ...test, outcome: "coarsely" } : test));
}

/** How far off the slopes are, relative to the gradient, as the root of their mean square; `undefined` where noise hides it. */
export function distanceOf(tests: readonly DirectionalTest[]): number | undefined {
  const told = tests.filter(isMeasured).filter(({ claimed, slope }) => Math.abs(claimed - slope.value) > slope.error);
  if (told.length === 0) return undefined;
  const squares = told.map(({ claimed, slope, size }) => ((claimed - slope.value) / size) ** 2);
  return Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / squares.length);
}

function isMeasured({ outcome, size }: DirectionalTest): boolean {
  return outcome !== "kink" && outcome !== "steps" && outcome !== "outside" && outcome !== "zero" && size > 0;
}
