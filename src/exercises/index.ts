/** Judges of the course's exercises. Entry point `gradproof/exercises`. */

export { type Exercise, type ExerciseFunction, type ExerciseName, exercises } from "./exercises.js";
export { type CallOptions, type Replacement, type Solution, SolutionError } from "./solution.js";
export type { ExerciseValue, NdArray } from "./value.js";
export type { ExerciseVerdict, FunctionVerdict } from "./verdict.js";
export { exerciseWords } from "./words.js";
