import { OptionError, show } from "../constraint/constraint.js";
import { checkFlat } from "./checkFlat.js";
import { type CheckOptions, parseCheckOptions } from "./checkOptions.js";
import { drive, driveAsync, isPromise } from "./drive.js";
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

/** Arguments brought into order, and the check on them. */
function checking<Parameters extends object>(
  where: string,
  problem: AsyncGradientProblem<Parameters>,
  options: CheckOptions,
): Asking<GradientReport> {
  if (typeof problem !== "object" || problem === null) {
    throw new OptionError(`${where}: expected { parameters, cost, gradients }, got ${show(problem)}`);
  }
  for (const name of ["cost", "gradients"] as const) {
    if (typeof problem[name] !== "function") {
      throw new OptionError(`${where}: ${name} must be a function of the parameters, got ${show(problem[name])}`);
    }
  }
  const tree = new ParameterTree(where, problem.parameters);
  const names = tree.blocks.map(({ name }) => name);
  return checkFlat(flatten(tree, problem), parseCheckOptions(where, options, names), where);
}

/** The problem on one vector. Each call gets parameters of its own, which tells whether the function changed them. */
function flatten<Parameters extends object>(
  tree: ParameterTree,
  { cost, gradients }: AsyncGradientProblem<Parameters>,
): FlatProblem {
  const remarks = new Map<string, string>();
  const watch = (name: string, given: object, theta: Float64Array): void => {
    if (remarks.has(name)) return;
    const changed = tree.changedIn(given, theta);
    if (changed === undefined) return;
    remarks.set(
      name,
      `${name}() changes its parameters (${changed}); the check hands out copies, but a training loop does not: let it work ` +
        "on a copy",
    );
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
    remarks: () => [...remarks.values()],
  };
}

/** Goes on with a value, now or when it is there. */
function after<Value, Result>(value: Eventual<Value>, then: (value: Value) => Result): Eventual<Result> {
  return isPromise(value) ? value.then(then) : then(value as Value);
}
