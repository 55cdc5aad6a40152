import { Matrix } from "../src/array/matrix.js";
import { losses } from "../src/ops/generated/losses.js";
import type { LossDefinition } from "../src/ops/loss/loss.js";
import { type ActivationName, type LossName, names } from "../src/ops/names.js";
import type { RandomState } from "../src/random/randomState.js";

const lossNamed = (name: LossName): LossDefinition => losses[name];

/** Every loss, with the output activation it is made for; where any will do, with one that mixes its inputs and one that keeps them. */
export const heads: readonly (readonly [ActivationName, LossName])[] = names.losses.flatMap((name) => {
  const made = names.activations.filter((activation) => lossNamed(name).activation === activation);
  return (made.length > 0 ? made : (["softmax", "linear"] as const)).map((activation) => [activation, name] as const);
});

/** Targets that a loss accepts, outputs × examples: labels that alternate, one-hot columns, or normal numbers. */
export function targetsFor(loss: LossName, outputs: number, examples: number, random: RandomState): Matrix {
  const { task } = lossNamed(loss);
  if (task === "regression") return random.randn(outputs, examples);
  const Y = Matrix.zeros(outputs, examples);
  for (let j = 0; j < examples; j++) {
    if (task === "multiclass") Y.set(j % outputs, j, 1);
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
