import { layers } from "../generated/layers.js";
import { layerWords } from "../generated/layerWords.js";
import type { Vocabulary } from "../labels.js";

/** The layers. */
export const layerVocabulary: Vocabulary<typeof layers> = { operations: layers, words: layerWords };
