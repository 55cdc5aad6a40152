import { Matrix } from "../array/matrix.js";
import { RandomState } from "../random/randomState.js";
import type { CourseData } from "./course.js";

/** The course's case for checking gradients: a network 4-5-3-1 and 3 examples, drawn in this order after `np.random.seed(1)`. */
export function courseCase(): CourseData {
  const random = new RandomState(1);
  const X = random.randn(4, 3);
  const Y = Matrix.row([1, 1, 0]);
  const parameters = {
    W1: random.randn(5, 4),
    b1: random.randn(5, 1),
    W2: random.randn(3, 5),
    b2: random.randn(3, 1),
    W3: random.randn(1, 3),
    b3: random.randn(1, 1),
  };
  return { X, Y, parameters };
}
