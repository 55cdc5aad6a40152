import { averages } from "../generated/averages.js";
import { averageWords } from "../generated/averageWords.js";
import type { Vocabulary } from "../labels.js";

/** The averages of the weights. */
export const averageVocabulary: Vocabulary<typeof averages> = { operations: averages, words: averageWords };
