import { norm } from "./norm.js";
import type { ParameterBlock } from "./problem.js";

/** Size of a parameter that is zero, and all others with it. */
const fallback = 0.1;

/** Sizes up to here are taken for zero: a step would fall out of the range of numbers. */
const smallest = 1e-280;

/**
 * Typical size of each block's parameters: the root of their mean square. A block of zeros, or of nearly nothing beside
 * the others, is taken to be a thousandth of the middle one or of its own size, whichever is more.
 * Entries in other units than their block count as they are in the caller's.
 */
export function scalesOf(theta: Float64Array, blocks: readonly ParameterBlock[], units?: Float64Array): number[] {
  const given = units === undefined ? theta : theta.map((value, k) => value * units[k]);
  const sizes = blocks.map(
    ({ offset, length }) => norm(given, offset, offset + length) / Math.sqrt(Math.max(length, 1)),
  );
  const present = sizes.filter((size) => size > smallest).sort((a, b) => a - b);
  const middle = present.length === 0 ? fallback : present[(present.length - 1) >> 1];
  return sizes.map((size) => (size <= smallest ? middle : Math.max(size, middle / 1000)));
}
