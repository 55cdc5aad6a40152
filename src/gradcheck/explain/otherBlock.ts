import type { Message } from "../../constraint/message.js";
import type { BlockEvidence } from "../evidence.js";
import { norm } from "../norm.js";
import { say } from "../say.js";
import type { Facts } from "./facts.js";

/** `dQ = the right dK` and the other way round: the gradients of two blocks of the same shape, returned in the wrong order. */
export function gradientOfAnother(facts: Facts, blocks: readonly BlockEvidence[]): Message | undefined {
  const { gradient, name, positions, evidence } = facts;
  if (positions.length < 3) return undefined;
  for (const other of blocks) {
    // Each has the other's: that one of them looks so may be chance.
    if (other.name === name || other.verdict !== "wrong" || `${other.shape}` !== `${evidence.shape}`) continue;
    const hasMine = other.measured.every((position, k) => {
      const apart = Math.abs(other.numerical[k] - evidence.claimed[position]);
      return apart <= 10 * other.error[k] + 1e-8 * Math.abs(other.numerical[k]);
    });
    if (!hasMine) continue;
    const claimed = evidence.beside(other.name)?.claimed;
    if (claimed === undefined || norm(claimed) === 0) continue;
    if (facts.repaired((k) => claimed[positions[k]]))
      return say("cause.ofAnother", { gradient, name, other: other.name });
  }
  return undefined;
}
