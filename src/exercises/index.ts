/** Judges of the course's exercises. Entry point `gradproof/exercises`. */

export { type ExerciseWords, exerciseInWords } from "./exerciseInWords.js";
export { type Exercise, type ExerciseFunction, type ExerciseName, exercises } from "./exercises.js";
export { judgeDropout } from "./judgeDropout.js";
export { judgeGradientCheck1d } from "./judgeGradientCheck1d.js";
export { judgeGradientCheckN } from "./judgeGradientCheckN.js";
export { judgeInitialization } from "./judgeInitialization.js";
export { judgeL2 } from "./judgeL2.js";
export { judgeModel } from "./judgeModel.js";
export { judges } from "./judges.js";
export type { JudgeOptions } from "./judging.js";
export { type CallOptions, type Replacement, type Solution, SolutionError } from "./solution.js";
export type { ExerciseValue, NdArray } from "./value.js";
export type { ExerciseVerdict, FunctionVerdict } from "./verdict.js";
