import type { LossNumpy } from "../../text/numpy.js";

export const poisson = {
  losses: ({ Z, A }) => [
    '"""The Poisson loss of counts Y and rates A = e^Z: half the unit deviance."""',
    ["log_count = np.log(np.where(Y > 0, Y, 1))", "(units × m)"],
    `losses = ${A} - Y - Y * (${Z} - log_count)`,
    ["losses = np.mean(losses, axis=0, keepdims=True)", "(1 × m)"],
  ],
  derivative: ({ A, units }) => (units === 1 ? `${A} - Y` : `(${A} - Y) / ${units}`),
} as const satisfies LossNumpy;
