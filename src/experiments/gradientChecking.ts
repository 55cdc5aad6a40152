import { Matrix } from "../array/matrix.js";
import { checkGradients } from "../gradcheck/checkGradients.js";
import type { GradientReport } from "../gradcheck/report.js";
import { textbookCheck } from "../gradcheck/textbook.js";
import { backward, type Gradient } from "../network/backward.js";
import { cost } from "../network/cost.js";
import { dense } from "../network/dense.js";
import { forward } from "../network/forward.js";
import { type Network, network, networkWith } from "../network/network.js";
import { log } from "../numeric/log.js";
import { RandomState } from "../random/randomState.js";

/** One gradient held against the cost. */
export interface CheckedGradient {
  /** The textbook's number. */
  readonly difference: number;
  readonly verdict: GradientReport["verdict"];
  /** The whole check, in textbook mode. */
  readonly report: GradientReport;
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
 * 1e-7: a false alarm, from the digits that 1 − a loses where a is near 1, and the report says so. Computed from the
 * logits, the same cost passes with a difference a hundred times smaller.
 */
export function gradientCheckingExperiment(): GradientCheckingResult {
  const { model, X, Y } = referenceCase();
  const { dTheta } = backward(model, forward(model, X).cache, Y);
  const correct = check(model, X, Y, ({ gradients }) => gradients);
  const fromLogits = textbookCheck(
    (theta) => {
      const moved = networkWith(model.spec, theta);
      return cost(moved, forward(moved, X), Y).cost;
    },
    model.theta,
    dTheta,
    epsilon,
  );
  const planted = check(model, X, Y, ({ gradients }) => ({
    ...gradients,
    dW2: times(2, gradients.dW2),
    db1: times(4, gradients.db1),
  }));
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
function check(model: Network, X: Matrix, Y: Matrix, gradients: (gradient: Gradient) => object): CheckedGradient {
  const parameters = Object.fromEntries(
    model.layers.flatMap(({ W, b }, index) => [
      [`W${index + 1}`, W],
      [`b${index + 1}`, b],
    ]),
  );
  const at = (p: typeof parameters): Network =>
    networkWith(model.spec, Float64Array.from(model.layout.flatMap(({ name }) => Array.from(p[name].data))));
  const J = (p: typeof parameters): number => {
    const A = forward(at(p), X).output.data; // (1 × examples)
    let total = 0;
    for (let j = 0; j < A.length; j++) total -= log(Y.data[j] === 1 ? A[j] : 1 - A[j]);
    return total / A.length;
  };
  const claimed = (p: typeof parameters): object => {
    const moved = at(p);
    return gradients(backward(moved, forward(moved, X).cache, Y));
  };
  const report = checkGradients({ parameters, cost: J, gradients: claimed }, { mode: "textbook" });
  const wrongBlocks = report.blocks.filter(({ verdict }) => verdict === "wrong").map(({ name }) => name);
  return {
    difference: report.difference ?? Number.NaN,
    verdict: report.verdict,
    report,
    wrongBlocks: wrongBlocks.reverse(),
    entries: report.blocks.map(({ name, shape: [rows, columns], entries = [] }) => ({
      name,
      rows,
      columns,
      claimed: entries.map((entry) => entry.claimed),
      numerical: entries.map((entry) => entry.numerical),
    })),
  };
}

function times(factor: number, A: Matrix): Matrix {
  return new Matrix(
    A.rows,
    A.columns,
    A.data.map((a) => factor * a),
  );
}
