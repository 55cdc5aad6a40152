import type { Matrix } from "../array/matrix.js";
import { OptionError } from "../constraint/constraint.js";
import { requireList } from "../constraint/kinds.js";
import type { Network } from "../network/network.js";
import type { EngineOption } from "./choose.js";
import { type MembersPrediction, meanAndSpread } from "./meanAndSpread.js";
import { predict } from "./predict.js";

/**
 * What the members of an ensemble predict: the mean of their outputs A[L], and the spread, their standard deviation
 * √((1/k) Σ (a − mean)²).
 *
 * @param networks at least one, all with the same number of features and outputs
 * @param X features × examples
 * @param options engine: what computes it, as in `train`
 * @returns mean and spread, outputs × examples: probabilities for sigmoid and softmax, numbers otherwise
 * @throws OptionError without networks; ShapeError when X or the outputs do not fit
 *
 * @example
 * import { dense, Matrix, networkWith, predictMembers } from "gradproof";
 * const line = (slope: number) => networkWith({ inputs: 1, layers: [dense(1, "linear")] }, Float64Array.of(slope, 0));
 * const { mean, spread } = predictMembers([line(1), line(3)], Matrix.row([10]));
 * [mean.get(0, 0), spread.get(0, 0)]; // => [20, 10]
 */
export function predictMembers(
  networks: readonly Network[],
  X: Matrix,
  options: { readonly engine?: EngineOption | undefined } = {},
): MembersPrediction {
  requireList("predictMembers(): networks", networks);
  if (networks.length === 0) throw new OptionError("predictMembers(): there are no networks; give one at least");
  return meanAndSpread(networks.map((network) => predict(network, X, options)));
}
