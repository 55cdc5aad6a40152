import { requireRecord } from "../constraint/kinds.js";
import { inWords, type Message, type SameWords } from "../constraint/message.js";
import { exerciseWords } from "./words.js";

/** All sentences of the exercises in some language. */
export type ExerciseWords = SameWords<typeof exerciseWords>;

/**
 * What an exercise or a judge has to say, in words: what a function does, why a verdict, what to look at next.
 *
 * @param words all sentences of the exercises in a language; default English
 * @throws RangeError for a message that the catalogue does not have
 *
 * @example
 * import { exerciseInWords, exercises } from "gradproof/exercises";
 * const [check] = exercises.find(({ name }) => name === "gradient-check-1d")?.functions ?? [];
 * const text = check && exerciseInWords(check.does);
 * text; // => "J(θ) = θ x"
 */
export function exerciseInWords(message: Message, words: ExerciseWords = exerciseWords): string {
  requireRecord("exerciseInWords(): message", message, "a message of an exercise");
  requireRecord("exerciseInWords(): words", words);
  return inWords(message, words);
}
