import type { LossNumpy } from "../../text/numpy.js";

export const huber = {
  losses: ({ A }) => [
    '"""Huber\'s loss: half the square of an error up to 1, beyond that its size less ½."""',
    [`size = np.abs(${A} - Y)`, "(units × m)"],
    "losses = np.where(size <= 1, 0.5 * size ** 2, size - 0.5)",
    ["losses = np.mean(losses, axis=0, keepdims=True)", "(1 × m)"],
  ],
  derivative: ({ A, units }) => `np.clip(${A} - Y, -1, 1)${units === 1 ? "" : ` / ${units}`}`,
} as const satisfies LossNumpy;
