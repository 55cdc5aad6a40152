import { multiply } from "../../../array/broadcast.js";
import type { Matrix } from "../../../array/matrix.js";
import { productWithTransposed } from "../../../array/product.js";
import { sum } from "../../../array/reduce.js";
import { outputGradient } from "../../../network/outputGradient.js";
import { at } from "../../../network/steps.js";
import { applyMask } from "../../../ops/structure/dropout/dropout.js";
import { transposedProduct } from "../rowProducts.js";
import type { Backpropagation } from "./backpropagation.js";
import { mapped } from "./mapped.js";

/** The formulas of a backward pass, one by one, so that each can be replaced by a wrong one. */
export interface Formulas {
  /** dZ[L], times the weights of the examples */
  output(pass: Backpropagation): Matrix;
  /** dA[l], from dZ[l+1] */
  dA(pass: Backpropagation, l: number, dZ: Matrix): Matrix;
  /** dA[l] after its mask */
  masked(pass: Backpropagation, l: number, dA: Matrix): Matrix;
  /** dZ[l], from dA[l] after its mask */
  dZ(pass: Backpropagation, l: number, dA: Matrix): Matrix;
  /** dW[l] without the penalty */
  dW(pass: Backpropagation, l: number, dZ: Matrix): Matrix;
  db(pass: Backpropagation, l: number, dZ: Matrix): Matrix;
  /** Gradients of what the activation has learned, from dA[l] after its mask */
  learned(pass: Backpropagation, l: number, dA: Matrix): readonly Matrix[];
  /** What a weight w of layer l adds to its gradient. */
  penalty(pass: Backpropagation, w: number, l: number): number;
  /** The same of a bias. */
  biasPenalty(pass: Backpropagation, b: number): number;
}

/** As they should be. */
export const rightFormulas: Formulas = {
  output: (pass) => {
    const { network, step, Z, A, layers } = pass;
    return weighted(pass, outputGradient(network, Z[layers], A[layers], step.Y)); // (n[L] × m)
  },
  dA: (pass, l, dZ) => transposedProduct(pass.layer(l + 1).W, dZ), // (n[l] × m)
  masked: ({ step }, l, dA) => applyMask(dA, step.masks[l]),
  dZ: (pass, l, dA) => pass.layer(l).activation.backward(dA, pass.Z[l], pass.unmasked[l]),
  dW: ({ A, m }, l, dZ) => mapped(productWithTransposed(dZ, A[l - 1]), (a) => a / m), // (n[l] × n[l−1])
  db: ({ m }, _l, dZ) => mapped(sum(dZ, "columns"), (a) => a / m), // (n[l] × 1)
  learned: ({ network, step, Z, unmasked, m }, l, dA) => {
    const { activation } = network.program.unitLayers[l - 1];
    const { parameters } = activation.operation.backward([dA], {
      ...at(network, activation, step),
      inputs: [Z[l]],
      outputs: [unmasked[l]],
      cache: [],
    });
    return parameters.map((sums) => mapped(sums, (a) => a / m)); // (n[l] × 1) each
  },
  penalty: (pass, w, l) => {
    const { l1, l2 } = pass.penalty(l);
    return l2 * w + l1 * Math.sign(w);
  },
  biasPenalty: () => 0,
};

/** dA[L] or dZ[L] times the weights of the examples. */
export function weighted({ step }: Backpropagation, d: Matrix): Matrix {
  return step.weights === undefined ? d : multiply(d, step.weights);
}

/** dW[l] without the penalty, of a dZ[l] that may be wrong; of the right one it is known. */
export const dWOf = (pass: Backpropagation, l: number, dZ: Matrix): Matrix =>
  dZ === pass.dZ[l] ? pass.dW[l] : rightFormulas.dW(pass, l, dZ);

/** db[l] of a dZ[l] that may be wrong. */
export const dbOf = (pass: Backpropagation, l: number, dZ: Matrix): Matrix =>
  dZ === pass.dZ[l] ? pass.db[l] : rightFormulas.db(pass, l, dZ);

/** Formulas that change what flows on to the layers below. */
export const chainFormulas = ["output", "dA", "masked", "dZ"] as const;
