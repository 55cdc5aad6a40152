import type { Cause } from "./cause.js";
import { factorText, roundFactor } from "./factor.js";
import { type Facts, ratio } from "./facts.js";

/** `dW = k · right` */
export const constantFactor: Cause = (facts) => {
  const factor = factorOf(facts);
  if (factor === undefined) return undefined;
  // A number that nobody writes is no cause: it stays a pattern.
  const cause = roundFactor(factor);
  return cause && `${multiple(facts, factor)}: ${cause}`;
};

/** The k of `dW = k · right`, where there is one. */
export function factorOf(facts: Facts): number | undefined {
  const { numerical, claimed } = facts;
  const factor = ratio(numerical, claimed);
  return Math.abs(factor) > 1e-9 && facts.fits((k) => factor * numerical[k], factor) ? factor : undefined;
}

/** `dW2 is 2.000 × the numerical gradient in all 15 entries` */
export function multiple({ gradient, everywhere }: Facts, factor: number): string {
  return `${gradient} is ${factorText(factor)} × the numerical gradient ${everywhere}`;
}
