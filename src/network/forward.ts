import { add } from "../array/broadcast.js";
import { Matrix } from "../array/matrix.js";
import { product } from "../array/product.js";
import { ShapeError } from "../array/shapeError.js";
import type { Network } from "./network.js";

/** Inverted dropout of one layer at one step: `A ∘ D / keep`, D units × examples of 0 and 1. */
export interface DropoutMask {
  readonly D: Matrix;
  readonly keep: number;
}

/** Masks by layer: index 0 for the inputs, l for hidden layer l; undefined where every unit is kept. */
export type DropoutMasks = readonly (DropoutMask | undefined)[];

/** What backward needs of a forward pass. Index l is layer l, from 1; A[0] is X, after its mask. */
export interface Cache {
  readonly Z: readonly Matrix[];
  readonly A: readonly Matrix[];
  readonly masks: DropoutMasks;
}

/** Result of a forward pass. */
export interface Forward {
  /** A[L], units × examples. */
  readonly output: Matrix;
  readonly cache: Cache;
}

/**
 * The forward pass, straight from the equations: `Z[l] = W[l] A[l−1] + b[l]`, `A[l] = g[l](Z[l])`, `A[0] = X`; with
 * dropout `A[l] := A[l] ∘ D[l] / keep[l]`.
 *
 * It allocates freely and is read more than it is run: the faster engines are measured against it.
 *
 * @param X features × examples
 * @param masks dropout masks, for training only
 * @throws ShapeError when X does not have the network's number of features
 *
 * @example
 * import { dense, forward, Matrix, networkWith } from "gradproof";
 * const model = networkWith({ inputs: 2, layers: [dense(1, "relu")] }, Float64Array.of(1, -1, 0.5));
 * forward(model, Matrix.from([[3, 1], [1, 3]])).output.toArray(); // => [[2.5, 0]]
 */
export function forward(network: Network, X: Matrix, masks: DropoutMasks = []): Forward {
  if (X.rows !== network.spec.inputs) {
    throw new ShapeError(
      `forward(): the network takes ${network.spec.inputs} features, got a ${X.rows} × ${X.columns} matrix; ` +
        "features are rows, examples are columns",
    );
  }
  const Z: Matrix[] = [X];
  const A: Matrix[] = [applyMask(X, masks[0])];
  for (const [index, { W, b, activation }] of network.layers.entries()) {
    const l = index + 1;
    Z[l] = add(product(W, A[l - 1]), b); // (units × examples)
    A[l] = applyMask(activation.forward(Z[l]), masks[l]); // (units × examples)
  }
  return { output: A[A.length - 1], cache: { Z, A, masks } };
}

/** `A ∘ D / keep`, used forward on A and backward on dA. */
export function applyMask(A: Matrix, mask: DropoutMask | undefined): Matrix {
  if (mask === undefined) return A;
  if (mask.D.rows !== A.rows || mask.D.columns !== A.columns) {
    throw new ShapeError(
      `dropout: a ${mask.D.rows} × ${mask.D.columns} mask does not fit ${A.rows} × ${A.columns} activations`,
    );
  }
  const kept = Matrix.zeros(A.rows, A.columns, A.dtype);
  for (let k = 0; k < kept.data.length; k++) kept.data[k] = (A.data[k] * mask.D.data[k]) / mask.keep;
  return kept;
}
