/** Gradient checks of parts, the textbook's check, and bugs to plant. Entry point `gradproof/gradcheck`. */

export { checkLayers, type LayersCheckOptions } from "./network/checkLayers.js";
export { messageInWords } from "./network/messageInWords.js";
export type { Planting } from "./network/planting/parsePlanting.js";
export { type PlantableBug, type PlantableBugName, plantableBugs } from "./network/planting/plantableBugs.js";
export { type PlantedBug, type PlantedBugs, plantBugs } from "./network/planting/plantBugs.js";
export type { CheckWords } from "./network/words.js";
export { type ActivationCheckOptions, checkActivation, type OwnActivation } from "./parts/checkActivation.js";
export {
  type AsyncOwnLayer,
  checkLayer,
  checkLayerAsync,
  type Integers,
  type LayerCheckOptions,
  type LayerInputs,
  type LayerOutputs,
  type OwnLayer,
} from "./parts/checkLayer.js";
export { checkLoss, type LossCheckOptions, type OwnLoss } from "./parts/checkLoss.js";
export { relativeError } from "./relativeError.js";
export { type TextbookCheck, textbookCheck } from "./textbook.js";
