import type { FloatArray } from "../array/floatArray.js";
import type { Network } from "../network/network.js";

/** Adds the penalty's gradient, `dW[l] += (λ/m) W[l]`: weights only, never biases. */
export function addPenaltyGradient(network: Network, dTheta: FloatArray, lambdaOverM: number): void {
  if (lambdaOverM === 0) return;
  const { theta } = network;
  for (const { decays, offset, rows, columns } of network.layout) {
    if (!decays) continue;
    for (let k = offset; k < offset + rows * columns; k++) dTheta[k] += lambdaOverM * theta[k];
  }
}
