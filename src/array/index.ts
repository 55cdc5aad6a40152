/** Algebra of matrices. Entry point `gradproof/array`. */

export { add, divide, elementwise, map, multiply, type Operand, subtract } from "./broadcast.js";
export { product, productWithTransposed, transpose, transposedProduct } from "./product.js";
export { type Axis, mean, sum } from "./reduce.js";
