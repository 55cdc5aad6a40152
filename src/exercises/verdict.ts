import type { Message } from "../constraint/message.js";
import type { ExerciseName } from "./exercises.js";

/** What is said of one function. `exerciseInWords` says a message. */
export interface FunctionVerdict {
  readonly verdict: "correct" | "wrong" | "missing";
  /** One sentence: where, how far, why. */
  readonly why: Message;
  /** The next thing to look at. */
  readonly next?: Message;
}

/** What is said of a solution of an exercise. */
export interface ExerciseVerdict {
  readonly exercise: ExerciseName;
  /** By the function's name, in the order of the exercise. */
  readonly functions: Readonly<Record<string, FunctionVerdict>>;
}
