import type { Network } from "../network/network.js";
import { activationVocabulary, initializerVocabulary, wordsOf } from "../ops/labels.js";
import type { InitializerName } from "../ops/names.js";

/** How a network had better start. */
export interface FittingStart {
  readonly initializer: InitializerName;
  /** Such as `He`. */
  readonly label: string;
  /** The activation it fits: `ReLU`. */
  readonly activation: string;
}

/**
 * The start that keeps signals in size through layers with the activation of one of them.
 *
 * @param layer from 1; default the first
 */
export function fittingStart({ layers }: Network, layer = 1): FittingStart {
  const { name, traits } = layers[layer - 1].activation;
  return {
    initializer: traits.initializer,
    label: wordsOf(initializerVocabulary, traits.initializer).label,
    activation: wordsOf(activationVocabulary, name).label,
  };
}
