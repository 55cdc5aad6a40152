import { FittedEncoder } from "../data/fittedEncoder.js";
import { FittedNormalizer } from "../data/fittedNormalizer.js";
import { modelIn } from "../formats/modelReader.js";
import { readSafetensors } from "../formats/safetensors.js";
import { TrainedModel } from "./trainedModel.js";

/**
 * Reads a model file as `parseModel` of `gradproof` does, but for the summary of its training, which predictions do not
 * need.
 *
 * @throws FormatError when the bytes are no such file, or its parts do not fit each other; the message names the part
 *
 * @example
 * import { dense, network, serializeModel } from "gradproof";
 * import { parseModel } from "gradproof/predict";
 * const trained = network({ inputs: 2, layers: [dense(3, "relu"), dense(1, "sigmoid")], seed: 1 });
 * parseModel(serializeModel({ network: trained })).network.spec.inputs; // => 2
 */
export function parseModel(bytes: Uint8Array): TrainedModel {
  const parsers = { normalizer: FittedNormalizer.fromJSON, encoder: FittedEncoder.fromJSON };
  return new TrainedModel(modelIn(readSafetensors(bytes), parsers));
}
