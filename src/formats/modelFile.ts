import { requireRecord } from "../constraint/kinds.js";
import { Normalizer } from "../data/normalizer.js";
import { TableEncoder } from "../data/tableEncoder.js";
import { viewsOf } from "../network/layout.js";
import { requireNetwork } from "../network/requireNetwork.js";
import { jsonEntry } from "./jsonEntry.js";
import type { Model } from "./model.js";
import { modelFormat, modelIn } from "./modelReader.js";
import { readSafetensors, type Tensor, writeSafetensors } from "./safetensors.js";
import { parseTrainingSummary } from "./trainingSummary.js";

/**
 * Writes a model as one safetensors file: the parameters as tensors `W1`, `b1`, …, and the network's specification, the
 * normalizers, the encoder of the table and the training summary as JSON texts in its metadata.
 *
 * @returns the bytes; the same model gives the same bytes
 *
 * @example
 * import { dense, network, parseModel, serializeModel } from "gradproof";
 * const model = { network: network({ inputs: 2, layers: [dense(3, "relu"), dense(1, "sigmoid")], seed: 1 }) };
 * const copy = parseModel(serializeModel(model));
 * copy.network.theta.every((value, k) => value === model.network.theta[k]); // => true
 */
export function serializeModel(model: Model): Uint8Array {
  requireRecord("serializeModel(): model", model, "a model, such as { network }");
  const { network, normalizer, targetNormalizer, encoder, summary } = model;
  requireNetwork("model: network", network);
  const tensors = new Map<string, Tensor>();
  const kept = viewsOf(network.program.stateLayout, network.state);
  for (const [name, { shape, data }] of Object.entries({ ...network.parameters, ...kept })) {
    tensors.set(name, data instanceof Float64Array ? { dtype: "F64", shape, data } : { dtype: "F32", shape, data });
  }
  const metadata = new Map([["format", modelFormat]]);
  const parts = { network: network.spec, normalizer, targetNormalizer, encoder, summary };
  for (const [name, part] of Object.entries(parts)) {
    if (part !== undefined) metadata.set(name, JSON.stringify(part));
  }
  return writeSafetensors({ tensors, metadata });
}

/**
 * Reads a model that `serializeModel` wrote, in version 0.1 too; its predictions are the same to the last bit.
 *
 * @throws FormatError when the bytes are not such a file, or its parts do not fit each other; the message names the part
 *
 * @example
 * import { FormatError, parseModel } from "gradproof";
 * let known = false;
 * try {
 *   parseModel(new Uint8Array([1, 2, 3]));
 * } catch (error) {
 *   known = error instanceof FormatError;
 * }
 * known; // => true
 */
export function parseModel(bytes: Uint8Array): Model {
  const file = readSafetensors(bytes);
  const model = modelIn(file, { normalizer: Normalizer.fromJSON, encoder: TableEncoder.fromJSON });
  return { ...model, summary: jsonEntry("model", file, "summary", parseTrainingSummary) };
}
