import { OptionError, show } from "../constraint/constraint.js";
import { checkFlat } from "./checkFlat.js";
import { type CheckOptions, parseCheckOptions } from "./checkOptions.js";
import { drive, driveAsync } from "./drive.js";
import { ParameterTree } from "./parameterTree.js";
import type { Asking, Eventual, FlatProblem } from "./problem.js";
import type { GradientReport } from "./report.js";

/** A cost, its parameters, and the gradients to check. */
export interface GradientProblem<Parameters extends object> {
  /**
   * Where to check: numbers, vectors (`number[]`, `Float64Array`, `Float32Array`) and matrices (`number[][]`, `Matrix`)
   * under any names, in plain objects nested as you like.
   */
  readonly parameters: Parameters;
  /** J, the cost. It gets parameters of the same keys and kinds; float32 arrays come as float64. */
  readonly cost: (parameters: Parameters) => number;
  /** The gradients under test, under the same keys; `dW1` is taken for `W1`. */
  readonly gradients: (parameters: Parameters) => object;
}

/** The same with functions that may return promises. */
export interface AsyncGradientProblem<Parameters extends object> {
  readonly parameters: Parameters;
  readonly cost: (parameters: Parameters) => Eventual<number>;
  readonly gradients: (parameters: Parameters) => Eventual<object>;
}

/**
 * Checks a gradient against the cost it should be the gradient of.
 */
export function checkGradients<Parameters extends object>(
  problem: GradientProblem<Parameters>,
  options: CheckOptions = {},
): GradientReport {
  return drive(checking("checkGradients()", problem, options), options.signal);
}

/** `checkGradients` for functions that return promises. */
export async function checkGradientsAsync<Parameters extends object>(
  problem: AsyncGradientProblem<Parameters>,
  options: CheckOptions = {},
): Promise<GradientReport> {
  return driveAsync(checking("checkGradientsAsync()", problem, options), options.signal);
}

function checking<Parameters extends object>(
  where: string,
  problem: AsyncGradientProblem<Parameters>,
  options: CheckOptions,
): Asking<GradientReport> {
  for (const name of ["cost", "gradients"] as const) {
    if (typeof problem[name] !== "function") {
      throw new OptionError(`${where}: ${name} must be a function of the parameters, got ${show(problem[name])}`);
    }
  }
  const tree = new ParameterTree(where, problem.parameters);
  const flat: FlatProblem = {
    theta: tree.theta,
    blocks: tree.blocks,
    cost: (theta) => problem.cost(tree.build(theta, true) as Parameters),
    gradient: (theta) => {
      const answer = problem.gradients(tree.build(theta, false) as Parameters);
      return "then" in answer && typeof answer.then === "function"
        ? Promise.resolve(answer as PromiseLike<object>).then((gradients) => tree.readGradients(gradients))
        : tree.readGradients(answer);
    },
  };
  const names = tree.blocks.map(({ name }) => name);
  return checkFlat(flat, parseCheckOptions(where, options, names));
}
