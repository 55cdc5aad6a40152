import { say } from "../say.js";
import type { Cause } from "./cause.js";

/** `dX = right / mask`: not zero where the right one is, and right elsewhere. */
export const maskMissing: Cause = (facts) => {
  const { gradient, claimed, numerical, error, positions, telling } = facts;
  if (!telling) return undefined;
  const wrong = positions.flatMap((_, k) => (facts.agrees(k) ? [] : [k]));
  const right = claimed.filter((value, k) => value !== 0 && facts.agrees(k)).length;
  if (wrong.length < 3 || right < 3) return undefined;
  if (!wrong.every((k) => Math.abs(numerical[k]) <= 10 * error[k])) return undefined;
  return say("cause.maskMissing", { gradient, wrong: wrong.length, measured: positions.length });
};
