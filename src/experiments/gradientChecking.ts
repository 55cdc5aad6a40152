import { Matrix } from "../array/matrix.js";
import { type BlockVerdict, blockVerdicts } from "../gradcheck/blockVerdicts.js";
import { textbookCheck } from "../gradcheck/textbook.js";
import { backward } from "../network/backward.js";
import { cost } from "../network/cost.js";
import { dense } from "../network/dense.js";
import { forward } from "../network/forward.js";
import { type Network, network, networkWith } from "../network/network.js";
import { log } from "../numeric/log.js";
import { RandomState } from "../random/randomState.js";

/** One gradient held against its numerical approximation. */
export interface CheckedGradient {
  /** The textbook's number. */
  readonly difference: number;
  readonly verdict: "correct" | "wrong";
  readonly blocks: readonly BlockVerdict[];
  /** Names of the blocks that are wrong, in the order the backward pass meets them: last layer first. */
  readonly wrongBlocks: readonly string[];
  /** Claimed and numerical gradient by block, each with the block's shape. */
  readonly entries: readonly BlockEntries[];
}

export interface BlockEntries {
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  readonly claimed: readonly number[];
  readonly numerical: readonly number[];
}

export interface GradientCheckingResult {
  readonly oneDimension: { readonly difference: number };
  /** The right backward pass; `differenceFromLogits` is what remains with the cost computed from the logits. */
  readonly correct: CheckedGradient & { readonly differenceFromLogits: number };
  /** The same with two planted bugs: dW2 × 2 and db1 × 4. */
  readonly planted: CheckedGradient;
}

const epsilon = 1e-7;

/**
 * The gradient checking experiment: `J(θ) = θ x` at x = 2, θ = 4; then a 4-5-3-1 network on three examples, once with
 * the right backward pass and once with two planted bugs.
 *
 * With the cost in its textbook form, `−[y log a + (1 − y) log(1 − a)]`, the right pass misses the textbook threshold of
 * 1e-7: a false alarm, from the digits that 1 − a loses where a is near 1. Computed from the logits, the same cost passes
 * with a difference a hundred times smaller.
 */
export function gradientCheckingExperiment(): GradientCheckingResult {
  const { model, X, Y } = referenceCase();
  const { dTheta, gradients } = backward(model, forward(model, X).cache, Y);
  const correct = check(model, X, Y, dTheta);
  const fromLogits = textbookCheck(
    (theta) => {
      const moved = networkWith(model.spec, theta);
      return cost(moved, forward(moved, X), Y).cost;
    },
    model.theta,
    dTheta,
    epsilon,
  );
  for (let k = 0; k < gradients.dW2.data.length; k++) gradients.dW2.data[k] *= 2;
  for (let k = 0; k < gradients.db1.data.length; k++) gradients.db1.data[k] *= 4;
  const planted = check(model, X, Y, dTheta);
  const oneDimension = textbookCheck(([theta]) => theta * 2, [4], [2], epsilon);
  return {
    oneDimension: { difference: oneDimension.difference },
    correct: { ...correct, differenceFromLogits: fromLogits.difference },
    planted,
  };
}

/**
 * The course's test case: `RandomState(1)` draws X, then W and b layer by layer, all from N(0, 1); labels 1, 1, 0.
 */
function referenceCase(): { model: Network; X: Matrix; Y: Matrix } {
  const random = new RandomState(1);
  const model = network({ inputs: 4, layers: [dense(5, "relu"), dense(3, "relu"), dense(1, "sigmoid")] });
  const X = random.randn(4, 3); // (features × examples)
  for (const { W, b } of model.layers) {
    W.data.set(random.randn(W.rows, W.columns).data);
    b.data.set(random.randn(b.rows, 1).data);
  }
  return { model, X, Y: Matrix.row([1, 1, 0]) };
}

/** The check as a student writes it, with the cost in its textbook form. */
function check(model: Network, X: Matrix, Y: Matrix, dTheta: ArrayLike<number>): CheckedGradient {
  const J = (theta: Float64Array): number => {
    const A = forward(networkWith(model.spec, theta), X).output.data; // (1 × examples)
    let total = 0;
    for (let j = 0; j < A.length; j++) total -= log(Y.data[j] === 1 ? A[j] : 1 - A[j]);
    return total / A.length;
  };
  const { difference, approximation } = textbookCheck(J, model.theta, dTheta, epsilon);
  const blocks = blockVerdicts(
    model.layout.map(({ name, offset, rows, columns }) => ({ name, offset, length: rows * columns })),
    dTheta,
    approximation,
    J(Float64Array.from(model.theta)),
    epsilon,
  );
  const wrongBlocks = blocks.filter(({ verdict }) => verdict === "wrong").map(({ name }) => name);
  return {
    difference,
    verdict: wrongBlocks.length === 0 ? "correct" : "wrong",
    blocks,
    wrongBlocks: wrongBlocks.reverse(),
    entries: model.layout.map(({ name, rows, columns, offset }) => ({
      name,
      rows,
      columns,
      claimed: Array.from({ length: rows * columns }, (_, k) => dTheta[offset + k]),
      numerical: Array.from(approximation.subarray(offset, offset + rows * columns)),
    })),
  };
}
