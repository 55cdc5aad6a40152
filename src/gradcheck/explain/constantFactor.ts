import type { Cause } from "./cause.js";
import { factorText, roundFactor } from "./factor.js";
import { ratio } from "./facts.js";

/** `dW = k · right` */
export const constantFactor: Cause = (facts) => {
  const { gradient, numerical, claimed, everywhere } = facts;
  const factor = ratio(numerical, claimed);
  if (!(Math.abs(factor) > 1e-9) || !facts.fits((k) => factor * numerical[k], factor)) return undefined;
  const cause = roundFactor(factor);
  // A number that nobody writes is no cause: it stays a pattern.
  return cause && `${gradient} is ${factorText(factor)} × the numerical gradient ${everywhere}: ${cause}`;
};
