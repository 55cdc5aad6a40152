import { initializers } from "../generated/initializers.js";
import { initializerWords } from "../generated/initializerWords.js";
import type { Vocabulary } from "../labels.js";

/** How weights can start. */
export const initializerVocabulary: Vocabulary<typeof initializers> = {
  operations: initializers,
  words: initializerWords,
};
