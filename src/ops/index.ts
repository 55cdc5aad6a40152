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
  averageVocabulary,
  initializerVocabulary,
  inWords,
  layerVocabulary,
  lossVocabulary,
  optimizerVocabulary,
  optionsOf,
  scheduleVocabulary,
  type Vocabulary,
  withOwnNumbers,
  wordsOf,
} from "./labels.js";
export { denseConstraints, isDense } from "./layer/dense/dense.js";
export { activationNamed, hiddenActivations, outputActivationFor } from "./names.js";
