import { product, productWithTransposed, transposedProduct } from "../../../array/product.js";
import type { Operation } from "../../op.js";

/** `Y = P X`, without a bias; backward `dP = dY Xᵀ`, `dX = Pᵀ dY`. */
export const project = {
  keeps: "input",
  shapes: (_inputs, { units }) => [{ rows: units }],
  parameters: ([{ rows }], { units }) => [
    { role: "P", rows: units, columns: rows, start: "initializer", decays: true },
  ],
  forward: ([X], { parameters: [P] }) => ({ outputs: [product(P, X)] }), // (units × examples)
  backward: ([dY], { inputs: [X], parameters: [P] }) => ({
    inputs: [transposedProduct(P, dY)], // (inputs × examples)
    parameters: [productWithTransposed(dY, X)], // (units × inputs)
  }),
} as const satisfies Operation;
