import type { Program } from "../../network/program.js";
import { piecesOf } from "../../ops/activation/activation.js";

/**
 * Whether a program is one chain of dense layers, with nothing else in it: X through a dropout step, then of each layer
 * `Z[l] = W[l] A[l−1] + b[l]`, `A[l] = g[l](Z[l])` and, but for the last, a dropout step with the mask of number l. Hidden
 * activations act on each entry alone.
 */
export function isDenseChain({ steps, unitLayers }: Program): boolean {
  const last = unitLayers.length - 1;
  return (
    steps.length === 3 * unitLayers.length &&
    steps.every(({ inputs, outputs }, s) => `${inputs}` === `${s}` && `${outputs}` === `${s + 1}`) &&
    unitLayers.every(
      ({ sums, activation }, l) =>
        steps[3 * l].site === l &&
        steps[3 * l + 1] === sums &&
        steps[3 * l + 2] === activation &&
        sums.operation.affine === true &&
        (l === last || piecesOf(activation.operation) !== undefined),
    )
  );
}
