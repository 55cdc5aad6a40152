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
  inWords,
  optionsOf,
  type Vocabulary,
  withOwnNumbers,
  wordsOf,
} from "./labels.js";
export { denseConstraints, isDense } from "./layer/dense/dense.js";
export {
  activationNamed,
  defaultLosses,
  hiddenActivations,
  lossesFor,
  outputActivationFor,
  outputActivationOf,
} from "./names.js";
export { activationVocabulary } from "./vocabulary/activationVocabulary.js";
export { averageVocabulary } from "./vocabulary/averageVocabulary.js";
export { initializerVocabulary } from "./vocabulary/initializerVocabulary.js";
export { layerVocabulary } from "./vocabulary/layerVocabulary.js";
export { lossVocabulary } from "./vocabulary/lossVocabulary.js";
export { optimizerVocabulary } from "./vocabulary/optimizerVocabulary.js";
export { scheduleVocabulary } from "./vocabulary/scheduleVocabulary.js";
