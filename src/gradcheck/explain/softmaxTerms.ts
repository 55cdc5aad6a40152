import { say } from "../say.js";
import { groupsAlong } from "./axes.js";
import type { Cause } from "./cause.js";
import type { Facts } from "./facts.js";

/** Entries that have to show a softmax. */
const leastTold = 3;

/** `dS = P ∘ dP` for `P ∘ (dP − Σ P ∘ dP)`, where P = softmax(S): the sum over the classes is missing. */
export const softmaxSum: Cause = (facts) => {
  const { gradient, claimed, positions, shape, telling } = facts;
  if (!telling || positions.length < 3) return undefined;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    if (shape[axis] < 2) continue;
    const { probability, sum, several } = softmaxAlong(facts, axis);
    const told = positions.filter((position, k) => !facts.agrees(k) && several(position)).length;
    if (told >= leastTold && facts.repaired((k) => claimed[k] - probability[positions[k]] * sum[positions[k]])) {
      return say("cause.softmaxSum", { gradient, axis });
    }
  }
  return undefined;
};

/** `dS = k · P` for `k (P − Y)`: the targets are not subtracted. */
export const targetsMissing: Cause = (facts) => {
  const { gradient, name, shape, positions, evidence, telling } = facts;
  const { claimed } = evidence;
  if (!telling || positions.length < 3 || claimed.length < 4) return undefined;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    if (shape[axis] < 2) continue;
    const { probability, several } = softmaxAlong(facts, axis);
    const first = claimed.findIndex((_, position) => several(position));
    if (first < 0 || claimed.filter((_, position) => several(position)).length <= leastTold) continue;
    const factor = claimed[first] / probability[first];
    if (!claimed.every((value, k) => Math.abs(value - factor * probability[k]) <= 1e-10 * Math.abs(factor))) continue;
    return say("cause.targetsMissing", { gradient, name, factor, axis });
  }
  return undefined;
};

interface SoftmaxAlong {
  readonly probability: Float64Array;
  readonly sum: Float64Array;
  /** Whether an entry is not masked out, and not alone in its line: softmax of one number is 1, whatever it is. */
  several(position: number): boolean;
}

/** Softmax of the parameters along an axis, and the sum of the claimed gradient along it, at every position. */
function softmaxAlong({ shape, evidence }: Facts, axis: number): SoftmaxAlong {
  const { parameters, claimed } = evidence;
  const line = groupsAlong(shape, [axis]);
  const lines = line.length / shape[axis];
  const most = new Float64Array(lines).fill(Number.NEGATIVE_INFINITY);
  for (const [k, l] of line.entries()) most[l] = Math.max(most[l], parameters[k]);
  // Masked out, where the gradient is exactly zero.
  const exponential = parameters.map((value, k) => (claimed[k] === 0 ? 0 : Math.exp(value - most[line[k]])));
  const [total, sums, count] = [new Float64Array(lines), new Float64Array(lines), new Float64Array(lines)];
  for (const [k, l] of line.entries()) {
    total[l] += exponential[k];
    sums[l] += claimed[k];
    if (claimed[k] !== 0) count[l]++;
  }
  return {
    probability: exponential.map((value, k) => value / (total[line[k]] || 1)),
    sum: Float64Array.from(line, (l) => sums[l]),
    several: (position) => claimed[position] !== 0 && count[line[position]] > 1,
  };
}
