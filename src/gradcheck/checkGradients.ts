import { OptionError, show } from "../constraint/constraint.js";
import type { Message } from "../constraint/message.js";
import { trainByAdam } from "./adam.js";
import { type CheckOptions, parseCheckOptions } from "./checkOptions.js";
import { checkTwice } from "./checkTwice.js";
import { after, drive, driveAsync } from "./drive.js";
import { explainBlocks } from "./explain/explainBlocks.js";
import { gradientReport } from "./gradientReport.js";
import { ParameterTree } from "./parameterTree.js";
import type { Eventual, FlatProblem, ReverseCommunication } from "./problem.js";
import type { GradientReport } from "./report.js";
import { say } from "./say.js";

/** A cost, its parameters, and the gradients to check. */
export interface GradientProblem<Parameters extends object> {
  /**
   * Where to check: numbers, and arrays of any number of dimensions (`number[]`, `number[][]`, …, `Float64Array`, `Float32Array`,
   * `Matrix`) under any names, in plain objects nested as you like.
   */
  readonly parameters: Parameters;
  /** J, the cost. It gets parameters of the same keys and kinds; float32 arrays come as float64. */
  readonly cost: (parameters: Parameters) => number;
  /** The gradients under test, under the same keys, or with a d: `dW1` for `W1`. `null` is the zero of what has no influence. */
  readonly gradients: (parameters: Parameters) => object;
}

/** The same with functions that may return promises. */
export interface AsyncGradientProblem<Parameters extends object> {
  readonly parameters: Parameters;
  readonly cost: (parameters: Parameters) => Eventual<number>;
  readonly gradients: (parameters: Parameters) => Eventual<object>;
}

/**
 * Checks a gradient against the cost it should be the gradient of: verdict, place and size of every error, with an error
 * bar for each number.
 *
 * For a block with gradient g and a random direction ξ, the claimed slope `⟨g, ξ⟩` is held against the measured
 * `dJ(θ + hξ)/dh` at h = 0, from central differences, extrapolated to h → 0, in float64 whatever the gradient was computed
 * in. A block is `correct` when they are at most 3 error bars apart and the bar is narrow beside the gradient, at the given
 * parameters and near them; `wrong` when they are more than 10 apart, again with another step and at another point, and no
 * kink of the cost explains it; `undecided` otherwise, with the reason. Then the wrong entries of
 * wrong blocks are sought: one of n in about 4 log₂ n forward passes. How it works: docs/gradient-checking.md.
 *
 * `correct` says that the gradient belongs to the cost, not that the cost is what you meant. Both functions must give the
 * same result for the same parameters: freeze dropout, and include the L2 penalty in the cost where the gradient has it.
 * They are handed copies; the caller's parameters are never touched.
 *
 * @param problem parameters (finite numbers), cost and gradients
 * @param options mode, seed, blocks, budget, verdict only, training steps, progress, signal
 * @throws OptionError for a parameter of no known kind, a gradient that is missing or belongs to no parameter, a cost that
 *   returns no number, a promise, an unknown option; ShapeError for a gradient of another shape; RangeError for a parameter or a
 *   cost that is not finite at the start; what `gradients` throws; the signal's reason
 * @see J. Moré & S. Wild, "Estimating computational noise", SIAM J. Sci. Comput. 33 (2011); C. Ridders, "Accurate
 *   computation of F'(x) and F'(x) F''(x)", Adv. Eng. Software 4 (1982)
 *
 * @example
 * import { checkGradients } from "gradproof";
 * // J = (w·x + b − y)² with x = (1, 2), y = 3
 * const parameters: { w: [number, number]; b: number } = { w: [0.5, -1], b: 0.25 };
 * const residual = ({ w, b }: typeof parameters) => w[0] + 2 * w[1] + b - 3;
 * const report = checkGradients({
 *   parameters,
 *   cost: (p) => residual(p) ** 2,
 *   gradients: (p) => ({ dw: [2 * residual(p), 4 * residual(p)], db: residual(p) }), // db: a 2 is missing
 * });
 * report.verdict; // => "wrong"
 * report.blocks.map(({ name, verdict }) => `${name} ${verdict}`); // => ["w correct", "b wrong"]
 * const entry = report.blocks[1]?.entries?.[0];
 * [entry?.claimed, entry?.numerical.toFixed(6)]; // => [-4.25, "-8.500000"]
 */
export function checkGradients<Parameters extends object>(
  problem: GradientProblem<Parameters>,
  options: CheckOptions = {},
): GradientReport {
  return drive(gradientCheck("checkGradients()", problem, options), options);
}

/**
 * `checkGradients` for a cost and gradients that return promises: another framework, another process. It never has more
 * than one of them under way.
 *
 * @param problem as for `checkGradients`
 * @param options as for `checkGradients`; the signal is looked at between evaluations
 * @throws as `checkGradients`, by rejecting
 *
 * @example
 * import { checkGradientsAsync } from "gradproof";
 * const report = await checkGradientsAsync({
 *   parameters: { theta: 4 },
 *   cost: async ({ theta }) => 2 * theta,
 *   gradients: async () => ({ dtheta: 2 }),
 * });
 * report.verdict; // => "correct"
 */
export async function checkGradientsAsync<Parameters extends object>(
  problem: AsyncGradientProblem<Parameters>,
  options: CheckOptions = {},
): Promise<GradientReport> {
  return driveAsync(gradientCheck("checkGradientsAsync()", problem, options), options);
}

/**
 * Arguments brought into order, and the check on them, which asks for evaluations.
 *
 * @param where the function that was called, for messages
 */
export function* gradientCheck<Parameters extends object>(
  where: string,
  problem: AsyncGradientProblem<Parameters>,
  options: CheckOptions,
): ReverseCommunication<GradientReport> {
  if (typeof problem !== "object" || problem === null) {
    throw new OptionError(`${where}: expected { parameters, cost, gradients }, got ${show(problem)}`);
  }
  for (const name of ["cost", "gradients"] as const) {
    if (typeof problem[name] !== "function") {
      throw new OptionError(`${where}: ${name} must be a function of the parameters, got ${show(problem[name])}`);
    }
  }
  const tree = new ParameterTree(where, problem.parameters);
  // A check of nothing agrees with everything.
  if (tree.theta.length === 0) throw new OptionError(`${where}: parameters hold no number: there is nothing to check`);
  const names = tree.blocks.map(({ name }) => name);
  const flat = flatten(tree, problem);
  const complete = parseCheckOptions(where, options, names);
  return gradientReport(
    yield* checkTwice(flat, complete, where, () => trainByAdam(flat, complete.trainingSteps, where)),
  );
}

/** The problem on one vector. Each call gets parameters of its own, which tells whether the function changed them. */
function flatten<Parameters extends object>(
  tree: ParameterTree,
  { cost, gradients }: AsyncGradientProblem<Parameters>,
): FlatProblem {
  const remarks = new Map<string, Message>();
  const watch = (name: "cost" | "gradients", given: object, theta: Float64Array): void => {
    if (remarks.has(name)) return;
    const changed = tree.changedIn(given, theta);
    if (changed !== undefined)
      remarks.set(name, say("check.changesParameters", { function: name, parameter: changed }));
  };
  return {
    theta: tree.theta,
    blocks: tree.blocks,
    cost: (theta) => {
      const given = tree.build(theta, true);
      // θ is changed between calls; what the function was given has to be compared with what it was then.
      const before = theta.slice();
      return after(cost(given as Parameters), (value) => {
        watch("cost", given, before);
        return value;
      });
    },
    gradient: (theta) => {
      const given = tree.build(theta, false);
      return after(gradients(given as Parameters), (value) => {
        const result = tree.readGradients(value);
        watch("gradients", given, theta);
        return result;
      });
    },
    remarks: () => [...tree.remarks.values(), ...remarks.values()],
    misshapen: (name) => tree.misshapen.get(name),
    explain: (evidence) => explainBlocks(evidence, tree.blocks.length),
  };
}
