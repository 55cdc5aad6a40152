import { norm } from "../norm.js";
import { significant } from "../significant.js";
import { factorOf, multiple } from "./constantFactor.js";
import type { Facts } from "./facts.js";
import { wrongPart } from "./wrongLines.js";

/** Errors smaller than this part of the gradient look like a rounding or an approximation. */
const small = 1e-3;

/** What the numbers look like where no cause fits. */
export function pattern(facts: Facts): string {
  const { gradient, claimed, numerical, positions } = facts;
  const finite = positions.every((_, k) => Number.isFinite(claimed[k]) && Number.isFinite(numerical[k]));
  if (positions.length === 0 || !finite) return "";
  if (positions.every((_, k) => facts.agrees(k))) {
    return `none of the ${positions.length} entries of ${gradient} that were measured is wrong, so a few others are`;
  }
  const part = wrongPart(facts);
  if (part !== undefined) return `${part.text}, the rest is right`;
  const off = norm(claimed.map((value, k) => value - numerical[k])) / norm(numerical);
  if (positions.length === 1)
    return `${gradient} is ${significant(claimed[0] / numerical[0], 4)} × the numerical gradient`;
  const factor = factorOf(facts);
  if (factor !== undefined) return multiple(facts, factor);
  const ratios = positions
    .flatMap((_, k) => (numerical[k] === 0 ? [] : [claimed[k] / numerical[k]]))
    .sort((a, b) => a - b);
  const [least, most] = [ratios[0], ratios[ratios.length - 1]].map((value) => significant(value, 3));
  if (off < small)
    return `${gradient} is off by ${significant(off, 2)} of its size, without a pattern: an approximation, or lower precision?`;
  const range = ratios.length > 1 ? `${gradient} is ${least} to ${most} × the numerical gradient, entry by entry` : "";
  return Number.isFinite(off) ? range : `${gradient} differs from the numerical gradient entry by entry`;
}
