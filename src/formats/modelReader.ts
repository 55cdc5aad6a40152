import { zeros } from "../array/floatArray.js";
import { say, within } from "../constraint/codedError.js";
import { requireNumber, show } from "../constraint/constraint.js";
import type { FittedEncoder } from "../data/fittedEncoder.js";
import type { FittedNormalizer } from "../data/fittedNormalizer.js";
import { FormatError } from "../data/formatError.js";
import { networkConstraints } from "../network/constraints.js";
import { parameterCount } from "../network/layout.js";
import { type Network, networkWith } from "../network/network.js";
import { type CompleteNetworkSpec, parseNetworkSpec } from "../network/parseSpec.js";
import { programOf } from "../network/program.js";
import { jsonEntry, requireFormat } from "./jsonEntry.js";
import type { SafetensorsFile } from "./safetensors.js";
import { formatsWords } from "./words.js";

/** Written into every model file; a reader refuses versions it does not know. */
export const modelFormat = "gradproof model 2";

/** Written into a file of an ensemble. */
export const ensembleFormat = "gradproof ensemble 1";

/** What version 0.1 wrote, whose networks are dense layers of six activations: all of it means the same now. */
const formatOf01 = "gradproof model 1";

const thresholdRange = { kind: "number", min: 0, max: 1 } as const;

/** What a model is read into, beside its network: each makes what it is for of the file's JSON. */
interface Parsers<N extends FittedNormalizer, E extends FittedEncoder> {
  readonly normalizer: (json: unknown) => N;
  readonly encoder: (json: unknown) => E;
}

/** What predictions take of a model. */
interface Read<N, E> {
  readonly network: Network;
  readonly members?: readonly Network[];
  readonly normalizer: N | undefined;
  readonly targetNormalizer: N | undefined;
  readonly encoder: E | undefined;
  readonly threshold?: number;
}

/**
 * All of a model but how it was made: what its predictions take.
 *
 * @throws FormatError when the file is not a model, or its parts do not fit each other; the message names the part
 */
export function modelIn<N extends FittedNormalizer, E extends FittedEncoder>(
  file: SafetensorsFile,
  parsers: Parsers<N, E>,
): Read<N, E> {
  requireFormat("model", file, modelFormat, formatOf01, ensembleFormat);
  const part = <T>(name: string, parse: (json: unknown) => T): T | undefined => jsonEntry("model", file, name, parse);
  const need = <T>(name: string, parse: (json: unknown) => T): T => {
    const found = part(name, parse);
    if (found !== undefined) return found;
    throw new FormatError(within("model", say(formatsWords, "metadata.entry", { name })));
  };
  const seeds = file.metadata.get("format") === ensembleFormat ? need("seeds", parseSeeds) : undefined;
  const members = need("network", (json) => networksFrom(json, file, seeds));
  const [network] = members;
  const normalizer = part("normalizer", parsers.normalizer);
  const targetNormalizer = part("targetNormalizer", parsers.normalizer);
  const encoder = part("encoder", parsers.encoder);
  const outputs = network.program.outputs;
  requireCount("normalizer", normalizer?.features, network.spec.inputs);
  requireCount("targetNormalizer", targetNormalizer?.features, outputs);
  requireCount("encoder", encoder?.featureNames.length, network.spec.inputs);
  const classes = encoder?.classNames?.length;
  if (classes !== undefined && classes !== Math.max(2, outputs)) {
    throw new FormatError(within("model", say(formatsWords, "model.classes", { classes, outputs })));
  }
  const threshold = part("threshold", (json) => requireNumber("threshold", json, thresholdRange));
  return {
    ...{ network, ...(seeds && { members }), normalizer, targetNormalizer, encoder },
    ...(threshold !== undefined && { threshold }),
  };
}

/** Of an ensemble, the seed of each member. */
function parseSeeds(json: unknown): number[] {
  if (!Array.isArray(json) || json.length === 0) {
    throw new FormatError(say(formatsWords, "model.seeds", { given: show(json) }));
  }
  return json.map((seed, k) => requireNumber(`seeds[${k}]`, seed, networkConstraints.seed));
}

/** Before the names of a member's tensors. */
export const memberPrefix = (k: number): string => `member${k + 1}.`;

/** The networks of a file: one, or one a seed. */
function networksFrom(json: unknown, file: SafetensorsFile, seeds: readonly number[] | undefined): Network[] {
  const spec = parseNetworkSpec(json);
  if (seeds === undefined) return [networkFrom(spec, file, "", 1)];
  return seeds.map((seed, k) => networkFrom({ ...spec, seed }, file, memberPrefix(k), seeds.length));
}

/** The network whose tensors have a prefix, in a file of `members` networks. */
function networkFrom(spec: CompleteNetworkSpec, file: SafetensorsFile, prefix: string, members: number): Network {
  const { layout: learned, stateLayout } = programOf(spec.inputs, spec.layers);
  const layout = [...learned, ...stateLayout];
  const expected = layout.length * members;
  if (file.tensors.size !== expected) {
    throw new FormatError(say(formatsWords, "model.tensors", { expected, found: file.tensors.size }));
  }
  const tensors = layout.map(({ name: plain, rows, columns }) => {
    const name = prefix + plain;
    const tensor = file.tensors.get(name);
    const dtype = spec.dtype === "float64" ? "F64" : "F32";
    const [r, c] = tensor?.shape ?? [];
    if (tensor === undefined || tensor.dtype !== dtype || tensor.shape.length !== 2 || r !== rows || c !== columns) {
      const expected = `${dtype} [${rows}, ${columns}]`;
      const found = tensor && `${tensor.dtype} [${tensor.shape.join(", ")}]`;
      throw new FormatError(say(formatsWords, "model.tensor", { name, expected, found }));
    }
    return tensor;
  });
  // Only now, when the file has shown that it holds all these numbers, is θ allocated.
  const network = networkWith(spec, zeros(parameterCount(learned), spec.dtype));
  for (const [k, { data }] of tensors.entries()) {
    for (const value of data) {
      if (!Number.isFinite(value)) {
        throw new FormatError(say(formatsWords, "model.notFinite", { name: prefix + layout[k].name, value }));
      }
    }
    (k < learned.length ? network.theta : network.state).set(data, layout[k].offset);
  }
  return network;
}

function requireCount(name: string, found: number | undefined, expected: number): void {
  if (found !== undefined && found !== expected) {
    throw new FormatError(within("model", say(formatsWords, "model.features", { name, found, expected })));
  }
}
