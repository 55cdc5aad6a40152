import { type JudgeOptions, judgeFunctions } from "./judging.js";
import { judgePredict } from "./modelPredict.js";
import { judgeTraining } from "./modelTraining.js";
import type { Solution } from "./solution.js";
import type { ExerciseVerdict } from "./verdict.js";

/**
 * Judges `predict(X, y, parameters)` and `model(X, Y, learning_rate, num_iterations, print_cost, …)` of the course's notebooks.
 *
 * A prediction is 1 where A3 > 0.5. A model is judged by its parameters after a few iterations, each of which is a step of
 * gradient descent on all examples, `θ := θ − α dθ`, from where it starts. Its sixth argument may be `initialization`, as in the
 * notebook on initialization (`"zeros"`, `"random"`, `"he"`), or `lambd`, followed by `keep_prob`, as in the one on
 * regularization; what it takes is judged too.
 *
 * @param options seed of the inputs, and of `np.random` before each call
 * @throws OptionError for a solution or a seed that is none
 * @see Andrew Ng et al., "Improving Deep Neural Networks", week 1
 *
 * @example
 * import { exerciseInWords, judgeModel, type Solution } from "gradproof/exercises";
 * const solution: Solution = { language: "typescript", names: ["predict"], call: async () => [0, 1, 1] };
 * const { functions } = await judgeModel(solution);
 * const { why } = functions.predict ?? {};
 * why && exerciseInWords(why); // => "p has shape 3, expected 1 × 12"
 */
export function judgeModel(solution: Solution, options: JudgeOptions = {}): Promise<ExerciseVerdict> {
  return judgeFunctions("judgeModel()", "model", solution, options, { predict: judgePredict, model: judgeTraining });
}
