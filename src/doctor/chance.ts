import { Matrix } from "../array/matrix.js";
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
 * The cost where every answer is the best that there is for its target, below which none gets: 0, but for labels that are
 * smoothed, whose entropy is left.
 *
 * @param weights of the examples in the cost; default 1 each
 */
export function leastCost(network: Network, data: Dataset, weights?: ArrayLike<number>): number {
  if (network.loss.task === "regression") return 0;
  const leastOf = new Map<number, number>();
  return costOf(network, data, weights, (loss, targets, outputs) =>
    targets.meanOf((y) => {
      // The best of all answers to one example is the answer to it.
      const least =
        leastOf.get(y) ??
        loss.chance(
          outputTargets([y], (value) => value),
          outputs,
        );
      leastOf.set(y, least);
      return least;
    }),
  );
}

/**
 * The cost of a network whose logits are all 0, as those of a fair start are about: of K classes ln K, more than that of chance
 * where they are uneven; of numbers and counts what it costs that their mean is not learned yet.
 *
 * @param weights of the examples in the cost; default 1 each
 */
export function zeroCost(network: Network, { Y }: Dataset, weights?: ArrayLike<number>): number {
  const { members } = network.program;
  const ofOne = network.layers[network.layers.length - 1].activation.forward(Matrix.zeros(Y.rows, Y.columns));
  const Z = Matrix.zeros(members * Y.rows, Y.columns); // (members · outputs × examples)
  const A = Matrix.zeros(members * Y.rows, Y.columns);
  for (let i = 0; i < members; i++) A.data.set(ofOne.data, i * ofOne.data.length);
  const costs = lossOf(network).perExample(Z, A, Y);
  let cost = 0;
  for (let j = 0; j < Y.columns; j++) cost += ((weights?.[j] ?? 1) * costs.data[j]) / Y.columns;
  return cost;
}

/**
 * How much farther above a guess a sure wrong answer lies than with cross-entropy, which costs it what its logit is: focal losses
 * take `(1 − p)^γ` off the guess and nothing off that answer. 1 for all other losses.
 *
 * @param weights of the examples in the cost; default 1 each
 */
export function sureOverGuess(network: Network, data: Dataset, weights?: ArrayLike<number>): number {
  const { loss } = network;
  if (!("gamma" in loss.options)) return 1;
  const whole = { ...network, loss: { ...loss, options: { ...loss.options, gamma: 0 } } };
  return zeroCost(whole, data, weights) / zeroCost(network, data, weights);
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
