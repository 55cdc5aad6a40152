import { norm } from "../norm.js";
import { say } from "../say.js";
import { indexOf } from "../shape.js";
import { longAxes, positionAt, subsets } from "./axes.js";
import type { Cause } from "./cause.js";
import type { Facts } from "./facts.js";

/** Entries by which a shift is looked for. */
const farthest = 2;

/** The right numbers with two axes of the same length swapped. */
export const axesSwapped: Cause = (facts) => {
  const { gradient, shape } = facts;
  for (const [a, b] of pairs(longAxes(shape).filter((axis) => shape.filter((n) => n === shape[axis]).length > 1))) {
    const swapped = (index: number[]): number[] =>
      index.map((i, axis) => (axis === a ? index[b] : axis === b ? index[a] : i));
    if (shape[a] !== shape[b] || !comesFrom(facts, swapped)) continue;
    return shape.length === 2
      ? say("cause.transposed", { gradient })
      : say("cause.axesSwapped", { gradient, axes: [`${a}`, `${b}`] });
  }
  return undefined;
};

/** The right numbers in reverse order along some axes, as of a kernel that is turned once too often or once too seldom. */
export const flipped: Cause = (facts) => {
  const { gradient, shape } = facts;
  if (shape.length < 3) return undefined;
  for (const axes of subsets(longAxes(shape))) {
    const back = (index: number[]): number[] => index.map((i, axis) => (axes.includes(axis) ? shape[axis] - 1 - i : i));
    if (comesFrom(facts, back)) return say("cause.flipped", { gradient, axes: axes.map(String) });
  }
  return undefined;
};

/** The right numbers some entries farther on, as of padding that is cut off at the wrong end. */
export const shifted: Cause = (facts) => {
  const { gradient, shape } = facts;
  if (shape.length < 2) return undefined;
  for (const axes of subsets(longAxes(shape))) {
    for (let by = -farthest; by <= farthest; by++) {
      const on = (index: number[]): number[] => index.map((i, axis) => (axes.includes(axis) ? i + by : i));
      if (by === 0 || !comesFrom(facts, on, axes)) continue;
      return say("cause.shifted", { gradient, by: Math.abs(by), axes: axes.map(String) });
    }
  }
  return undefined;
};

/**
 * Whether each derivative is the claimed entry at another index, where there is one: told of those that are wrong and not zero.
 *
 * @param along axes of which these have to lie at two indices or more; without them three have to be moved, of different sizes
 */
function comesFrom(facts: Facts, from: (index: number[]) => number[], along?: readonly number[]): boolean {
  const { shape, positions, numerical, evidence, telling } = facts;
  if (!telling) return false;
  const small = norm(numerical) / Math.sqrt(numerical.length) / 100;
  const moved = new Map<number, readonly number[]>();
  for (const [k, position] of positions.entries()) {
    const index = from(indexOf(shape, position));
    if (index.some((i, axis) => i < 0 || i >= shape[axis])) continue;
    const value = evidence.claimed[positionAt(shape, index)];
    if (!facts.near(k, facts.claimed[k] + numerical[k] - value)) return false;
    if (!facts.agrees(k) && Math.abs(value) > small) moved.set(value, index);
  }
  if (along === undefined) return moved.size >= 3;
  const indices = [...moved.values()];
  return along.every((axis) => new Set(indices.map((index) => index[axis])).size > 1);
}

function pairs<Value>(values: readonly Value[]): (readonly [Value, Value])[] {
  return values.flatMap((a, i) => values.slice(i + 1).map((b) => [a, b] as const));
}
