import type { Dataset } from "../data/dataset.js";
import type { Network } from "../network/network.js";

/**
 * The cost of the best answer that does not look at its input: for classes the entropy of their shares, for numbers
 * their mean variance.
 *
 * @param weights of the examples in the cost; default 1 each
 */
export function chanceCost({ spec }: Network, { Y }: Dataset, weights?: ArrayLike<number>): number {
  const heaviness = meanWeight(weights);
  const weightOf = (j: number): number => (weights?.[j] ?? 1) / (heaviness * Y.columns);
  let cost = 0;
  for (let k = 0; k < Y.rows; k++) {
    const y = Y.rowData(k);
    let mean = 0;
    for (let j = 0; j < y.length; j++) mean += weightOf(j) * y[j];
    if (spec.loss === "meanSquaredError") {
      for (let j = 0; j < y.length; j++) cost += (weightOf(j) * (y[j] - mean) ** 2) / Y.rows;
    } else {
      cost -= entropyTerm(mean) + (spec.loss === "binaryCrossEntropy" ? entropyTerm(1 - mean) : 0);
    }
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
  const { loss } = network.spec;
  if (loss === "meanSquaredError") return chanceCost(network, data, weights);
  const { rows } = data.Y;
  return meanWeight(weights) * (loss === "categoricalCrossEntropy" ? Math.log(rows) : rows * Math.LN2);
}

function meanWeight(weights: ArrayLike<number> | undefined): number {
  if (weights === undefined) return 1;
  let sum = 0;
  for (let j = 0; j < weights.length; j++) sum += weights[j];
  return sum / weights.length;
}

function entropyTerm(share: number): number {
  return share > 0 ? share * Math.log(share) : 0;
}
