/** What operations there are: names, options with their ranges, and words for people. Entry point `gradproof/ops`. */

export type { ActivationDefinition } from "./activation/activation.js";
export {
  type ChoiceSpec,
  type Numbers,
  nameOf,
  namesOf,
  numbersOf,
  type Registry,
} from "./choice.js";
export {
  activationVocabulary,
  initializerVocabulary,
  inWords,
  layerVocabulary,
  optimizerVocabulary,
  optionsOf,
  type Vocabulary,
  wordsOf,
} from "./labels.js";
export { denseConstraints, isDense } from "./layer/dense/dense.js";
export { activationNamed, hiddenActivations, outputActivationFor } from "./names.js";
