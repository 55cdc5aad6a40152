import type { Network } from "../network/network.js";
import type { ActivationName, InitializerName } from "../ops/names.js";

/** How a network had better start. */
export interface FittingStart {
  readonly initializer: InitializerName;
  /** The activation it fits. */
  readonly activation: ActivationName;
}

/**
 * The start that keeps signals in size through layers with the activation of one of them.
 *
 * @param layer from 1; default the first
 */
export function fittingStart({ layers }: Network, layer = 1): FittingStart {
  const { name, traits } = layers[layer - 1].activation;
  return { initializer: traits.initializer, activation: name };
}
