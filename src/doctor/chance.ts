import type { Dataset } from "../data/dataset.js";
import type { Network } from "../network/network.js";

/**
 * The cost of the best answer that does not look at its input: for classes the entropy of their shares, for numbers
 * their mean variance.
 */
export function chanceCost({ spec }: Network, { Y }: Dataset): number {
  let cost = 0;
  for (let k = 0; k < Y.rows; k++) {
    const y = Y.rowData(k);
    let mean = 0;
    for (const value of y) mean += value / y.length;
    if (spec.loss === "meanSquaredError") {
      for (const value of y) cost += (value - mean) ** 2 / (y.length * Y.rows);
    } else {
      cost -= entropyTerm(mean) + (spec.loss === "binaryCrossEntropy" ? entropyTerm(1 - mean) : 0);
    }
  }
  return cost;
}

function entropyTerm(share: number): number {
  return share > 0 ? share * Math.log(share) : 0;
}
