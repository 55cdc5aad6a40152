import type { Matrix } from "../array/matrix.js";
import { type ActivationTraits, numbersOfUnit, type Piece } from "../ops/activation/activation.js";
import { complete, type Numbers, numbersOf } from "../ops/choice.js";
import { activations } from "../ops/generated/activations.js";
import { type ActivationName, type ActivationSpec, activationNamed } from "../ops/names.js";
import type { At } from "../ops/op.js";

/** The nonlinearity g of one layer of a network, with its numbers. */
export interface Activation {
  readonly name: ActivationName;
  readonly traits: ActivationTraits;
  readonly options: Numbers;
  /** The smooth functions it is made of; undefined where a row depends on others. */
  readonly pieces: readonly Piece[] | undefined;
  /** Options and what unit i, from 0, has learned: what the pieces work with. */
  numbers(i: number): Numbers;
  /** `A = g(Z)`, units × examples. */
  forward(Z: Matrix): Matrix;
  /** `dZ = dA ∘ g'(Z)`, units × examples (for softmax the product with its Jacobian, column by column). */
  backward(dA: Matrix, Z: Matrix, A: Matrix): Matrix;
}

/**
 * The activation a specification names.
 *
 * @param learned what its units have learned, in the order of its parameters; units × 1 each
 */
export function activationOf(spec: ActivationSpec, learned: readonly Matrix[] = []): Activation {
  const { type: name } = complete(spec, activations);
  const definition = activationNamed(name);
  const { traits, pieces } = definition;
  const options = numbersOf(spec, activations);
  const at: At = { options, parameters: learned, state: [], training: false, mask: undefined, members: 1 };
  const roles = definition.parameters?.([{ rows: 1 }], options).map(({ role }) => role) ?? [];
  return {
    name,
    traits,
    options,
    pieces,
    numbers: (i) => numbersOfUnit(i, options, roles, learned),
    forward: (Z) => definition.forward([Z], at).outputs[0],
    backward: (dA, Z, A) => definition.backward([dA], { ...at, inputs: [Z], outputs: [A], cache: [] }).inputs[0],
  };
}
