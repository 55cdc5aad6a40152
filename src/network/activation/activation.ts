import { map } from "../../array/broadcast.js";
import { Matrix } from "../../array/matrix.js";
import type { ActivationName } from "../spec.js";

/** A layer's nonlinearity g, with what forward and backward need of it. */
export interface Activation {
  readonly name: ActivationName;
  /** Slope below zero, of `leakyRelu` alone. */
  readonly slope?: number;
  /** `A = g(Z)`, units × examples. */
  forward(Z: Matrix): Matrix;
  /** `dZ = dA ∘ g'(Z)`, units × examples (for softmax the product with its Jacobian, column by column). */
  backward(dA: Matrix, Z: Matrix, A: Matrix): Matrix;
}

/** An activation that acts on each entry alone. */
export interface EntrywiseActivation extends Activation {
  /** g(z) */
  value(z: number): number;
  /** g'(z), given z and a = g(z) */
  derivative(z: number, a: number): number;
}

/** Builds an activation from the scalar functions g and g'. */
export function entrywise(
  name: ActivationName,
  value: (z: number) => number,
  derivative: (z: number, a: number) => number,
): EntrywiseActivation {
  return {
    name,
    value,
    derivative,
    forward: (Z) => map(Z, value),
    backward(dA, Z, A) {
      const dZ = Matrix.zeros(Z.rows, Z.columns, Z.dtype); // (units × examples)
      for (let k = 0; k < dZ.data.length; k++) dZ.data[k] = dA.data[k] * derivative(Z.data[k], A.data[k]);
      return dZ;
    },
  };
}
