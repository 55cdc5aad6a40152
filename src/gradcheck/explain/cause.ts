import type { Message } from "../../constraint/message.js";
import type { BlockEvidence } from "../evidence.js";
import type { Facts } from "./facts.js";

/**
 * One way for the gradient of a block to be wrong: what to say where it fits the facts, undefined where it does not. It
 * claims nothing that the numbers do not show.
 */
export type Cause = (facts: Facts) => Message | undefined;

/** The same told from the numbers of other blocks too. */
export type CauseBeside = (facts: Facts, blocks: readonly BlockEvidence[]) => Message | undefined;
