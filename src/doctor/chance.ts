import type { Dataset } from "../data/dataset.js";
import { type LossFunctions, lossOf } from "../network/loss.js";
import type { Network } from "../network/network.js";
import type { OutputTargets } from "../ops/loss/loss.js";
import { outputTargets } from "../ops/loss/outputTargets.js";

/**
 * The cost of one answer to every input: of classes their shares, which cost their entropy, of squared errors the mean target,
 * which costs the mean variance, and so on for each loss.
 *
 * @param weights of the examples in the cost; default 1 each
 */
export function chanceCost(network: Network, data: Dataset, weights?: ArrayLike<number>): number {
  return costOf(network, data, weights, (loss, targets, outputs) => loss.chance(targets, outputs));
}

/**
 * The cost of an answer that gives every class the same odds, as a fair start does: ln K. It is more than that of chance
 * where classes are uneven. Of numbers the cost of chance.
 *
 * @param weights of the examples in the cost; default 1 each
 */
export function evenOddsCost(network: Network, data: Dataset, weights?: ArrayLike<number>): number {
  return costOf(
    network,
    data,
    weights,
    (loss, targets, outputs) => loss.evenOdds(targets, outputs) ?? loss.chance(targets, outputs),
  );
}

/** A cost that adds up over the outputs, each by its targets. */
function costOf(
  network: Network,
  { Y }: Dataset,
  weights: ArrayLike<number> | undefined,
  part: (loss: LossFunctions, targets: OutputTargets, outputs: number) => number,
): number {
  const heaviness = meanWeight(weights);
  const loss = lossOf(network);
  let cost = 0;
  for (let k = 0; k < Y.rows; k++) {
    const targets = outputTargets(Y.rowData(k), (value, j) => ((weights?.[j] ?? 1) / (heaviness * Y.columns)) * value);
    cost += part(loss, targets, Y.rows);
  }
  return heaviness * cost;
}

function meanWeight(weights: ArrayLike<number> | undefined): number {
  if (weights === undefined) return 1;
  let sum = 0;
  for (let j = 0; j < weights.length; j++) sum += weights[j];
  return sum / weights.length;
}
