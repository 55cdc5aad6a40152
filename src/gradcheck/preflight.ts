import type { Evaluator } from "./evaluator.js";
import type { Asking, FlatProblem } from "./problem.js";

/** What two calls of the same function may differ by, relative, and still be taken for sums in another order. */
const reordering = 1e-10;

/** What is found before anything is measured. */
export interface Preflight {
  /** J at the given parameters. */
  readonly cost: number;
  readonly gradient: Float64Array;
  /** By how much J differs from call to call, where that can be rounding in another order. */
  readonly wobble: number;
  /** Why no verdict is possible, and what to do. */
  readonly obstacle?: string;
  /** Indices of blocks whose gradient depends on which forward pass ran last. */
  readonly stale: ReadonlySet<number>;
  readonly notes: readonly string[];
}

/**
 * Calls both functions twice at the same parameters, with a forward pass elsewhere in between: the cost must not be
 * random, the gradient neither, and it must not live on what the last forward pass left behind.
 *
 * @param elsewhere other parameters
 */
export function* preflight(problem: FlatProblem, evaluator: Evaluator, elsewhere: Float64Array): Asking<Preflight> {
  const { theta, blocks } = problem;
  const notes: string[] = [];
  const cost = yield* evaluator.costAtStart();
  const gradient = yield* evaluator.gradient(theta);
  const again = yield* evaluator.cost(theta.slice());
  const obstacle = (what: string): Preflight => ({
    cost,
    gradient,
    wobble: 0,
    obstacle: what,
    stale: new Set(),
    notes,
  });
  const wobble = Math.abs(again - cost);
  if (!(wobble <= reordering * Math.abs(cost))) return obstacle(randomCost(cost, again));
  if (wobble > 0) {
    notes.push(
      `cost() gave ${cost} and then ${again} for the same parameters: sums in another order? Taken for noise.`,
    );
  }
  yield* evaluator.cost(elsewhere.slice());
  const after = yield* evaluator.gradient(theta);
  const changed = changedBlocks(problem, gradient, after);
  if (changed.length === 0) return { cost, gradient, wobble, stale: new Set(), notes };
  yield* evaluator.cost(theta.slice());
  const renewed = yield* evaluator.gradient(theta);
  if (changedBlocks(problem, gradient, renewed).length > 0) {
    return obstacle(
      `the backward pass is random: gradients() gives another ${blocks[changed[0]].name} each time; freeze dropout ` +
        "(the same masks at every call, those of the forward pass)",
    );
  }
  return { cost, gradient, wobble, stale: new Set(changed), notes };
}

/** The reason for a cost that is not a function of its parameters. */
export function randomCost(first: number, second: number): string {
  return (
    `the forward pass is random: cost() gave ${first} and then ${second} for the same parameters; freeze dropout (the ` +
    "same masks at every call) and any other noise"
  );
}

/** What is wrong with a gradient that depends on which forward pass ran last. */
export const staleCache =
  "stale cache: after a forward pass with other parameters the gradient changes; run the forward pass inside gradients()";

function changedBlocks({ blocks }: FlatProblem, before: Float64Array, after: Float64Array): number[] {
  const changed: number[] = [];
  for (const [index, { offset, length }] of blocks.entries()) {
    let largest = 0;
    let change = 0;
    for (let k = offset; k < offset + length; k++) {
      largest = Math.max(largest, Math.abs(before[k]));
      if (!Object.is(before[k], after[k])) change = Math.max(change, Math.abs(after[k] - before[k]) || 0);
      if (Number.isFinite(before[k]) !== Number.isFinite(after[k])) change = Number.POSITIVE_INFINITY;
    }
    if (change > reordering * largest) changed.push(index);
  }
  return changed;
}
