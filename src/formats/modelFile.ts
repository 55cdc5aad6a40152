import { OptionError } from "../constraint/constraint.js";
import { differences } from "../constraint/differences.js";
import { requireList, requireRecord } from "../constraint/kinds.js";
import { Normalizer } from "../data/normalizer.js";
import { TableEncoder } from "../data/tableEncoder.js";
import { viewsOf } from "../network/layout.js";
import type { Network } from "../network/network.js";
import { requireNetwork } from "../network/requireNetwork.js";
import { jsonEntry } from "./jsonEntry.js";
import type { Model } from "./model.js";
import { ensembleFormat, memberPrefix, modelFormat, modelIn } from "./modelReader.js";
import { readSafetensors, type Tensor, writeSafetensors } from "./safetensors.js";
import { TrainedModel } from "./trainedModel.js";
import { parseTrainingSummary } from "./trainingSummary.js";

/**
 * Writes a model as one safetensors file: the parameters as tensors `W1`, `b1`, …, and the network's specification, the
 * normalizers, the encoder of the table, the threshold and the training summary as JSON texts in its metadata. Of an ensemble, the tensors of its
 * members are named `member1.W1`, …
 *
 * @returns the bytes; the same model gives the same bytes
 * @throws OptionError for members of different architectures
 *
 * @example
 * import { dense, network, parseModel, serializeModel } from "gradproof";
 * const model = { network: network({ inputs: 2, layers: [dense(3, "relu"), dense(1, "sigmoid")], seed: 1 }) };
 * const copy = parseModel(serializeModel(model));
 * copy.network.theta.every((value, k) => value === model.network.theta[k]); // => true
 */
export function serializeModel(model: Model): Uint8Array {
  requireRecord("serializeModel(): model", model, "a model, such as { network }");
  const { network, members, normalizer, targetNormalizer, encoder, threshold, summary } = model;
  requireNetwork("model: network", network);
  if (members !== undefined) requireEnsemble(network, members);
  const tensors = new Map<string, Tensor>();
  if (members === undefined) addTensors(tensors, network, "");
  else for (const [k, member] of members.entries()) addTensors(tensors, member, memberPrefix(k));
  const metadata = new Map([["format", members === undefined ? modelFormat : ensembleFormat]]);
  const seeds = members?.map(({ spec }) => spec.seed);
  const parts = { network: network.spec, seeds, normalizer, targetNormalizer, encoder, threshold, summary };
  for (const [name, part] of Object.entries(parts)) {
    if (part !== undefined) metadata.set(name, JSON.stringify(part));
  }
  return writeSafetensors({ tensors, metadata });
}

function addTensors(tensors: Map<string, Tensor>, { program, parameters, state }: Network, prefix: string): void {
  const kept = viewsOf(program.stateLayout, state);
  for (const [name, { shape, data }] of Object.entries({ ...parameters, ...kept })) {
    const dtype = data instanceof Float64Array ? "F64" : "F32";
    tensors.set(prefix + name, { dtype, shape, data } as Tensor);
  }
}

/** The members are of one architecture, and the model's network is the first of them. */
function requireEnsemble(network: Network, members: readonly Network[]): void {
  requireList("model: members", members);
  if (members[0] !== network) throw new OptionError("model: network must be the first of its members");
  for (const [k, member] of members.entries()) {
    requireNetwork(`model: members[${k}]`, member);
    const found = differences({ ...member.spec, seed: 0 }, { ...network.spec, seed: 0 });
    if (found.length === 0) continue;
    throw new OptionError(
      `model: members of one file differ in their seeds and weights alone; member ${k} has another ${found[0].path}`,
    );
  }
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
export function parseModel(bytes: Uint8Array): TrainedModel {
  const file = readSafetensors(bytes);
  const model = modelIn(file, { normalizer: Normalizer.fromJSON, encoder: TableEncoder.fromJSON });
  return new TrainedModel({ ...model, summary: jsonEntry("model", file, "summary", parseTrainingSummary) });
}
