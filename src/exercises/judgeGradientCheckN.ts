import { RandomState } from "../random/randomState.js";
import { given, givenAll, isDictionary, isList } from "./arrays.js";
import { requireGradients, requireRight } from "./backward.js";
import type { BackwardCase } from "./backwardChain.js";
import { outputCauses, requireCache, sumCauses } from "./cache.js";
import { costCauses } from "./costReading.js";
import { type CourseData, cacheNames, crossEntropy, drawData, forwardPass } from "./course.js";
import { courseCase } from "./courseCase.js";
import { isClose, requireScalar, requireTuple, requireValues, text } from "./expect.js";
import { judgeCheckN } from "./gradientCheckN.js";
import { type FunctionJudge, type Judged, type JudgeOptions, judgeFunctions, Wrong } from "./judging.js";
import { say } from "./say.js";
import { type Solution, SolutionError } from "./solution.js";
import type { ExerciseValue } from "./value.js";
import type { ExerciseVerdict } from "./verdict.js";

/**
 * Judges a solution of the exercise on gradient checking in N dimensions: cost and gradients of a network 4-5-3-1, and a check
 * `‖grad − gradapprox‖ / (‖grad‖ + ‖gradapprox‖)` of all parameters with two-sided differences.
 *
 * Each function is judged alone. The check is judged by its numbers, and so by a jury: right gradients at several steps, where
 * a one-sided difference shows as O(ε), and gradients with planted bugs from large to subtle. `forward_propagation_n` is the
 * judge's own for it, the helpers that turn dictionaries into vectors are the student's.
 *
 * @param options seed of the inputs
 * @throws OptionError for a solution or a seed that is none
 * @see Andrew Ng et al., "Improving Deep Neural Networks", week 1, gradient checking
 *
 * @example
 * import { exerciseInWords, judgeGradientCheckN, type Solution } from "gradproof/exercises";
 * const always: Solution = { language: "python", names: ["gradient_check_n"], call: async () => 0 };
 * const { functions } = await judgeGradientCheckN(always);
 * functions.gradient_check_n?.verdict; // => "wrong"
 * const { why } = functions.gradient_check_n ?? {};
 * why && exerciseInWords(why); // => "the difference is 0 whatever is given, also for planted bugs"
 */
export function judgeGradientCheckN(solution: Solution, options: JudgeOptions = {}): Promise<ExerciseVerdict> {
  return judgeFunctions("judgeGradientCheckN()", "gradient-check-n", solution, options, {
    forward_propagation_n: judgeForward,
    backward_propagation_n: judgeBackward,
    gradient_check_n: judgeCheckN,
  });
}

/** The course's own case, one with more examples, and other widths. */
function casesOf(seed: number): readonly CourseData[] {
  const random = new RandomState(seed);
  return [courseCase(), drawData(random, [4, 5, 3, 1], 7), drawData(random, [3, 6, 2, 1], 5)];
}

const judgeForward: FunctionJudge = async (judged, seed) => {
  const answers = [];
  for (const { X, Y, parameters } of casesOf(seed)) {
    const value = await judged.call([given(X), given(Y), givenAll(parameters)]);
    const [J, cache] = requireTuple(judged, value, ["cost", "cache"]);
    const right = forwardPass(X, parameters);
    const kept = requireCache(judged, cache, cacheNames);
    for (const l of [1, 2, 3]) {
      const below = l === 1 ? X : right[`A${l - 1}`];
      requireValues(judged, `Z${l}`, kept[`Z${l}`], right[`Z${l}`], sumCauses(l, below, parameters));
      requireValues(judged, `A${l}`, kept[`A${l}`], right[`A${l}`], outputCauses(l, right[`Z${l}`]));
      for (const name of [`W${l}`, `b${l}`]) requireValues(judged, name, kept[name], parameters[name]);
    }
    answers.push({ A: right.A3, Y, parameters, lambda: 0, got: requireScalar(judged, "cost", J).data[0] });
  }
  const wrong = answers.find(({ A, Y, got }) => !isClose([got], [crossEntropy(A, Y)], 1e-5));
  if (wrong === undefined) return { why: say("right.values", { cases: answers.length }) };
  const { A, Y, got } = wrong;
  const values = { m: Y.columns, got: text(got), expected: text(crossEntropy(A, Y)) };
  throw new Wrong(say("wrong.entropy", values, { cause: costCauses(answers, false) }), say("next.cost"));
};

const judgeBackward: FunctionJudge = async (judged, seed) => {
  const dictionary = await hasDictionary(judged);
  const answers = [];
  for (const data of casesOf(seed)) {
    const at: BackwardCase = { ...data, values: forwardPass(data.X, data.parameters), lambda: 0 };
    const entries = cacheNames.map((name) => [name, given(at.values[name])] as const);
    const cache: ExerciseValue = dictionary ? Object.fromEntries(entries) : entries.map(([, value]) => value);
    answers.push(requireGradients(judged, at, await judged.call([given(at.X), given(at.Y), cache])));
  }
  requireRight(answers);
  return { why: say("right.values", { cases: answers.length }) };
};

/** Whether the student's own forward pass gives its cache as a dictionary, which the judge then does too. */
async function hasDictionary({ solution }: Judged): Promise<boolean> {
  if (!solution.names.includes("forward_propagation_n")) return false;
  const { X, Y, parameters } = courseCase();
  try {
    const value = await solution.call("forward_propagation_n", [given(X), given(Y), givenAll(parameters)]);
    return isList(value) && value.length === 2 && isDictionary(value[1]);
  } catch (error) {
    if (!(error instanceof SolutionError)) throw error;
    return false;
  }
}
