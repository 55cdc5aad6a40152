import { zeros } from "../array/floatArray.js";
import { say, within } from "../constraint/codedError.js";
import type { FittedEncoder } from "../data/fittedEncoder.js";
import type { FittedNormalizer } from "../data/fittedNormalizer.js";
import { FormatError } from "../data/formatError.js";
import { parameterCount } from "../network/layout.js";
import { type Network, networkWith } from "../network/network.js";
import { parseNetworkSpec } from "../network/parseSpec.js";
import { programOf } from "../network/program.js";
import { jsonEntry, requireFormat } from "./jsonEntry.js";
import type { SafetensorsFile } from "./safetensors.js";
import { formatsWords } from "./words.js";

/** Written into every model file; a reader refuses versions it does not know. */
export const modelFormat = "gradproof model 2";

/** What version 0.1 wrote, whose networks are dense layers of six activations: all of it means the same now. */
const formatOf01 = "gradproof model 1";

/** What a model is read into, beside its network: each makes what it is for of the file's JSON. */
interface Parsers<N extends FittedNormalizer, E extends FittedEncoder> {
  readonly normalizer: (json: unknown) => N;
  readonly encoder: (json: unknown) => E;
}

/** What predictions take of a model. */
interface Read<N, E> {
  readonly network: Network;
  readonly normalizer: N | undefined;
  readonly targetNormalizer: N | undefined;
  readonly encoder: E | undefined;
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
  requireFormat("model", file, modelFormat, formatOf01);
  const part = <T>(name: string, parse: (json: unknown) => T): T | undefined => jsonEntry("model", file, name, parse);
  const network = part("network", (json) => networkFrom(json, file));
  if (network === undefined)
    throw new FormatError(within("model", say(formatsWords, "metadata.entry", { name: "network" })));
  const normalizer = part("normalizer", parsers.normalizer);
  const targetNormalizer = part("targetNormalizer", parsers.normalizer);
  const encoder = part("encoder", parsers.encoder);
  const outputs = network.program.values[network.program.output].rows;
  requireCount("normalizer", normalizer?.features, network.spec.inputs);
  requireCount("targetNormalizer", targetNormalizer?.features, outputs);
  requireCount("encoder", encoder?.featureNames.length, network.spec.inputs);
  const classes = encoder?.classNames?.length;
  if (classes !== undefined && classes !== Math.max(2, outputs)) {
    throw new FormatError(within("model", say(formatsWords, "model.classes", { classes, outputs })));
  }
  return { network, normalizer, targetNormalizer, encoder };
}

function networkFrom(json: unknown, file: SafetensorsFile): Network {
  const spec = parseNetworkSpec(json);
  const { layout: learned, stateLayout } = programOf(spec.inputs, spec.layers);
  const layout = [...learned, ...stateLayout];
  if (file.tensors.size !== layout.length) {
    throw new FormatError(say(formatsWords, "model.tensors", { expected: layout.length, found: file.tensors.size }));
  }
  const tensors = layout.map(({ name, rows, columns }) => {
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
        throw new FormatError(say(formatsWords, "model.notFinite", { name: layout[k].name, value }));
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
