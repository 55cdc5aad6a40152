import type { Cause } from "./cause.js";
import { factorText, roundFactor } from "./factor.js";
import { ratio } from "./facts.js";

/** `dW = k · right` */
export const constantFactor: Cause = (facts) => {
  const { gradient, numerical, claimed, positions, everywhere } = facts;
  const factor = ratio(numerical, claimed);
  if (!(Math.abs(factor) > 1e-9) || !facts.fits((k) => factor * numerical[k], factor)) return undefined;
  const cause = roundFactor(factor);
  // Any number is some multiple of another one: a single entry needs a factor that somebody writes.
  if (cause === undefined && positions.length < 2) return undefined;
  return `${gradient} is ${factorText(factor)} × the numerical gradient ${everywhere}: ${cause ?? `an extra factor ${factorText(factor)}`}`;
};
