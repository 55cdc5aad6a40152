import type { LossNumpy } from "../../text/numpy.js";
import { pythonNumber } from "../../text/python.js";

export const huber = {
  losses: ({ A, n: { delta } }) => {
    const d = pythonNumber(delta);
    return [
      `"""Huber's loss: half the square of an error up to ${d}, beyond that ${delta === 1 ? "its size less ½" : "a straight line"}."""`,
      [`size = np.abs(${A} - Y)`, "(units × m)"],
      `losses = np.where(size <= ${d}, 0.5 * size ** 2, ${delta === 1 ? "size - 0.5" : `${d} * (size - 0.5 * ${d})`})`,
      ["losses = np.mean(losses, axis=0, keepdims=True)", "(1 × m)"],
    ];
  },
  derivative: ({ A, units, n: { delta } }) =>
    `np.clip(${A} - Y, -${pythonNumber(delta)}, ${pythonNumber(delta)})${units === 1 ? "" : ` / ${units}`}`,
} as const satisfies LossNumpy;
