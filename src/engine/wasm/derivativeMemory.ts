import type { Program, Step } from "../../network/program.js";
import type { StepKernel } from "./kernelOperations.js";

/**
 * Finds room for the derivative by each value that depends on a parameter, from the loss back. A step works in place where
 * its kernel can.
 *
 * @param working steps that do something; idle ones hand derivatives on as they are
 * @param head the value by which the loss gives its derivative
 * @param take room for some rows
 * @returns addresses by value
 */
export type PlaceDerivatives = (
  program: Program,
  working: readonly { readonly step: Step; readonly kernel: StepKernel }[],
  head: number,
  take: (rows: number) => number,
) => ReadonlyMap<number, number>;

export const placeDerivatives: PlaceDerivatives = (program, working, head, takeRows) => {
  const found = new Map<number, number>();
  const wanted = dependsOnParameters(program);
  const rowsOf = (value: number): number => program.values[value].rows;
  const take = (value: number): number => {
    const at = found.get(value) ?? takeRows(rowsOf(value));
    found.set(value, at);
    return at;
  };
  const kernels = new Map(working.map(({ step, kernel }) => [step, kernel]));
  // The step that a loss by the logits replaces comes after its head.
  const backward = head === program.output ? program.steps : program.steps.slice(0, -1);
  take(head);
  for (const step of backward.toReversed()) {
    if (!step.outputs.some((value) => wanted.has(value))) continue;
    const kernel = kernels.get(step);
    const dOutputs = step.outputs.map(take);
    for (const [k, input] of step.inputs.entries()) {
      if (!wanted.has(input)) continue;
      const inPlace = kernel === undefined || kernel.inPlace === "backward" || kernel.inPlace === "both";
      if (k === 0 && inPlace && rowsOf(input) === rowsOf(step.outputs[0])) found.set(input, dOutputs[0]);
      else take(input);
    }
  }
  return found;
};

/** Values that change with θ. */
function dependsOnParameters(program: Program): ReadonlySet<number> {
  const found = new Set<number>();
  for (const { inputs, outputs, parameters } of program.steps) {
    if (parameters.length > 0 || inputs.some((value) => found.has(value)))
      for (const output of outputs) found.add(output);
  }
  return found;
}
