import { say } from "../say.js";
import type { Cause } from "./cause.js";

/** `|dW| = |right|`, some entries of the other sign */
export const someSigns: Cause = (facts) => {
  const { gradient, claimed, numerical, positions } = facts;
  if (positions.length < 3 || !facts.fits((k) => (claimed[k] < 0 ? -1 : 1) * Math.abs(numerical[k]))) return undefined;
  const wrong = positions.filter((_, k) => !facts.agrees(k)).length;
  const absolute = facts.whole && claimed.every((value) => value >= 0);
  return say(absolute ? "cause.absolute" : "cause.signs", { gradient, wrong, measured: positions.length });
};
