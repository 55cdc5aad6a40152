import { optimizers } from "../generated/optimizers.js";
import { optimizerWords } from "../generated/optimizerWords.js";
import type { Vocabulary } from "../labels.js";

/** The optimizers. */
export const optimizerVocabulary: Vocabulary<typeof optimizers> = { operations: optimizers, words: optimizerWords };
