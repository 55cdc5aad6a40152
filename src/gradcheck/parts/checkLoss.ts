import { Matrix } from "../../array/matrix.js";
import { OptionError, show } from "../../constraint/constraint.js";
import { RandomStream } from "../../random/streams.js";
import { gradientCheck } from "../checkGradients.js";
import type { CheckOptions } from "../checkOptions.js";
import { drive } from "../drive.js";
import type { ParameterValue } from "../parameterValue.js";
import type { GradientReport } from "../report.js";
import { splitOptions } from "./splitOptions.js";

/** A loss of one's own: the cost of outputs A against targets Y, and its derivative by A. */
export interface OwnLoss<Values> {
  readonly cost: (A: Values, Y: Values) => number;
  /** dA, of the shape of A. */
  readonly gradient: (A: Values, Y: Values) => ParameterValue;
}

export interface LossCheckOptions<Values> extends Omit<CheckOptions, "blocks"> {
  /** Outputs, in the form the loss takes them: a `Matrix`, rows of numbers, a vector. Default: see `checkLoss`. */
  readonly A?: Values;
  /** Targets, handed to the loss as they are. */
  readonly Y?: Values;
}

const where = "checkLoss()";

/**
 * Checks the derivative of a loss by the outputs: `gradient(A, Y)` against differences of `cost(A, Y)`.
 *
 * Without outputs and targets of your own it takes, as `Matrix`, A of 3 outputs × 5 examples between 0.1 and 0.9 and one-hot
 * Y, which suit squared errors and cross-entropies alike. A gradient for the logits is checked with logits in the place of A.
 *
 * @param loss `cost` and `gradient`; whether they are sums or means is theirs to decide, as long as they agree
 * @param options `A` and `Y`, both or none; mode, seed, progress, signal as for `checkGradients`
 * @throws OptionError where a function is missing, for a cost that is not a number and for `A` without `Y`; ShapeError for a
 *   gradient of another shape than A
 *
 * @example
 * import { Matrix } from "gradproof";
 * import { map, mean, subtract } from "gradproof/array";
 * import { checkLoss, messageInWords } from "gradproof/gradcheck";
 * const report = checkLoss(
 *   {
 *     cost: (A, Y) => mean(map(subtract(A, Y), (error) => error ** 2), "columns").get(0, 0),
 *     gradient: (A, Y) => subtract(A, Y), // without the factor 2 / m
 *   },
 *   { A: Matrix.row([0.3, 0.8, 0.1, 0.6]), Y: Matrix.row([0, 1, 0, 1]) },
 * );
 * const explanation = report.blocks[0]?.explanation;
 * const text = explanation && messageInWords(explanation);
 * text; // => "dA is 2.000 × the numerical gradient in all 4 entries: an extra factor 2"
 */
export function checkLoss<Values extends ParameterValue = Matrix>(
  loss: OwnLoss<Values>,
  options: LossCheckOptions<Values> = {},
): GradientReport {
  if (typeof loss?.cost !== "function" || typeof loss.gradient !== "function") {
    throw new OptionError(`${where}: expected { cost, gradient }, both functions of (A, Y), got ${show(loss)}`);
  }
  const { own, check } = splitOptions<{ A?: Values; Y?: Values }>(where, options, ["A", "Y"]);
  if ((own.A === undefined) !== (own.Y === undefined)) {
    throw new OptionError(`${where}: give A and Y, or neither`);
  }
  const given = own.A === undefined ? (defaults(check.seed) as { A: Values; Y: Values }) : own;
  const Y = given.Y as Values;
  const problem = {
    parameters: { A: given.A as Values },
    cost: ({ A }: { A: Values }) => loss.cost(A, Y),
    gradients: ({ A }: { A: Values }) => ({ A: loss.gradient(A, Y) }),
  };
  return drive(gradientCheck(where, problem, check), check);
}

function defaults(seed = 1): { A: Matrix; Y: Matrix } {
  const stream = new RandomStream(seed, "check", 0, 1 << 20);
  const A = Matrix.zeros(3, 5); // (outputs × examples)
  const Y = Matrix.zeros(3, 5);
  for (let k = 0; k < A.data.length; k++) A.data[k] = 0.1 + 0.8 * stream.random();
  for (let j = 0; j < Y.columns; j++) Y.set(j % 3, j, 1);
  return { A, Y };
}
