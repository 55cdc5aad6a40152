import type { Dataset } from "../data/dataset.js";
import { lossOf } from "../network/loss.js";
import type { Network } from "../network/network.js";
import { outputTargets } from "../ops/loss/outputTargets.js";

/**
 * The cost of one answer to every input: of classes their shares, which cost their entropy, of squared errors the mean target,
 * which costs the mean variance, and so on for each loss.
 *
 * @param weights of the examples in the cost; default 1 each
 */
export function chanceCost(network: Network, { Y }: Dataset, weights?: ArrayLike<number>): number {
  const heaviness = meanWeight(weights);
  const weightOf = (j: number): number => (weights?.[j] ?? 1) / (heaviness * Y.columns);
  let cost = 0;
  for (let k = 0; k < Y.rows; k++) {
    const targets = outputTargets(Y.rowData(k), (value, j) => weightOf(j) * value);
    cost += lossOf(network).chance(targets, Y.rows);
  }
  return heaviness * cost;
}

/**
 * The cost of an answer that gives every class the same odds, as a fair start does: ln K. It is more than that of chance
 * where classes are uneven. Of numbers the cost of chance.
 *
 * @param weights of the examples in the cost; default 1 each
 */
export function evenOddsCost(network: Network, data: Dataset, weights?: ArrayLike<number>): number {
  const cost = lossOf(network).evenOdds(data.Y.rows);
  return cost === undefined ? chanceCost(network, data, weights) : meanWeight(weights) * cost;
}

function meanWeight(weights: ArrayLike<number> | undefined): number {
  if (weights === undefined) return 1;
  let sum = 0;
  for (let j = 0; j < weights.length; j++) sum += weights[j];
  return sum / weights.length;
}
