import { significant } from "../significant.js";
import type { Cause } from "./cause.js";
import { ratio } from "./facts.js";

/** `dW = right + k · W` */
export const multipleOfParameters: Cause = (facts) => {
  const { gradient, name, claimed, numerical, parameters, positions, everywhere } = facts;
  const off = claimed.map((value, k) => value - numerical[k]);
  const factor = ratio(parameters, off);
  if (positions.length < 3 || new Set(parameters).size < 2) return undefined;
  if (!facts.fits((k) => numerical[k] + factor * parameters[k])) return undefined;
  const size = significant(Math.abs(factor), 4);
  const cause =
    factor < 0
      ? `as a missing penalty (λ/m) ${name} with λ/m = ${size} would give`
      : `as a penalty (λ/m) ${name} with λ/m = ${size} that the cost does not hold, or one counted twice, would give`;
  return `${gradient} differs from the numerical gradient by ${significant(factor, 4)} × ${name} ${everywhere}, ${cause}`;
};
