import { requireFunction, requireList } from "../constraint/kinds.js";

/** Result of the textbook gradient check. */
export interface TextbookCheck {
  /** `‖dθ − dθ_approx‖ / (‖dθ‖ + ‖dθ_approx‖)`; 0 when both are zero. */
  readonly difference: number;
  /** The two-sided numerical derivative of each entry. */
  readonly approximation: Float64Array;
}

/**
 * The gradient check as textbooks have it: every entry of the gradient against the two-sided difference quotient
 * `(J(θ + ε eᵢ) − J(θ − ε eᵢ)) / 2ε`, whose error is O(ε²), and one number for all of them:
 * `difference = ‖dθ − dθ_approx‖ / (‖dθ‖ + ‖dθ_approx‖)`.
 *
 * With ε = 1e-7, 1e-7 or below is good, 1e-5 is worth a look, 1e-3 is a bug; but rounding alone can exceed 1e-7.
 *
 * @param cost J(θ); called 2 n times with a changed copy of θ
 * @param theta where to check, n numbers
 * @param gradient the gradient to check, n numbers
 * @param epsilon step, > 0; default 1e-7
 * @throws RangeError when the lengths differ, or a gradient entry or a cost is not finite
 * @see Andrew Ng et al., "Improving Deep Neural Networks", week 1, gradient checking
 *
 * @example
 * import { textbookCheck } from "gradproof/gradcheck";
 * // J(θ) = Σ 2 θ: every derivative is 2.
 * const cost = (theta: Float64Array) => theta.reduce((J, t) => J + 2 * t, 0);
 * const { difference } = textbookCheck(cost, [4], [2]);
 * difference < 1e-9; // => true
 * textbookCheck(cost, [4], [4]).difference.toFixed(4); // => "0.3333"
 */
export function textbookCheck(
  cost: (theta: Float64Array) => number,
  theta: ArrayLike<number>,
  gradient: ArrayLike<number>,
  epsilon = 1e-7,
): TextbookCheck {
  requireFunction("textbookCheck(): cost", cost, "a function of θ");
  requireList("textbookCheck(): theta", theta, "an array of numbers");
  requireList("textbookCheck(): gradient", gradient, "an array of numbers");
  if (gradient.length !== theta.length) {
    throw new RangeError(
      `textbookCheck(): θ has ${theta.length} entries, the gradient ${gradient.length}; they must agree`,
    );
  }
  if (!(epsilon > 0 && epsilon < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`textbookCheck(): epsilon must be a finite number above 0, got ${epsilon}`);
  }
  const shifted = Float64Array.from(theta);
  const approximation = new Float64Array(theta.length);
  for (let i = 0; i < theta.length; i++) {
    if (!Number.isFinite(gradient[i])) {
      throw new RangeError(`textbookCheck(): entry ${i} of the gradient is ${gradient[i]}`);
    }
    const value = shifted[i];
    shifted[i] = value + epsilon;
    const plus = finiteCost(cost(shifted), i, "+");
    shifted[i] = value - epsilon;
    const minus = finiteCost(cost(shifted), i, "−");
    shifted[i] = value;
    approximation[i] = (plus - minus) / (2 * epsilon);
  }
  return { difference: relativeDifference(gradient, approximation), approximation };
}

/** `‖a − b‖ / (‖a‖ + ‖b‖)`; 0 when both are zero, so that a gradient that rightly vanishes passes. */
export function relativeDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let difference = 0;
  let left = 0;
  let right = 0;
  for (let i = 0; i < a.length; i++) {
    difference += (a[i] - b[i]) ** 2;
    left += a[i] ** 2;
    right += b[i] ** 2;
  }
  const size = Math.sqrt(left) + Math.sqrt(right);
  return size === 0 ? 0 : Math.sqrt(difference) / size;
}

function finiteCost(value: number, index: number, sign: string): number {
  if (Number.isFinite(value)) return value;
  throw new RangeError(`textbookCheck(): the cost at θ[${index}] ${sign} ε is ${value}; it must be a finite number`);
}
