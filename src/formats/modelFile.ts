import { zeros } from "../array/floatArray.js";
import { FormatError } from "../data/formatError.js";
import { Normalizer } from "../data/normalizer.js";
import { TableEncoder } from "../data/tableEncoder.js";
import { parameterCount, viewsOf } from "../network/layout.js";
import { type Network, networkWith } from "../network/network.js";
import { parseNetworkSpec } from "../network/parseSpec.js";
import { programOf } from "../network/program.js";
import { jsonEntry, requireFormat } from "./jsonEntry.js";
import type { Model } from "./model.js";
import { readSafetensors, type SafetensorsFile, type Tensor, writeSafetensors } from "./safetensors.js";
import { parseTrainingSummary } from "./trainingSummary.js";

/** Written into every model file; a reader refuses versions it does not know. */
const format = "gradproof model 2";

/** What version 0.1 wrote, whose networks are dense layers of six activations: all of it means the same now. */
const formatOf01 = "gradproof model 1";

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
export function serializeModel({ network, normalizer, targetNormalizer, encoder, summary }: Model): Uint8Array {
  const tensors = new Map<string, Tensor>();
  const kept = viewsOf(network.program.stateLayout, network.state);
  for (const [name, { shape, data }] of Object.entries({ ...network.parameters, ...kept })) {
    tensors.set(name, data instanceof Float64Array ? { dtype: "F64", shape, data } : { dtype: "F32", shape, data });
  }
  const metadata = new Map([["format", format]]);
  const parts = { network: network.spec, normalizer, targetNormalizer, encoder, summary };
  for (const [name, part] of Object.entries(parts)) {
    if (part !== undefined) metadata.set(name, JSON.stringify(part));
  }
  return writeSafetensors({ tensors, metadata });
}

/**
 * Reads a model that `serializeModel` wrote, in version 0.1 too; its predictions are the same to the last bit.
 *
 * @throws FormatError when the bytes are no such file, or its parts do not fit each other; the message names the part
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
  requireFormat("model", file, format, formatOf01);
  const part = <T>(name: string, parse: (json: unknown) => T): T | undefined => jsonEntry("model", file, name, parse);
  const network = part("network", (json) => networkFrom(json, file));
  if (network === undefined) throw new FormatError("model: the metadata has no entry network");
  const normalizer = part("normalizer", Normalizer.fromJSON);
  const targetNormalizer = part("targetNormalizer", Normalizer.fromJSON);
  const encoder = part("encoder", TableEncoder.fromJSON);
  const summary = part("summary", parseTrainingSummary);
  const outputs = network.layers[network.layers.length - 1].units;
  requireCount("normalizer", normalizer?.features, network.spec.inputs);
  requireCount("targetNormalizer", targetNormalizer?.features, outputs);
  requireCount("encoder", encoder?.featureNames.length, network.spec.inputs);
  const classes = encoder?.classNames?.length;
  if (classes !== undefined && classes !== Math.max(2, outputs)) {
    throw new FormatError(`model: the encoder has ${classes} classes, the network ${outputs} outputs`);
  }
  return { network, normalizer, targetNormalizer, encoder, summary };
}

function networkFrom(json: unknown, file: SafetensorsFile): Network {
  const spec = parseNetworkSpec(json);
  const { layout: learned, stateLayout } = programOf(spec.inputs, spec.layers);
  const layout = [...learned, ...stateLayout];
  if (file.tensors.size !== layout.length) {
    throw new FormatError(`expected ${layout.length} tensors, the file has ${file.tensors.size}`);
  }
  const tensors = layout.map(({ name, rows, columns }) => {
    const tensor = file.tensors.get(name);
    const dtype = spec.dtype === "float64" ? "F64" : "F32";
    const [r, c] = tensor?.shape ?? [];
    if (tensor === undefined || tensor.dtype !== dtype || tensor.shape.length !== 2 || r !== rows || c !== columns) {
      const found = tensor === undefined ? "none" : `${tensor.dtype} [${tensor.shape.join(", ")}]`;
      throw new FormatError(`expected tensor ${name} as ${dtype} [${rows}, ${columns}], found ${found}`);
    }
    return tensor;
  });
  // Only now, when the file has shown that it holds all these numbers, is θ allocated.
  const network = networkWith(spec, zeros(parameterCount(learned), spec.dtype));
  for (const [k, { data }] of tensors.entries()) {
    for (const value of data) {
      if (!Number.isFinite(value)) throw new FormatError(`tensor ${layout[k].name} holds ${value}`);
    }
    (k < learned.length ? network.theta : network.state).set(data, layout[k].offset);
  }
  return network;
}

function requireCount(name: string, found: number | undefined, expected: number): void {
  if (found !== undefined && found !== expected) {
    throw new FormatError(`model: the ${name} is for ${found} features, the network has ${expected}`);
  }
}
