import { norm } from "../norm.js";
import { say } from "../say.js";
import type { Cause } from "./cause.js";
import { type Facts, ratio } from "./facts.js";

/** Entries that have to show the multiple, of different parameters. */
const leastShown = 3;
/** Of the gradient, what may be left beside a multiple of the parameters for it to be nothing else. */
const parallel = 1e-3;

/** `dW = right + k · W` */
export const multipleOfParameters: Cause = (facts) => {
  const { gradient, name, claimed, numerical, parameters } = facts;
  const off = claimed.map((value, k) => value - numerical[k]);
  const factor = ratio(parameters, off);
  if (!facts.fits((k) => numerical[k] + factor * parameters[k])) return undefined;
  const shown = new Set(parameters.filter((_, k) => !facts.agrees(k)));
  if (shown.size < leastShown || isParallel([facts])) return undefined;
  const id = factor < 0 ? "cause.penaltyMissing" : "cause.penaltyTooMany";
  return say(id, { gradient, name, factor, ...facts.where });
};

/**
 * Whether the claimed gradient is a multiple of the parameters, as where training with a penalty has come to rest: what the loss gives is
 * then one too, and a wrong factor or sign of it looks like another penalty.
 */
export function isParallel(all: readonly Facts[]): boolean {
  const [parameters, claimed, error] = (["parameters", "claimed", "error"] as const).map((what) =>
    all.flatMap((facts) => facts[what]),
  );
  return areParallel(parameters, claimed, error);
}

/** Whether y is k · x and nothing else, beside the error bars of what it is held against. */
export function areParallel(x: readonly number[], y: readonly number[], error: readonly number[]): boolean {
  const k = ratio(x, y);
  return norm(y.map((value, i) => value - k * x[i])) <= parallel * norm(y) + 10 * norm(error);
}
