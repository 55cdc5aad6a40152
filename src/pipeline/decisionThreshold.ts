import type { Matrix } from "../array/matrix.js";
import { OptionError } from "../constraint/constraint.js";
import type { TableEncoder } from "../data/tableEncoder.js";
import type { Configuration } from "./configuration.js";

/**
 * The probability above which the second of two classes is predicted, where mistakes have costs: with a for a false alarm and b for a
 * miss, predicting it costs `(1 − p) a` on average and not predicting it `p b`, so that `p > a / (a + b)` is where it pays.
 *
 * Source: C. Elkan, "The foundations of cost-sensitive learning", IJCAI 2001, equation 2.
 *
 * @returns `undefined` where the configuration names no costs
 * @throws OptionError where there are not two classes, or classes have weights, after which outputs are no probabilities
 */
export function decisionThreshold(
  { data, training }: Configuration,
  { task, target }: TableEncoder,
): number | undefined {
  const costs = data?.costOfMistakes;
  if (costs === undefined) return undefined;
  const [falseAlarm, miss] = costs;
  if (task !== "binary") {
    throw new OptionError(
      `costOfMistakes ${falseAlarm}:${miss} is for two classes, and ${target.name} is ${task}; leave it out`,
    );
  }
  if (training?.classWeight !== undefined && training.classWeight !== "none") {
    throw new OptionError(
      "costOfMistakes goes by probabilities, which class weights change; leave classWeight out, since the threshold does its work",
    );
  }
  return falseAlarm / (falseAlarm + miss);
}

/**
 * What mistakes at a threshold cost on average, per example.
 *
 * @param held predictions P and labels, 1 × examples
 */
export function costPerRow(
  { P, part: { Y } }: { readonly P: Matrix; readonly part: { readonly Y: Matrix } },
  threshold: number,
  [falseAlarm, miss]: readonly [number, number],
): number {
  let sum = 0;
  for (let j = 0; j < Y.columns; j++) {
    const isNamed = P.data[j] > threshold;
    if (isNamed && Y.data[j] === 0) sum += falseAlarm;
    else if (!isNamed && Y.data[j] === 1) sum += miss;
  }
  return sum / Y.columns;
}
