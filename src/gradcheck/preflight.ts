import type { Message } from "../constraint/message.js";
import type { Evaluator } from "./evaluator.js";
import { norm } from "./norm.js";
import type { FlatProblem, ParameterBlock, ReverseCommunication } from "./problem.js";
import { say } from "./say.js";

/** What two calls of the same function may differ by, relative, and still be taken for sums in another order. */
const reordering = 1e-10;
/** What sums across calls may grow unevenly by, relative, in 32 bits. */
const evenness = 1e-4;

/** What is found before anything is measured. */
export interface Preflight {
  /** J at the given parameters. */
  readonly cost: number;
  readonly gradient: Float64Array;
  /** J elsewhere; NaN outside its domain. */
  readonly costElsewhere: number;
  /** By how much J differs from call to call, where that can be rounding in another order. */
  readonly repeatability: number;
  /** Why no verdict is possible, and what to do. */
  readonly obstacle?: Message;
  /** What is wrong with blocks whose gradient depends on what was called before, by their index. */
  readonly stale: ReadonlyMap<number, Message>;
  readonly notes: readonly Message[];
}

/**
 * Calls both functions twice at the same parameters, with a forward pass elsewhere in between: the cost must not be
 * random, the gradient neither, and it must not live on what the last forward pass left behind.
 *
 * @param elsewhere other parameters
 */
export function* preflight(
  problem: FlatProblem,
  evaluator: Evaluator,
  elsewhere: Float64Array,
): ReverseCommunication<Preflight> {
  const { theta, blocks } = problem;
  const notes: Message[] = [];
  const cost = yield* evaluator.costAtStart();
  const gradient = yield* evaluator.gradient(theta);
  const again = yield* evaluator.cost(theta.slice());
  const obstacle = (what: Message): Preflight => ({
    cost,
    gradient,
    costElsewhere: Number.NaN,
    repeatability: 0,
    obstacle: what,
    stale: new Map(),
    notes,
  });
  const repeatability = Math.abs(again - cost);
  if (!(repeatability <= reordering * Math.abs(cost)))
    return obstacle(say("check.randomForward", { first: cost, second: again }));
  if (repeatability > 0) notes.push(say("check.reordered", { first: cost, second: again }));
  const costElsewhere = yield* evaluator.cost(elsewhere.slice());
  const after = yield* evaluator.gradient(theta);
  const changed = changedBlocks(problem, gradient, after);
  if (changed.length === 0) return { cost, gradient, costElsewhere, repeatability, stale: new Map(), notes };
  yield* evaluator.cost(theta.slice());
  const renewed = yield* evaluator.gradient(theta);
  const stale = new Map<number, Message>();
  for (const index of changedBlocks(problem, gradient, renewed)) {
    if (!accumulates(blocks[index], [gradient, after, renewed])) {
      return obstacle(say("check.randomBackward", { block: blocks[index].name }));
    }
    stale.set(index, say("check.accumulates"));
  }
  for (const index of changed) if (!stale.has(index)) stale.set(index, say("check.staleCache"));
  return { cost, gradient, costElsewhere, repeatability, stale, notes };
}

/** Whether a block's gradient grew by the same in each of the calls, as one does that is added to what the last call left. */
function accumulates({ offset, length }: ParameterBlock, calls: readonly Float64Array[]): boolean {
  const [first, second, third] = calls.map((gradient) => gradient.subarray(offset, offset + length));
  const added = first.map((value, k) => second[k] - value);
  const grown = added.map((value, k) => third[k] - second[k] - value);
  return norm(grown) <= evenness * norm(added);
}

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
