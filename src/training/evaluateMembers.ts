import { Matrix } from "../array/matrix.js";
import { OptionError } from "../constraint/constraint.js";
import { requireList, requireRecord } from "../constraint/kinds.js";
import type { Dataset } from "../data/dataset.js";
import { Predictor } from "../engine/predict.js";
import { predictMembers } from "../engine/predictMembers.js";
import { costFrom } from "../network/cost.js";
import { lossOf } from "../network/loss.js";
import type { Network } from "../network/network.js";
import { type Evaluation, metricsOf, requireTargets, taskOf } from "./evaluate.js";

/** The nearest to 0 and 1 that a mean of probabilities counts as: roundings give 1 where float64 has no number between. */
const surest = 2 ** -53;

/**
 * Cost and metrics of an ensemble on data: those of its mean prediction (1/k) Σ aᵢ. Of a loss that is convex in the predictions, as
 * the cross-entropies and the squared error are, the cost is at most the mean of the members' costs.
 *
 * @param networks the members; all have the loss of the first
 * @param options threshold: predict class 1 where the probability is greater; default 0.5
 * @throws OptionError without networks, ShapeError when the data do not fit one of them
 *
 * Source: Lakshminarayanan, Pritzel & Blundell, "Simple and scalable predictive uncertainty estimation using deep ensembles",
 * NeurIPS 2017, §2.4.
 *
 * @example
 * import { dense, evaluateMembers, Matrix, networkWith } from "gradproof";
 * const line = (slope: number) => networkWith({ inputs: 1, layers: [dense(1, "linear")] }, Float64Array.of(slope, 0));
 * const data = { X: Matrix.row([1, 2]), Y: Matrix.row([2, 4]) };
 * evaluateMembers([line(1), line(3)], data).mse; // => 0
 */
export function evaluateMembers(
  networks: readonly Network[],
  data: Dataset,
  options: { readonly threshold?: number | undefined } = {},
): Evaluation {
  requireList("evaluateMembers(): networks", networks);
  const [first] = networks;
  if (first === undefined) throw new OptionError("evaluateMembers(): there are no networks; give one at least");
  requireRecord("evaluateMembers(): options", options);
  const { P, cost } = predictedCost(networks, data);
  return { cost, ...metricsOf(P, data.Y, taskOf(first), options) };
}

/** The mean prediction of networks, one of them at least, outputs × examples, and its cost. */
export function predictedCost(
  networks: readonly Network[],
  data: Dataset,
): { readonly P: Matrix; readonly cost: number } {
  const [first] = networks;
  for (const network of networks) requireTargets(network, data);
  if (networks.length === 1) {
    const predictor = new Predictor(first, { examples: data.X.columns });
    try {
      const { P, dataCost } = predictor.evaluate(data.X, data.Y);
      return { P, cost: dataCost };
    } finally {
      predictor.release();
    }
  }
  const P = predictMembers(networks, data.X).mean.as("float64"); // (outputs × examples)
  return { P, cost: costOfPredictions(first, P, data.Y.as("float64")) };
}

/** The data cost of outputs that no logits of the network give. */
function costOfPredictions(network: Network, A: Matrix, Y: Matrix): number {
  // The mean is one answer, whatever members of its own a network has.
  const { perExample, logitOf } = lossOf({ loss: network.loss });
  const shares = network.loss.task !== "regression";
  const Z = Matrix.zeros(A.rows, A.columns);
  for (let i = 0; i < A.data.length; i++) {
    Z.data[i] = logitOf(shares ? Math.min(1 - surest, Math.max(surest, A.data[i])) : A.data[i]);
  }
  return costFrom(network, perExample(Z, A, Y), {}).cost;
}
