import { RandomStream } from "../random/streams.js";
import type { Evaluator } from "./evaluator.js";
import { noiseOf } from "./noise.js";
import type { FlatProblem, ReverseCommunication } from "./problem.js";

/** Places in a row at which the error is looked at: a sum of a few numbers is exact in float32 about every other time. */
const places = 12;

/**
 * How far rounding scatters each entry of the gradient under test, as a standard deviation: of its distance from the reference in
 * float64, at places in a row from θ on. An error of a formula changes smoothly along that row, and its higher differences are
 * nothing; rounding starts anew at each place. This is the rounding of this very gradient, which divides, sums and rounds in an
 * order of its own: that of another may cancel to the last bit where this one's does not, as where batch norm takes two examples
 * to ±1 and the derivatives of both are each other's opposite.
 *
 * From one place to the next the lower half of the digits changes.
 *
 * @returns `undefined` where there is no reference, or no gradient at one of the places
 */
export function* measureScatter(
  { blocks, reference }: FlatProblem,
  evaluator: Evaluator,
  theta: Float64Array,
): ReverseCommunication<Float64Array | undefined> {
  if (reference === undefined) return undefined;
  const stream = new RandomStream(1, "check", 0, 129);
  const direction = theta.map((value) => value * stream.normal());
  const spacing = blocks.some(({ single }) => single) ? 2 ** -12 : 2 ** -26;
  const errors: Float64Array[] = [];
  for (let place = 0; place < places; place++) {
    const beside = theta.map((value, k) => value + place * spacing * direction[k]);
    for (const { offset, length, single } of blocks) {
      if (single) beside.set(Float32Array.from(beside.subarray(offset, offset + length)), offset);
    }
    const claimed = yield* evaluator.gradientNearby(beside);
    if (claimed === undefined) return undefined;
    const right = reference(beside);
    errors.push(claimed.map((value, k) => value - right[k]));
  }
  return theta.map((_, k) => noiseOf(errors.map((error) => error[k])) || 0);
}
