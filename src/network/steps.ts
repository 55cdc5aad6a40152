import type { FloatArray } from "../array/floatArray.js";
import { Matrix } from "../array/matrix.js";
import type { At, DropoutMask } from "../ops/op.js";
import { viewOf } from "./layout.js";
import type { Program, Step } from "./program.js";

/** A program with its parameters, and the numbers that it keeps without training them. */
export interface Weighted {
  readonly program: Program;
  readonly theta: FloatArray;
  readonly state: FloatArray;
}

/** What a pass is for; masks by the place where units may be dropped. */
export interface Pass {
  readonly training: boolean;
  readonly masks: readonly (DropoutMask | undefined)[];
}

/** What the steps of a program gave. */
export interface Walked {
  readonly pass: Pass;
  /** Every value of the program, rows × examples. */
  readonly values: readonly Matrix[];
  /** What operations left for backward, step by step. */
  readonly caches: readonly (readonly Matrix[])[];
}

/** All steps of a program in their order; `state` is what is to be kept once a step of training is made. */
export function walkForward(network: Weighted, X: Matrix, pass: Pass): Walked & { readonly state: FloatArray } {
  const values: Matrix[] = [X];
  const caches: (readonly Matrix[])[] = [];
  const kept = pass.training ? network.state.slice() : network.state;
  for (const step of network.program.steps) {
    const inputs = step.inputs.map((value) => values[value]);
    const { outputs, cache = [], state = [] } = step.operation.forward(inputs, at(network, step, pass));
    for (const [k, value] of step.outputs.entries()) values[value] = outputs[k];
    for (const [k, { data }] of state.entries()) kept.set(data, step.state[k].offset);
    caches.push(cache);
  }
  return { pass, values, caches, state: kept };
}

/**
 * All steps back from the derivatives of some values. It fills in those of the values before them, X at 0 among them.
 *
 * @param derivatives of the summed cost by each value, where there are any
 * @param learn takes the derivatives by the parameters of a step, sums over the examples
 */
export function walkBackward(
  network: Weighted,
  { pass, values, caches }: Walked,
  derivatives: (Matrix | undefined)[],
  learn: (step: Step, gradients: readonly Matrix[]) => void,
): void {
  const { steps } = network.program;
  for (let s = steps.length - 1; s >= 0; s--) {
    const step = steps[s];
    // The last activation is part of a loss that is computed from the logits.
    if (step.outputs.every((value) => derivatives[value] === undefined)) continue;
    const dOutputs = step.outputs.map((value) => derivatives[value] ?? zerosLike(values[value]));
    const back = step.operation.backward(dOutputs, {
      ...at(network, step, pass),
      inputs: step.inputs.map((value) => values[value]),
      outputs: step.outputs.map((value) => values[value]),
      cache: caches[s],
    });
    for (const [k, value] of step.inputs.entries()) derivatives[value] = back.inputs[k];
    learn(step, back.parameters);
  }
}

/** What a step works with beside its inputs. */
export function at(
  { program, theta, state: kept }: Weighted,
  { options, inputs, parameters, state, site }: Step,
  pass: Pass,
): At {
  return {
    options,
    parameters: parameters.map((window) => viewOf(window, theta)),
    state: state.map((window) => viewOf(window, kept)),
    training: pass.training,
    mask: site === undefined ? undefined : pass.masks[site],
    members: program.values[inputs[0]].members ?? 1,
  };
}

function zerosLike({ rows, columns, dtype }: Matrix): Matrix {
  return Matrix.zeros(rows, columns, dtype);
}
