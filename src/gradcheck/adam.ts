import type { Trained } from "./checkTwice.js";
import { entryUnits } from "./entryUnits.js";
import { Evaluator } from "./evaluator.js";
import type { FlatProblem, ReverseCommunication } from "./problem.js";
import { scalesOf } from "./scale.js";

/** A step's length, in sizes of the parameters it moves: large enough to leave the start behind in a few steps. */
const rate = 1 / 32;
const beta1 = 0.9;
const beta2 = 0.999;

/**
 * The problem some steps of Adam later, along the gradient under test. Each parameter moves in its own units, so that no learning
 * rate has to suit them all.
 *
 * Source: D. Kingma & J. Ba, "Adam: a method for stochastic optimization", ICLR 2015.
 *
 * @param where the function that was called, for messages
 * @returns `undefined` where a cost or a gradient on the way is not finite
 */
export function* trainByAdam(
  problem: FlatProblem,
  steps: number,
  where: string,
): ReverseCommunication<Trained | undefined> {
  const { theta: start, blocks } = problem;
  const evaluator = new Evaluator(problem, where);
  const J = Math.abs(yield* evaluator.cost(start.slice()));
  const theta = start.slice();
  const lengths = new Float64Array(theta.length);
  for (const [i, scale] of scalesOf(start, blocks).entries()) {
    lengths.fill(rate * scale, blocks[i].offset, blocks[i].offset + blocks[i].length);
  }
  const mean = new Float64Array(theta.length);
  const square = new Float64Array(theta.length);
  for (let step = 1; step <= steps; step++) {
    const g = yield* evaluator.gradientNearby(theta);
    if (g === undefined || !g.every(Number.isFinite)) return undefined;
    if (step === 1) {
      const units = entryUnits(start, g, J, blocks);
      if (units !== undefined) for (const [k, unit] of units.entries()) lengths[k] *= unit;
    }
    for (const [k, slope] of g.entries()) {
      mean[k] = beta1 * mean[k] + (1 - beta1) * slope;
      square[k] = beta2 * square[k] + (1 - beta2) * slope ** 2;
      const size = Math.sqrt(square[k] / (1 - beta2 ** step));
      if (size > 0) theta[k] -= (lengths[k] * mean[k]) / (1 - beta1 ** step) / size;
    }
    for (const { offset, length, single } of blocks) {
      if (single) theta.set(Float32Array.from(theta.subarray(offset, offset + length)), offset);
    }
  }
  if (!Number.isFinite(yield* evaluator.cost(theta.slice()))) return undefined;
  const { costEvaluations, gradientEvaluations } = evaluator;
  return { problem: { ...problem, theta }, costEvaluations, gradientEvaluations };
}
