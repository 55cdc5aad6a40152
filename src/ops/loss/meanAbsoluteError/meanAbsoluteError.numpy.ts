import type { LossNumpy } from "../../text/numpy.js";

export const meanAbsoluteError = {
  losses: ({ A }) => [
    '"""Mean absolute error."""',
    [`losses = np.mean(np.abs(${A} - Y), axis=0, keepdims=True)`, "(1 × m)"],
  ],
  derivative: ({ A, units }) => `np.sign(${A} - Y)${units === 1 ? "" : ` / ${units}`}`,
} as const satisfies LossNumpy;
