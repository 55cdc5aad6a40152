import { CodedError } from "../constraint/codedError.js";

/**
 * A shape that does not fit an operation. The message names the operation and both shapes; its code may be `prose`.
 *
 * @example
 * import { Matrix, ShapeError } from "gradproof";
 * import { product } from "gradproof/array";
 * let message = "";
 * try {
 *   product(Matrix.zeros(2, 3), Matrix.zeros(2, 3));
 * } catch (error) {
 *   if (error instanceof ShapeError) message = error.message;
 * }
 * message; // => "product(): a 2 × 3 matrix cannot be multiplied by a 2 × 3 matrix: 3 columns against 2 rows"
 */
export class ShapeError extends CodedError {
  override readonly name = "ShapeError";
}
