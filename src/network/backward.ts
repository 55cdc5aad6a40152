import { multiply } from "../array/broadcast.js";
import { type FloatArray, zeros } from "../array/floatArray.js";
import type { Matrix } from "../array/matrix.js";
import { requireMatrix } from "../array/requireMatrix.js";
import { requireList, requireRecord } from "../constraint/kinds.js";
import { type CostOptions, requireTargets } from "./cost.js";
import type { Cache } from "./forward.js";
import { viewsOf } from "./layout.js";
import { lossOf } from "./loss.js";
import type { Network } from "./network.js";
import type { ParameterNames } from "./parameterNames.js";
import { penaltyOf, weightsIn } from "./penalty.js";
import { requireNetwork } from "./requireNetwork.js";
import type { Layers } from "./spec.js";
import { walkBackward } from "./steps.js";

const noPenalty = { l1: 0, l2: 0 };
const forwardCache = "the cache that forward() gives";

/** All gradients: one vector laid out like θ, with named windows. */
export interface Gradient<Given extends Layers = Layers> {
  readonly dTheta: FloatArray;
  /** Windows into dθ by name: `dW1`, `db1`, … */
  readonly gradients: Readonly<Record<string, Matrix>> & Readonly<Record<`d${ParameterNames<Given>}`, Matrix>>;
}

/**
 * The backward pass, straight from the equations:
 * `dZ[L] = A[L] − Y` for cross-entropy, `dZ[l] = dA[l] ∘ g'(Z[l])`, `dW[l] = (1/m) dZ[l] A[l−1]ᵀ + (λ₂/m) W[l] + (λ₁/m) sign(W[l])`,
 * `db[l] = (1/m) Σ_columns dZ[l]`, `dA[l−1] = W[l]ᵀ dZ[l]`; with dropout `dA[l] := dA[l] ∘ D[l] / keep[l]`, the masks
 * of the forward pass.
 *
 * @param cache of the forward pass on the same parameters
 * @param Y targets, outputs × examples
 * @param options λ₁ and λ₂ as l1 and l2, training examples and example weights, as in `cost`
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
export function backward<Given extends Layers>(
  network: Network<Given>,
  cache: Cache,
  Y: Matrix,
  options: CostOptions = {},
): Gradient<Given> {
  requireNetwork("backward(): network", network);
  requireRecord("backward(): cache", cache, forwardCache);
  requireList("backward(): cache", cache.values, forwardCache);
  requireMatrix("backward(): Y", Y);
  requireRecord("backward(): options", options);
  const { values } = cache;
  const m = Y.columns;
  const { trainingExamples = m, weights } = options;
  requireTargets("backward()", values[network.program.output], Y, weights, network.program.members);
  const dTheta = zeros(network.theta.length, network.spec.dtype);
  const { logits, output } = network.program;
  const { by } = network.loss;
  const derivatives: (Matrix | undefined)[] = [];
  const penalty = penaltyOf(network, options, trainingExamples, "backward()");
  const penalties = new Map(weightsIn(network).map(({ name }, k) => [name, penalty[k]]));
  const dLast = lossOf(network).derivative(values[logits], values[output], Y); // (n[L] × m)
  derivatives[by === "logits" ? logits : output] = weights === undefined ? dLast : multiply(dLast, weights);
  walkBackward(network, cache, derivatives, ({ parameters }, gradients) => {
    for (const [k, { name, offset, rows, columns }] of parameters.entries()) {
      const sums = gradients[k].data;
      const { l1, l2 } = penalties.get(name) ?? noPenalty;
      for (let i = 0; i < rows * columns; i++) {
        const w = network.theta[offset + i];
        dTheta[offset + i] = sums[i] / m + l2 * w + l1 * Math.sign(w);
      }
    }
  });
  return { dTheta, gradients: viewsOf(network.layout, dTheta, "d") as Gradient<Given>["gradients"] };
}
