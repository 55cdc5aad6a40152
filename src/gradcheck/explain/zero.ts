import { say } from "../say.js";
import type { Cause } from "./cause.js";

/** `dW = 0` */
export const zeroGradient: Cause = ({ gradient, claimed, evidence }) =>
  claimed.length > 0 && evidence.claimed.every((value) => value === 0) ? say("cause.zero", { gradient }) : undefined;

/** The true gradient is 0: the cost does not depend on the block. */
export const ignoredParameter: Cause = ({ gradient, name, numerical, error, evidence, telling }) =>
  telling && evidence.flat && numerical.every((value, k) => Math.abs(value) <= 10 * error[k])
    ? say("cause.ignored", { gradient, name })
    : undefined;
