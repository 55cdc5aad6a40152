import { Matrix } from "../../../array/matrix.js";
import { ShapeError } from "../../../array/shapeError.js";
import type { DropoutMask, Operation } from "../../op.js";

/**
 * Inverted dropout: `A ∘ D / keep` forward, `dA ∘ D / keep` backward with the same mask D; without a mask, as in
 * prediction, it hands on what it gets.
 *
 * Source: Srivastava et al. 2014, "Dropout: a simple way to prevent neural networks from overfitting".
 */
export const dropout = {
  keeps: "nothing",
  sameUnits: true,
  takesMembers: true,
  shapes: (inputs) => inputs,
  carries: (_output, row) => ({ input: 0, row }),
  forward: ([A], { mask }) => ({ outputs: [applyMask(A, mask)] }),
  backward: ([dA], { mask }) => ({ inputs: [applyMask(dA, mask)], parameters: [] }),
} as const satisfies Operation;

/** `A ∘ D / keep`, used forward on A and backward on dA. */
export function applyMask(A: Matrix, mask: DropoutMask | undefined): Matrix {
  if (mask === undefined) return A;
  if (mask.D.rows !== A.rows || mask.D.columns !== A.columns) {
    throw new ShapeError(
      `dropout: a ${mask.D.rows} × ${mask.D.columns} mask does not fit ${A.rows} × ${A.columns} activations`,
    );
  }
  const kept = Matrix.zeros(A.rows, A.columns, A.dtype); // (units × examples)
  for (let k = 0; k < kept.data.length; k++) kept.data[k] = (A.data[k] * mask.D.data[k]) / mask.keep;
  return kept;
}
