import type { Message } from "../../constraint/message.js";
import type { BlockEvidence } from "../evidence.js";
import { norm } from "../norm.js";
import { say } from "../say.js";
import type { Facts } from "./facts.js";

/** `dQ = the right dK`: the gradient of another block of the same shape, returned in the wrong order or under the wrong name. */
export function gradientOfAnother(facts: Facts, blocks: readonly BlockEvidence[]): Message | undefined {
  const { gradient, name, positions, evidence } = facts;
  if (positions.length < 3) return undefined;
  for (const other of blocks) {
    if (other.name === name || `${other.shape}` !== `${evidence.shape}`) continue;
    const claimed = evidence.beside(other.name)?.claimed;
    if (claimed === undefined || norm(claimed) === 0) continue;
    if (facts.repaired((k) => claimed[positions[k]]))
      return say("cause.ofAnother", { gradient, name, other: other.name });
  }
  return undefined;
}
