import { say } from "../say.js";
import type { Cause } from "./cause.js";

/** `dW = right + k` */
export const constantOffset: Cause = (facts) => {
  const { gradient, claimed, numerical, positions } = facts;
  if (positions.length < 3) return undefined;
  const offset = claimed.reduce((sum, value, k) => sum + value - numerical[k], 0) / positions.length;
  if (!facts.fits((k) => numerical[k] + offset)) return undefined;
  return say("cause.offset", { gradient, offset, ...facts.where });
};
