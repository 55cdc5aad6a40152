import type { CompleteNetworkSpec } from "../network/parseSpec.js";
import { type Program, programOf } from "../network/program.js";
import type { Configuration } from "./configuration.js";
import { defaultsOf } from "./defaults.js";
import { memberCount } from "./impliedDefaults.js";
import type { Prepared } from "./prepare.js";

/**
 * Floating-point operations that training takes for one example: each weight multiplies and adds once forward and twice backward, for dW
 * and for dA. Functions of single entries, and what an optimizer does once a step, are not counted.
 */
export function operationsAnExample({ steps, values }: Pick<Program, "steps" | "values">): number {
  let weights = 0;
  for (const { operation, outputs, parameters } of steps) {
    // Of a table of codes an example takes a row each, of other parameters all.
    if (operation.codes !== undefined) for (const value of outputs) weights += values[value].rows;
    else for (const { rows, columns } of parameters) weights += rows * columns;
  }
  return 6 * weights;
}

/**
 * Passes over the training set of a configuration that says neither these nor steps: those of its effort, and no more than its budget of
 * operations lets all members take; at least one.
 */
export function epochsFor(
  configuration: Configuration,
  { encoder: { task }, train, folds }: Pick<Prepared, "encoder" | "train" | "folds">,
  { inputs, layers }: Pick<CompleteNetworkSpec, "inputs" | "layers">,
): number {
  const { effort, epochs } = defaultsOf(configuration);
  const { budget, times } = effort(configuration.effort ?? "normal");
  const examples = folds?.[0].train.length ?? train.X.columns;
  const anEpoch = memberCount(configuration) * examples * operationsAnExample(programOf(inputs, layers));
  return Math.max(1, Math.min(times(task) * epochs(task, train.X.columns), Math.floor(budget / anEpoch)));
}
