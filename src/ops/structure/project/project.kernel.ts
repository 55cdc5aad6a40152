import { Plan, Step } from "../../../../kernels/generated/shared";
import { endRow, firstRow, valueAt } from "../../../../kernels/tile";
import { layerProduct, productBackward } from "../../layer/dense/dense.kernel";

/** A thread computes its own rows of each product, from all rows of the factors. */
export const rows = "shared";

/** `Y = P X` */
export function forward<T>(p: Plan, s: Step): void {
  const first = firstRow(s.rows);
  layerProduct<T>(p, s, false, valueAt(s.input), valueAt(s.output), first, endRow(s.rows) - first);
}

/** `dP (+)= dY Xᵀ`, `dX = Pᵀ dY`. */
export function backward<T>(p: Plan, s: Step): void {
  productBackward<T>(p, s, false);
}
