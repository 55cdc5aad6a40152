import type { Message } from "../../constraint/message.js";
import { norm } from "../norm.js";
import { say } from "../say.js";
import { factorOf } from "./constantFactor.js";
import type { Facts } from "./facts.js";
import { wrongPart } from "./wrongLines.js";

/** Errors smaller than this part of the gradient look like a rounding or an approximation. */
const small = 1e-3;

/** What the numbers look like where no cause fits; undefined where they look like nothing. */
export function pattern(facts: Facts): Message | undefined {
  const { gradient, claimed, numerical, positions } = facts;
  const finite = positions.every((_, k) => Number.isFinite(claimed[k]) && Number.isFinite(numerical[k]));
  if (positions.length === 0 || !finite) return undefined;
  if (positions.every((_, k) => facts.agrees(k))) {
    return facts.whole ? undefined : say("pattern.few", { gradient, measured: positions.length });
  }
  const part = wrongPart(facts);
  if (part !== undefined) return say("pattern.part", {}, { part: [part.says], rest: [part.rest] });
  const off = norm(claimed.map((value, k) => value - numerical[k])) / norm(numerical);
  if (positions.length === 1) return say("pattern.ratio", { gradient, factor: claimed[0] / numerical[0] });
  const factor = factorOf(facts);
  if (factor !== undefined) return say("cause.multiple", { gradient, factor, ...facts.where });
  if (off < small) return say("pattern.small", { gradient, off });
  if (!Number.isFinite(off)) return say("pattern.differs", { gradient });
  const wrong = positions.flatMap((_, k) => (facts.agrees(k) ? [] : [k]));
  const ratios = wrong.flatMap((k) => (numerical[k] === 0 ? [] : [claimed[k] / numerical[k]])).sort((a, b) => a - b);
  const [least, most] = [ratios[0], ratios[ratios.length - 1]];
  if (ratios.length < 2 || least.toPrecision(3) === most.toPrecision(3)) {
    return say("pattern.some", { gradient, wrong: wrong.length, measured: positions.length });
  }
  if (wrong.length === positions.length) return say("pattern.range", { gradient, least, most });
  return say("pattern.someRange", { gradient, wrong: wrong.length, measured: positions.length, least, most });
}
