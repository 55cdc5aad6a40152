import { say } from "../say.js";
import type { Cause } from "./cause.js";
import { ratio } from "./facts.js";

/** `dW = right + k · W` */
export const multipleOfParameters: Cause = (facts) => {
  const { gradient, name, claimed, numerical, parameters, positions } = facts;
  const off = claimed.map((value, k) => value - numerical[k]);
  const factor = ratio(parameters, off);
  if (positions.length < 3 || new Set(parameters).size < 2) return undefined;
  if (!facts.fits((k) => numerical[k] + factor * parameters[k])) return undefined;
  const id = factor < 0 ? "cause.penaltyMissing" : "cause.penaltyTooMany";
  return say(id, { gradient, name, factor, ...facts.where });
};
