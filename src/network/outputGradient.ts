import type { Matrix } from "../array/matrix.js";
import type { Network } from "./network.js";

/** `dZ[L]`: derivative of the summed cost by the logits, units × examples, from logits Z and outputs A = g(Z). */
export function outputGradient({ loss, layers }: Network, Z: Matrix, A: Matrix, Y: Matrix): Matrix {
  const d = loss.derivative(Z, A, Y);
  return loss.by === "logits" ? d : layers[layers.length - 1].activation.backward(d, Z, A);
}
