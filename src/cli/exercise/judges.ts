import type { ExerciseName } from "../../exercises/exercises.js";
import { judgeDropout } from "../../exercises/judgeDropout.js";
import { judgeGradientCheck1d } from "../../exercises/judgeGradientCheck1d.js";
import { judgeGradientCheckN } from "../../exercises/judgeGradientCheckN.js";
import { judgeInitialization } from "../../exercises/judgeInitialization.js";
import { judgeL2 } from "../../exercises/judgeL2.js";
import { judgeModel } from "../../exercises/judgeModel.js";
import type { Solution } from "../../exercises/solution.js";
import type { ExerciseVerdict } from "../../exercises/verdict.js";

/** Judges a solution of one exercise. */
export type Judge = (solution: Solution, options: { readonly seed?: number }) => Promise<ExerciseVerdict>;

/** The judge of each exercise. */
export const judges: Readonly<Record<ExerciseName, Judge>> = {
  initialization: judgeInitialization,
  l2: judgeL2,
  dropout: judgeDropout,
  "gradient-check-1d": judgeGradientCheck1d,
  "gradient-check-n": judgeGradientCheckN,
  model: judgeModel,
};
