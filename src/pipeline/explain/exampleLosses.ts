import type { Matrix } from "../../array/matrix.js";
import type { Task } from "../../data/dataset.js";

/**
 * The loss of each example: `−log p` of its own class, p at least 2⁻⁵² as `logLoss` has it, or the squared error, a mean over outputs.
 *
 * @param P probabilities or numbers, outputs × examples
 * @param Y targets of the same shape
 */
export function exampleLosses(P: Matrix, Y: Matrix, task: Task): Float64Array {
  const m = P.columns;
  const losses = new Float64Array(m);
  for (let i = 0; i < P.rows; i++) {
    for (let j = 0; j < m; j++) {
      const [p, y] = [P.data[i * m + j], Y.data[i * m + j]];
      if (task === "regression") losses[j] += (p - y) ** 2 / P.rows;
      else if (y === 1) losses[j] -= Math.log(Math.max(p, Number.EPSILON));
      else if (P.rows === 1) losses[j] -= Math.log(Math.max(1 - p, Number.EPSILON));
    }
  }
  return losses;
}
