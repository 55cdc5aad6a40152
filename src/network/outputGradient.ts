import type { Matrix } from "../array/matrix.js";
import { lossOf } from "./loss.js";
import type { Network } from "./network.js";

/** `dZ[L]`: derivative of the summed cost by the logits, units × examples, from logits Z and outputs A = g(Z). */
export function outputGradient(network: Network, Z: Matrix, A: Matrix, Y: Matrix): Matrix {
  const {
    layers,
    loss: { by },
  } = network;
  const d = lossOf(network).derivative(Z, A, Y);
  return by === "logits" ? d : layers[layers.length - 1].activation.backward(d, Z, A);
}
