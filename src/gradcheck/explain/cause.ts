import type { Facts } from "./facts.js";

/**
 * One way for the gradient of a block to be wrong: its sentence where it fits the facts, undefined where it does not. It
 * claims nothing that the numbers do not show.
 */
export type Cause = (facts: Facts) => string | undefined;
