import { boundOf, worthKnowing } from "./bound.js";
import type { DirectionalTest } from "./directionalTest.js";
import type { Verdict } from "./report.js";

/** Tests that agree roughly and take the place of two that agree. */
const enoughRough = 4;
/** So many that agree coarsely are made in any case, and more until the bound they give is this. */
const fewestCoarse = 3;
const goodBound = 1e-3;

/** What the tests of a block come to, and the test that says so. */
export interface Decision {
  readonly verdict: Verdict;
  readonly deciding: DirectionalTest;
}

/** Tests a block may take. */
export const mostTests = 8;

/**
 * The verdict of the tests so far, or `undefined` where another one is needed.
 *
 * Correct: two agree and none differs. Wrong: they differ at two points, or twice at one that was chosen at random. At the
 * given point alone a difference is not enough: a cost may have a kink there by construction (a bias of 0, an input of 0).
 * Where the cost is too noisy for that, it is correct to the bound that the tests give, if that is worth knowing.
 * A gradient that is zero wherever it was tried is correct, but only after it was tried far away too: a wrong one may hide
 * where the right one vanishes.
 */
export function decide(tests: readonly DirectionalTest[], morePoints: boolean): Decision | undefined {
  const agreeing = tests.filter(({ outcome }) => outcome === "agrees");
  const rough = tests.filter(({ outcome }) => outcome === "agrees" || outcome === "roughly");
  const coarse = tests.filter(({ outcome }) => outcome === "agrees" || outcome === "roughly" || outcome === "coarsely");
  const differing = tests.filter((test) => test.outcome === "differs" && !isTakenBack(test, tests));
  if (differing.length === 0 && (agreeing.length >= 2 || rough.length >= enoughRough)) {
    return { verdict: "correct", deciding: closest(rough) };
  }
  if (differing.length === 0 && coarse.length >= fewestCoarse && boundOf(coarse) <= goodBound) {
    return { verdict: "correct", deciding: closest(coarse) };
  }
  if (differing.length >= 2) {
    const places = new Set(differing.map(({ point }) => point));
    const twice = differing.some((a) => !a.point.given && differing.some((b) => b !== a && b.point === a.point));
    if (places.size >= 2 || twice || !morePoints) {
      return { verdict: "wrong", deciding: differing.find(({ point }) => point.given) ?? differing[0] };
    }
  }
  if (tests.length < mostTests) return undefined;
  const zero = tests.filter(({ outcome }) => outcome === "zero");
  if (differing.length > 0) return { verdict: "undecided", deciding: differing[0] };
  if (rough.length > 0 || boundOf(coarse) <= worthKnowing) return { verdict: "correct", deciding: closest(coarse) };
  const kink = tests.some(({ outcome }) => outcome === "kink");
  return zero.length >= 2 && !kink
    ? { verdict: "correct", deciding: zero[0] }
    : { verdict: "undecided", deciding: closest(tests) };
}

/** Whether a difference at a point chosen at random did not show again there in another direction. */
function isTakenBack({ point }: DirectionalTest, tests: readonly DirectionalTest[]): boolean {
  return !point.given && tests.some((other) => other.point === point && other.outcome !== "differs");
}

/** The test with the narrowest error bar beside the gradient. */
function closest(tests: readonly DirectionalTest[]): DirectionalTest {
  const width = ({ slope, size }: DirectionalTest): number => (size === 0 ? 0 : slope.error / size);
  return tests.reduce((best, test) => (width(test) < width(best) ? test : best));
}
