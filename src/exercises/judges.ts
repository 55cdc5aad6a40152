import type { ExerciseName } from "./exercises.js";
import { judgeDropout } from "./judgeDropout.js";
import { judgeGradientCheck1d } from "./judgeGradientCheck1d.js";
import { judgeGradientCheckN } from "./judgeGradientCheckN.js";
import { judgeInitialization } from "./judgeInitialization.js";
import { judgeL2 } from "./judgeL2.js";
import { judgeModel } from "./judgeModel.js";
import type { JudgeOptions } from "./judging.js";
import type { Solution } from "./solution.js";
import type { ExerciseVerdict } from "./verdict.js";

/**
 * The judge of each exercise, by its name.
 *
 * @example
 * import { exercises, judges } from "gradproof/exercises";
 * exercises.every(({ name }) => name in judges); // => true
 */
export const judges: Readonly<
  Record<ExerciseName, (solution: Solution, options?: JudgeOptions) => Promise<ExerciseVerdict>>
> = {
  initialization: judgeInitialization,
  l2: judgeL2,
  dropout: judgeDropout,
  "gradient-check-1d": judgeGradientCheck1d,
  "gradient-check-n": judgeGradientCheckN,
  model: judgeModel,
};
