import type { OperationNumpy } from "../../text/numpy.js";
import { sigmoid } from "../sigmoid/sigmoid.numpy.js";

export const silu = {
  functions: [
    ...sigmoid.functions,
    ["def silu(Z):", "    return Z * sigmoid(Z)"],
    ["def silu_derivative(Z):", "    return sigmoid(Z) * (1 + Z * sigmoid(-Z))"],
  ],
  forward: ({ input: Z }) => `silu(${Z})`,
  backward: ({ dOutput: dA, input: Z }) => `${dA} * silu_derivative(${Z})`,
} as const satisfies OperationNumpy;
