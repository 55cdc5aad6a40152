import { agreement, difference } from "./compareSlope.js";
import type { DirectionalTest } from "./directionalTest.js";

/** Relative error of a block's gradient that a verdict is about, where no wider bound is named. */
const usual = 1e-4;
/** Largest probability with which an error of the size of the bound escapes. */
const mostEscaping = 1e-3;
/** A wider bound is none worth naming. */
export const worthKnowing = 0.05;

/** What may have escaped the tests of a block that is correct. */
export interface Escaping {
  /** The bound, where it is wider than usual. */
  readonly bound?: number;
  /** Probability that an error of 1e-4 of the block's gradient, or of the bound, had escaped: 0 where that gradient is nothing. */
  readonly missProbability: number;
}

/** What may have escaped, from all tests of a block. */
export function escapingFrom(tests: readonly DirectionalTest[]): Escaping {
  const bound = boundOf(tests);
  if (bound === Number.POSITIVE_INFINITY) return { missProbability: 0 };
  const usually = escapes(tests, usual);
  if (usually <= mostEscaping) return { missProbability: usually };
  return { bound: roundedUp(bound), missProbability: escapes(tests, bound) };
}

/**
 * The relative error of a block's gradient which, like all larger ones, would have been told to differ, but for a probability of
 * `mostEscaping`.
 *
 * @returns infinity where no test agrees
 */
export function boundOf(tests: readonly DirectionalTest[]): number {
  const widths = tests.map((test) => passing(test, difference)).sort((a, b) => a - b);
  let product = 1;
  for (const [i, width] of widths.entries()) {
    product *= width;
    const bound = (product / mostEscaping) ** (1 / (i + 1));
    // All other tests pass an error of that size in any case.
    if (bound <= (widths[i + 1] ?? Number.POSITIVE_INFINITY)) return bound;
  }
  return Number.POSITIVE_INFINITY;
}

/**
 * Probability that an error of the block's gradient, relative to it and spread over it at random, had escaped all tests that
 * agree: it changes a slope by a Gaussian of that standard deviation σ, which is below τ with a probability of `√(2/π) τ / σ`
 * at most; τ is three error bars.
 */
function escapes(tests: readonly DirectionalTest[], error: number): number {
  return tests.reduce((probability, test) => probability * Math.min(1, passing(test, agreement) / error), 1);
}

/** The relative error that a test passes, times the greatest density of its Gaussian: infinity where it tells nothing. */
function passing({ outcome, claimed, slope, size, tolerance }: DirectionalTest, bars: number): number {
  const agrees = outcome === "agrees" || outcome === "roughly" || outcome === "coarsely";
  if (!agrees || size === 0) return Number.POSITIVE_INFINITY;
  return (Math.sqrt(2 / Math.PI) * (bars * slope.error + tolerance + Math.abs(claimed - slope.value))) / size;
}

/** One digit, rounded up. */
function roundedUp(bound: number): number {
  const unit = 10 ** Math.floor(Math.log10(bound));
  return Number((Math.ceil(bound / unit) * unit).toPrecision(1));
}
