import { Matrix } from "../../../array/matrix.js";
import { exp } from "../../../numeric/exp.js";
import type { ActivationDefinition } from "../activation.js";

/**
 * The probabilities of exclusive classes, column by column, of each member: `aᵢ = e^(zᵢ − M) / Σₖ e^(zₖ − M)`, M = maxₖ zₖ.
 *
 * Shifting by M leaves the quotient unchanged and keeps every exponent at or below 0. Backward is the product with the
 * Jacobian: `dzᵢ = aᵢ (daᵢ − Σₖ daₖ aₖ)`.
 */
export const softmax = {
  options: {},
  traits: { range: [0, 1], lastOnly: true, initializer: "xavier" },
  keeps: "output",
  takesMembers: true,
  shapes: (inputs) => inputs,
  forward([Z], { members }) {
    const A = Matrix.zeros(Z.rows, Z.columns, Z.dtype); // (classes × examples), of each member
    const classes = Z.rows / members;
    for (let first = 0; first < Z.rows; first += classes) {
      for (let j = 0; j < Z.columns; j++) {
        let largest = Number.NEGATIVE_INFINITY;
        for (let i = first; i < first + classes; i++) largest = Math.max(largest, Z.data[i * Z.columns + j]);
        let total = 0;
        for (let i = first; i < first + classes; i++) total += exp(Z.data[i * Z.columns + j] - largest);
        for (let i = first; i < first + classes; i++) {
          A.data[i * Z.columns + j] = exp(Z.data[i * Z.columns + j] - largest) / total;
        }
      }
    }
    return { outputs: [A] };
  },
  backward([dA], { outputs: [A], members }) {
    const dZ = Matrix.zeros(A.rows, A.columns, A.dtype); // (classes × examples), of each member
    const classes = A.rows / members;
    for (let first = 0; first < A.rows; first += classes) {
      for (let j = 0; j < A.columns; j++) {
        let inner = 0;
        for (let i = first; i < first + classes; i++) inner += dA.data[i * A.columns + j] * A.data[i * A.columns + j];
        for (let i = first; i < first + classes; i++) {
          const k = i * A.columns + j;
          dZ.data[k] = A.data[k] * (dA.data[k] - inner);
        }
      }
    }
    return { inputs: [dZ], parameters: [] };
  },
} as const satisfies ActivationDefinition;
