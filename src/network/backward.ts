import { multiply } from "../array/broadcast.js";
import { type FloatArray, zeros } from "../array/floatArray.js";
import type { Matrix } from "../array/matrix.js";
import { productWithTransposed, transposedProduct } from "../array/product.js";
import { sum } from "../array/reduce.js";
import { type CostOptions, requireTargets } from "./cost.js";
import { applyMask, type Cache } from "./forward.js";
import { viewsOf } from "./layout.js";
import type { Network } from "./network.js";

/** All gradients: one vector laid out like θ, with named windows. */
export interface Gradient {
  readonly dTheta: FloatArray;
  /** Windows into dθ by name: `dW1`, `db1`, … */
  readonly gradients: Readonly<Record<string, Matrix>>;
}

/**
 * The backward pass, straight from the equations:
 * `dZ[L] = A[L] − Y` for cross-entropy, `dZ[l] = dA[l] ∘ g'(Z[l])`, `dW[l] = (1/m) dZ[l] A[l−1]ᵀ + (λ/m) W[l]`,
 * `db[l] = (1/m) Σ_columns dZ[l]`, `dA[l−1] = W[l]ᵀ dZ[l]`; with dropout `dA[l] := dA[l] ∘ D[l] / keep[l]`, the masks
 * of the forward pass.
 *
 * @param cache of the forward pass on the same parameters
 * @param Y targets, outputs × examples
 * @param options λ, training examples and example weights, as in `cost`
 * @throws ShapeError when Y or the example weights do not fit the outputs
 *
 * @example
 * import { backward, dense, forward, Matrix, networkWith } from "gradproof";
 * const model = networkWith({ inputs: 1, layers: [dense(1, "sigmoid")] }, Float64Array.of(0, 0)); // a = 1/2
 * const X = Matrix.row([1, 3]);
 * const { gradients } = backward(model, forward(model, X).cache, Matrix.row([0, 1]));
 * gradients.dW1.toArray(); // => [[-0.5]]
 * gradients.db1.toArray(); // => [[0]]
 */
export function backward(network: Network, cache: Cache, Y: Matrix, options: CostOptions = {}): Gradient {
  const { Z, A, masks } = cache;
  const L = network.layers.length;
  const m = Y.columns;
  const { l2 = 0, trainingExamples = m, weights } = options;
  requireTargets("backward()", A[L], Y, weights);
  const dTheta = zeros(network.theta.length, network.spec.dtype);
  const gradients = viewsOf(network.layout, dTheta, "d");
  let dZ = network.loss.dZ(Z[L], A[L], Y, network.layers[L - 1].activation); // (n[L] × m)
  if (weights !== undefined) dZ = multiply(dZ, weights);
  for (let l = L; l >= 1; l--) {
    const { W } = network.layers[l - 1];
    const dW = productWithTransposed(dZ, A[l - 1]); // (n[l] × n[l−1])
    for (let k = 0; k < dW.data.length; k++) dW.data[k] = dW.data[k] / m + (l2 / trainingExamples) * W.data[k];
    gradients[`dW${l}`].data.set(dW.data);
    const db = sum(dZ, "columns"); // (n[l] × 1)
    for (let k = 0; k < db.data.length; k++) db.data[k] /= m;
    gradients[`db${l}`].data.set(db.data);
    if (l > 1) {
      const dA = applyMask(transposedProduct(W, dZ), masks[l - 1]); // (n[l−1] × m)
      dZ = network.layers[l - 2].activation.backward(dA, Z[l - 1], unmasked(network, cache, l - 1));
    }
  }
  return { dTheta, gradients };
}

/** g(Z[l]) before its mask: the cache holds A[l] after it, but g' is a function of the unmasked value. */
function unmasked(network: Network, cache: Cache, l: number): Matrix {
  return cache.masks[l] === undefined ? cache.A[l] : network.layers[l - 1].activation.forward(cache.Z[l]);
}
