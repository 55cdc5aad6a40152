import { Matrix } from "../src/array/matrix.js";
import type { LossName } from "../src/ops/names.js";
import type { RandomState } from "../src/random/randomState.js";

/** Targets that a loss accepts, outputs × examples: labels that alternate, one-hot columns, or normal numbers. */
export function targetsFor(loss: LossName, outputs: number, examples: number, random: RandomState): Matrix {
  if (loss === "meanSquaredError") return random.randn(outputs, examples);
  const Y = Matrix.zeros(outputs, examples);
  for (let j = 0; j < examples; j++) {
    if (loss === "categoricalCrossEntropy") Y.set(j % outputs, j, 1);
    else for (let i = 0; i < outputs; i++) Y.set(i, j, (i + j) % 2);
  }
  return Y;
}

/** A mask of 0 and 1, rows × examples, each 1 with probability `keep`. */
export function maskOf(rows: number, examples: number, keep: number, random: RandomState): Matrix {
  const D = random.rand(rows, examples);
  for (let k = 0; k < D.data.length; k++) D.data[k] = D.data[k] < keep ? 1 : 0;
  return D;
}
