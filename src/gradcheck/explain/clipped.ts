import { norm } from "../norm.js";
import { say } from "../say.js";
import type { Cause } from "./cause.js";
import { factorOf } from "./constantFactor.js";
import { plainCause } from "./factor.js";
import type { Facts } from "./facts.js";

/** How near a norm has to be to a number that somebody writes; PyTorch divides by the norm and 1e-6. */
const snapping = 1e-6;

/** Different sizes below the limit that have to be right. */
const leastBelow = 3;

/** `dW = min(c, max(−c, right))` */
export const clippedEntries: Cause = (facts) => {
  const { gradient, claimed, numerical, evidence } = facts;
  const limit = evidence.claimed.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const atLimit = evidence.claimed.filter((value) => Math.abs(value) === limit).length;
  if (atLimit < 2 && !isWritten(limit)) return undefined;
  const cut = claimed.filter((value, k) => !facts.agrees(k) && Math.abs(value) === limit).length;
  // At a number that somebody writes, those that were not measured count too.
  const others = isWritten(limit) ? evidence.claimed : claimed;
  const below = new Set(Array.from(others, Math.abs).filter((size) => size > 0 && size < limit)).size;
  // Where few numbers are below it, the limit is one of the numbers that such a gradient is made of.
  if (cut === 0 || below < leastBelow) return undefined;
  if (!facts.fits((k) => Math.min(limit, Math.max(-limit, numerical[k])))) return undefined;
  return say("cause.clippedEntries", { gradient, limit, clipped: atLimit, ...facts.where });
};

/** `dW = right · c / ‖right‖`, of the block's norm. */
export const clippedBlock: Cause = (facts) => {
  const { gradient, evidence } = facts;
  const size = written(norm(evidence.claimed));
  return size !== undefined && isShrunk(facts) ? say("cause.clippedNorm", { gradient, norm: size }) : undefined;
};

/** The c of `right · c / ‖right‖`, of the norm of all blocks together, where each is shrunk by the same factor. */
export function clippedTogether(wrong: readonly Facts[], blocks: number): number | undefined {
  if (wrong.length < 2 || wrong.length !== blocks || !wrong.every(isShrunk)) return undefined;
  const factors = wrong.map((facts) => factorOf(facts) ?? Number.NaN);
  if (!factors.every((factor) => Math.abs(factor - factors[0]) <= 1e-6 * factors[0])) return undefined;
  return written(Math.hypot(...wrong.map(({ evidence }) => norm(evidence.claimed))));
}

/** Whether a block is smaller by a factor that nobody writes. */
function isShrunk(facts: Facts): boolean {
  const factor = factorOf(facts);
  return factor !== undefined && factor > 0 && factor < 1 && plainCause(factor) === undefined;
}

function isWritten(value: number): boolean {
  return written(value, 1e-15) !== undefined;
}

/** The number of two digits that this one is. */
function written(value: number, tolerance = snapping): number | undefined {
  const near = Number(value.toPrecision(2));
  return near > 0 && Math.abs(value - near) <= tolerance * near ? near : undefined;
}
