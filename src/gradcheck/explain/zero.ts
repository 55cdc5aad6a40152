import type { Cause } from "./cause.js";

/** `dW = 0` */
export const zeroGradient: Cause = ({ gradient, claimed, evidence }) =>
  claimed.length > 0 && evidence.claimed.every((value) => value === 0)
    ? `${gradient} is zero in all entries, the numerical gradient is not`
    : undefined;

/** The true gradient is 0: the cost does not depend on the block. */
export const ignoredParameter: Cause = ({ gradient, name, numerical, error, telling }) =>
  telling && numerical.every((value, k) => Math.abs(value) <= 10 * error[k])
    ? `${gradient} is not zero, but the cost does not change with ${name} here`
    : undefined;
