import { say } from "../say.js";
import type { Cause } from "./cause.js";
import { factorCause, rootCause } from "./factor.js";
import { type Facts, ratio } from "./facts.js";

/** Entries of a sample that are not zero and have to have the factor. */
const leastShown = 3;

/** `dW = k · right` */
export const constantFactor: Cause = (facts) => {
  const factor = factorOf(facts);
  if (factor === undefined) return undefined;
  // A number that nobody writes is no cause: it stays a pattern.
  const cause = factorCause(factor) ?? rootCause(factor, facts.shape);
  return cause && say("cause.factor", { gradient: facts.gradient, factor, ...facts.where }, { cause: [cause] });
};

/** The k of `dW = k · right`, where there is one. */
export function factorOf(facts: Facts): number | undefined {
  const { numerical, claimed, error, whole } = facts;
  // Of a sample that is mostly zero the few other entries say nothing of those that were not measured.
  const shown = numerical.filter((value, k) => Math.abs(value) > 10 * error[k]).length;
  if (!whole && shown < leastShown) return undefined;
  const factor = ratio(numerical, claimed);
  return Math.abs(factor) > 1e-9 && facts.fits((k) => factor * numerical[k], factor) ? factor : undefined;
}
