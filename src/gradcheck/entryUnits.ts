import { norm } from "./norm.js";
import type { FlatProblem, ParameterBlock } from "./problem.js";

/**
 * How much further than J's own size a step of the block's size may take J, by the claimed slope, before an entry is taken to be of
 * another unit than its block. First steps are at most 2⁻⁷ of that size.
 */
const ordinary = 64;

/**
 * Powers of two that are the units of entries of θ: a block may hold an amplitude of 5,000 and a frequency of 2e-4, and a step
 * that moves the one by little moves the other by many periods. Which entries are of another unit is told by the gradient under
 * test. Only steps are chosen by it: were the gradient wrong, so would be the steps, and no verdict.
 *
 * @param size of J: the larger of its values at two places
 * @returns `undefined` where every entry is of the size of its block
 */
export function entryUnits(
  theta: Float64Array,
  gradient: Float64Array,
  size: number,
  blocks: readonly ParameterBlock[],
): Float64Array | undefined {
  const units = new Float64Array(theta.length).fill(1);
  let isScaled = false;
  for (const { offset, length } of blocks) {
    const typical = norm(theta, offset, offset + length) / Math.sqrt(Math.max(length, 1)); // Root of the mean square
    if (!(typical > 0 && size > 0)) continue;
    for (let k = offset; k < offset + length; k++) {
      const slope = Math.abs(gradient[k]);
      if (!(slope * typical > ordinary * size)) continue;
      units[k] = 2 ** Math.max(-500, Math.floor(Math.log2(size / slope / typical)));
      isScaled = true;
    }
  }
  return isScaled ? units : undefined;
}

/** The same problem in φ = θ / units. Powers of two change no digit. */
export function inUnits(problem: FlatProblem, units: Float64Array): FlatProblem {
  const { theta, cost, gradient, freeze, moveOne, rounding, reference } = problem;
  const whole = (phi: Float64Array): Float64Array => phi.map((value, k) => value * units[k]);
  const slopes = whole; // dJ/dφ = units · dJ/dθ
  return {
    ...problem,
    units,
    theta: theta.map((value, k) => value / units[k]),
    cost: (phi) => cost(whole(phi)),
    gradient: (phi) => {
      const g = gradient(whole(phi));
      return g instanceof Float64Array ? slopes(g) : g.then(slopes);
    },
    ...(freeze && {
      freeze: (phi: Float64Array) => {
        const frozen = freeze(whole(phi));
        return (moved: Float64Array) => frozen(whole(moved));
      },
    }),
    ...(moveOne && {
      moveOne: (phi: Float64Array) => {
        const move = moveOne(whole(phi));
        return (index: number, step: number) => move(index, step * units[index]);
      },
    }),
    ...(rounding && { rounding: (phi: Float64Array) => slopes(rounding(whole(phi))) }),
    ...(reference && { reference: (phi: Float64Array) => slopes(reference(whole(phi))) }),
  };
}
