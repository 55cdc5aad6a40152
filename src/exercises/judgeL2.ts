import { Matrix } from "../array/matrix.js";
import type { Message } from "../constraint/message.js";
import { RandomState } from "../random/randomState.js";
import { given, givenAll } from "./arrays.js";
import { requireGradients, requireRight } from "./backward.js";
import type { BackwardCase } from "./backwardChain.js";
import { type CostAnswer, costCauses } from "./costReading.js";
import { cacheNames, crossEntropy, drawData, forwardPass, type Named, sumOfSquares } from "./course.js";
import { isClose, requireScalar, text } from "./expect.js";
import { type FunctionJudge, type Judged, type JudgeOptions, judgeFunctions, Wrong } from "./judging.js";
import { say } from "./say.js";
import { type Solution, SolutionError } from "./solution.js";
import type { ExerciseValue } from "./value.js";
import type { ExerciseVerdict } from "./verdict.js";

/** Sizes of the judge's networks, examples and λ. No two layers are as wide, so that a transposed array does not fit. */
const cases = [
  { dims: [4, 5, 3, 1], m: 7, lambda: 0.7 },
  { dims: [2, 20, 3, 1], m: 11, lambda: 0.1 },
  { dims: [3, 2, 4, 1], m: 5, lambda: 1.9 },
  { dims: [5, 3, 2, 1], m: 6, lambda: 0 },
] as const;

/**
 * Judges a solution of the exercise on L2 regularization:
 * `J = −(1/m) Σ [y log a + (1 − y) log(1 − a)] + λ/(2m) Σ W²` and `dW[l] = (1/m) dZ[l] A[l−1]ᵀ + (λ/m) W[l]`.
 *
 * Each function is judged alone, by values and shapes, on networks, data and λ of the judge's own.
 *
 * @param options seed of the inputs
 * @throws OptionError for a solution or a seed that is none
 * @see Andrew Ng et al., "Improving Deep Neural Networks", week 1, regularization
 *
 * @example
 * import { exerciseInWords, judgeL2, type Solution } from "gradproof/exercises";
 * const nothing: Solution = { language: "python", names: ["compute_cost_with_regularisation"], call: async () => null };
 * const { functions } = await judgeL2(nothing);
 * const verdict = functions.compute_cost_with_regularization;
 * verdict?.verdict; // => "missing"
 * verdict && exerciseInWords(verdict.why); // => "the file has compute_cost_with_regularisation, but no compute_cost_with_regularization"
 */
export function judgeL2(solution: Solution, options: JudgeOptions = {}): Promise<ExerciseVerdict> {
  return judgeFunctions("judgeL2()", "l2", solution, options, {
    compute_cost_with_regularization: judgeCost,
    backward_propagation_with_regularization: judgeBackward,
  });
}

const judgeCost: FunctionJudge = async (judged, seed) => {
  const random = new RandomState(seed);
  const answers: CostAnswer[] = [];
  for (const { dims, m, lambda } of cases) {
    const { X, Y, parameters } = drawData(random, dims, m);
    const { A3 } = forwardPass(X, parameters);
    answers.push({ A: A3, Y, parameters, lambda, got: await costOf(judged, A3, Y, parameters, lambda) });
  }
  const expected = ({ A, Y, parameters, lambda }: CostAnswer): number => {
    const squares = ["W1", "W2", "W3"].reduce((sum, name) => sum + sumOfSquares(parameters[name]), 0);
    return crossEntropy(A, Y) + (lambda / (2 * Y.columns)) * squares;
  };
  const wrong = answers.find((answer) => !isClose([answer.got], [expected(answer)], 1e-5));
  if (wrong !== undefined) {
    const { lambda, Y, got } = wrong;
    const values = { lambda, m: Y.columns, got: text(got), expected: text(expected(wrong)) };
    throw new Wrong(say("wrong.cost", values, { cause: costCauses(answers, true) }), say("next.costWithPenalty"));
  }
  return { why: say("right.values", { cases: answers.length }), ...(await saturation(judged)) };
};

async function costOf(judged: Judged, A3: Matrix, Y: Matrix, parameters: Named, lambda: number): Promise<number> {
  const value = await judged.call([given(A3), given(Y), givenAll(parameters), lambda]);
  return requireScalar(judged, "cost", value).data[0];
}

/** Outputs of exactly 0 and 1, each right: log 0 stands beside a factor of 0. A plain sum makes NaN of it. */
async function saturation(judged: Judged): Promise<{ next: Message } | undefined> {
  const A3 = Matrix.row([1, 0, 0.5]);
  const Y = Matrix.row([1, 0, 1]);
  const { parameters } = drawData(new RandomState(1), [2, 3, 2, 1], 3);
  try {
    if (Number.isFinite(await costOf(judged, A3, Y, parameters, 0))) return undefined;
  } catch (error) {
    if (!(error instanceof Wrong || error instanceof SolutionError)) throw error;
  }
  return { next: say("next.saturated") };
}

const judgeBackward: FunctionJudge = async (judged, seed) => {
  const random = new RandomState(seed);
  const answers = [];
  for (const { dims, m, lambda } of cases) {
    const data = drawData(random, dims, m);
    const at: BackwardCase = { ...data, values: forwardPass(data.X, data.parameters), lambda };
    const cache: ExerciseValue = cacheNames.map((name) => given(at.values[name]));
    answers.push(requireGradients(judged, at, await judged.call([given(at.X), given(at.Y), cache, lambda])));
  }
  requireRight(answers);
  return { why: say("right.values", { cases: answers.length }) };
};
