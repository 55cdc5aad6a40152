import type { DirectionalTest } from "./directionalTest.js";
import type { Verdict } from "./report.js";

/** Tests that agree roughly and take the place of two that agree. */
const enoughRough = 4;

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
 * A gradient that is zero wherever it was tried is correct, but only after it was tried far away too: a wrong one may hide
 * where the right one vanishes.
 */
export function decide(tests: readonly DirectionalTest[], morePoints: boolean): Decision | undefined {
  const agreeing = tests.filter(({ outcome }) => outcome === "agrees");
  const rough = tests.filter(({ outcome }) => outcome === "agrees" || outcome === "roughly");
  const differing = tests.filter((test) => test.outcome === "differs" && !isTakenBack(test, tests));
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
  if (tests.length < mostTests) return undefined;
  const zero = tests.filter(({ outcome }) => outcome === "zero");
  if (differing.length > 0) return { verdict: "undecided", deciding: differing[0] };
  if (rough.length > 0) return { verdict: "correct", deciding: closest(rough) };
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

/**
 * Probability that an error of 1e-4 of the block's gradient, spread over it at random, had escaped all agreeing
 * directions: the error changes a slope by a Gaussian of that standard deviation, which is below τ with a probability of
 * `√(2/π) τ / σ` at most; τ is three error bars.
 */
export function missProbability(tests: readonly DirectionalTest[]): number {
  let probability = 1;
  for (const { outcome, claimed, slope, size, tolerance } of tests) {
    if ((outcome !== "agrees" && outcome !== "roughly") || size === 0) continue;
    const tau = 3 * slope.error + tolerance + Math.abs(claimed - slope.value);
    probability *= Math.min(1, (Math.sqrt(2 / Math.PI) * tau) / (1e-4 * size));
  }
  return probability;
}
