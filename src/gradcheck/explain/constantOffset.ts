import { significant } from "../significant.js";
import type { Cause } from "./cause.js";

/** `dW = right + k` */
export const constantOffset: Cause = (facts) => {
  const { gradient, claimed, numerical, positions, everywhere } = facts;
  if (positions.length < 3) return undefined;
  const offset = claimed.reduce((sum, value, k) => sum + value - numerical[k], 0) / positions.length;
  if (!facts.fits((k) => numerical[k] + offset)) return undefined;
  const direction = offset > 0 ? "large" : "small";
  return `${gradient} is too ${direction} by the same ${significant(Math.abs(offset), 4)} ${everywhere}`;
};
