import { activations } from "../generated/activations.js";
import { activationWords } from "../generated/activationWords.js";
import type { Vocabulary } from "../labels.js";

/** The activations. */
export const activationVocabulary: Vocabulary<typeof activations> = { operations: activations, words: activationWords };
