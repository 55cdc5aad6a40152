import { Plan, Step } from "../../../../kernels/generated/shared";
import { productBackward, productForward } from "../../layer/dense/dense.kernel";

/** A thread computes its own rows of each product, from all rows of the factors. */
export const rows = "shared";

/** `Y = P X` */
export function forward<T>(p: Plan, s: Step): void {
  productForward<T>(p, s, false);
}

/** `dP (+)= dY Xᵀ`, `dX = Pᵀ dY`. */
export function backward<T>(p: Plan, s: Step): void {
  productBackward<T>(p, s, false);
}
