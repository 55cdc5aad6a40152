import type { LossNumpy } from "../../text/numpy.js";
import { pythonNumber } from "../../text/python.js";

export const quantile = {
  losses: ({ A, n: { tau } }) => [
    `"""The quantile loss, τ = ${pythonNumber(tau)}."""`,
    [`error = ${A} - Y`, "(units × m)"],
    `losses = np.maximum(${pythonNumber(1 - tau)} * error, -${pythonNumber(tau)} * error)`,
    ["losses = np.mean(losses, axis=0, keepdims=True)", "(1 × m)"],
  ],
  derivative: ({ A, units, n: { tau } }) =>
    `(${pythonNumber(1 - tau)} * (${A} > Y) - ${pythonNumber(tau)} * (${A} < Y))${units === 1 ? "" : ` / ${units}`}`,
} as const satisfies LossNumpy;
