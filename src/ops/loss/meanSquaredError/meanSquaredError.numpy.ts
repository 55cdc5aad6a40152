import type { LossNumpy } from "../../text/numpy.js";

export const meanSquaredError = {
  losses: ({ A }) => [
    '"""Mean squared error."""',
    [`losses = np.mean((${A} - Y) ** 2, axis=0, keepdims=True)`, "(1 × m)"],
  ],
  derivative: ({ A, units }) => `2 * (${A} - Y)${units === 1 ? "" : ` / ${units}`}`,
} as const satisfies LossNumpy;
