import { say } from "../say.js";
import type { Cause } from "./cause.js";
import { factorCause } from "./factor.js";
import { type Facts, ratio } from "./facts.js";

/** `dW = k · right` */
export const constantFactor: Cause = (facts) => {
  const factor = factorOf(facts);
  if (factor === undefined) return undefined;
  // A number that nobody writes is no cause: it stays a pattern.
  const cause = factorCause(factor);
  return cause && say("cause.factor", { gradient: facts.gradient, factor, ...facts.where }, { cause: [cause] });
};

/** The k of `dW = k · right`, where there is one. */
export function factorOf(facts: Facts): number | undefined {
  const { numerical, claimed } = facts;
  const factor = ratio(numerical, claimed);
  return Math.abs(factor) > 1e-9 && facts.fits((k) => factor * numerical[k], factor) ? factor : undefined;
}
