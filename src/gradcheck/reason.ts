import { difference } from "./hold.js";
import { significant } from "./significant.js";
import type { Trial } from "./trial.js";

/** Noise of a cost, relative, above which it was hardly computed in float64. */
const singleNoise = 1e-11;

/**
 * Why the trials of a block leave it undecided, and what to do.
 *
 * @param failure what the cost said where it had no value
 */
export function reasonOf(trials: readonly Trial[], failure: string | undefined): string {
  const count = (finding: Trial["finding"]): number => trials.filter((trial) => trial.finding === finding).length;
  if (count("differs") > 0) {
    const where = trials.some(({ finding, point }) => finding === "differs" && point.given)
      ? "at the given parameters but not near them"
      : "near the given parameters, but not everywhere";
    return `the gradient differs from the slope of the cost ${where}: a kink there, or a case of its own such as x = 0? Check at other parameters`;
  }
  const outside = count("outside");
  const kinks = trials.filter(({ finding }) => finding === "kink");
  const unclear = trials.filter(({ finding }) => finding === "unclear");
  if (outside > kinks.length + unclear.length) {
    return `cost() ${failure ?? "has no value"} when the parameters are moved a little; check at parameters further from the edge of its domain`;
  }
  if (kinks.length > unclear.length) {
    const { slope } = kinks[0];
    const [left, right] = [slope.value - slope.jump / 2, slope.value + slope.jump / 2];
    return `the cost has a kink here (a ReLU at 0, |x|, max): its slope is ${short(left)} on one side and ${short(right)} on the other; check at other parameters`;
  }
  const { point, slope, size } = unclear[0] ?? trials[0];
  if (point.noise > singleNoise * Math.abs(point.cost)) {
    return `noise too high: the cost is known to ${short(point.noise / Math.abs(point.cost))} of its size only; compute it in float64`;
  }
  if (size * 1e-5 < difference * slope.noise) {
    return `the gradient vanishes: a slope of ${short(size)} cannot be told from the rounding of the cost, ${short(slope.error)}; check at other parameters, before training has ended or with larger weights`;
  }
  return `the cost is not smooth here: its slope is known to ${short(slope.error)} only; check at other parameters`;
}

function short(value: number): string {
  return significant(value, 2);
}
