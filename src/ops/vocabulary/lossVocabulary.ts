import { lossTraits } from "../generated/lossTraits.js";
import { lossWords } from "../generated/lossWords.js";
import type { Vocabulary } from "../labels.js";

/** The losses. */
export const lossVocabulary: Vocabulary<typeof lossTraits> = { operations: lossTraits, words: lossWords };
