import { judgeDropoutBackward } from "./dropoutBackward.js";
import { judgeDropoutForward } from "./dropoutForward.js";
import { type JudgeOptions, judgeFunctions } from "./judging.js";
import type { Solution } from "./solution.js";
import type { ExerciseVerdict } from "./verdict.js";

/**
 * Judges a solution of the exercise on inverted dropout: `D = rand < keep`, `A = A ∘ D / keep` in the two hidden layers, and
 * `dA = dA ∘ D / keep` with the same masks in the backward pass.
 *
 * Each function is judged alone, at several values of keep. The forward pass: the share that masks keep in each layer and
 * row, their scaling (so that E[A] stays), and that neither inputs nor outputs are dropped; masks may be of bool, int or float,
 * drawn in any way, seeded or not. The backward pass: its gradients, with masks of the judge's own in the cache.
 *
 * @param options seed of the inputs
 * @throws OptionError for a solution or a seed that is none
 * @see N. Srivastava et al., "Dropout" (JMLR 15, 2014)
 *
 * @example
 * import { exerciseInWords, judgeDropout, type Solution, SolutionError } from "gradproof/exercises";
 * const broken: Solution = {
 *   language: "python",
 *   names: ["forward_propagation_with_dropout", "backward_prop_with_dropout"],
 *   call: async () => {
 *     throw new SolutionError("threw", "NameError: name 'relu' is not defined (line 7)");
 *   },
 * };
 * const { functions } = await judgeDropout(broken);
 * const said = Object.values(functions).map(({ verdict, why }) => [verdict, exerciseInWords(why)]);
 * said[0]; // => ["wrong", "it threw NameError: name 'relu' is not defined (line 7)"]
 * said[1]; // => ["missing", "the file has backward_prop_with_dropout, but no backward_propagation_with_dropout"]
 */
export function judgeDropout(solution: Solution, options: JudgeOptions = {}): Promise<ExerciseVerdict> {
  return judgeFunctions("judgeDropout()", "dropout", solution, options, {
    forward_propagation_with_dropout: judgeDropoutForward,
    backward_propagation_with_dropout: judgeDropoutBackward,
  });
}
