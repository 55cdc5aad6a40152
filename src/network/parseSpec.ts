import { say } from "../constraint/codedError.js";
import { OptionError, requireName, requireNumber, requireObject, show } from "../constraint/constraint.js";
import { nameOf, parseChoice } from "../ops/choice.js";
import { initializers } from "../ops/generated/initializers.js";
import { layers as layerTypes } from "../ops/generated/layers.js";
import { lossTraits } from "../ops/generated/lossTraits.js";
import type { LayerDefinition } from "../ops/layer/layer.js";
import { type ActivationSpec, activationNamed, defaultLosses, type LossName } from "../ops/names.js";
import { networkConstraints } from "./constraints.js";
import { programOf } from "./program.js";
import type { LayerSpec, Layers, NetworkSpec } from "./spec.js";
import { networkWords } from "./words.js";

/** A specification with its defaults filled in. */
export type CompleteNetworkSpec<Given extends Layers = Layers> = Required<NetworkSpec<Given>>;

/**
 * Checks a network's specification, which may come from a file or a link, and fills in the defaults.
 *
 * @param where what messages begin with
 * @throws OptionError naming the part that is wrong and what would be right
 *
 * @example
 * import { parseNetworkSpec } from "gradproof";
 * const spec = parseNetworkSpec({ inputs: 2, layers: [{ type: "dense", units: 1, activation: "sigmoid" }] });
 * spec.loss; // => "binaryCrossEntropy"
 * spec.initializer; // => "he"
 */
export function parseNetworkSpec<Given extends Layers>(
  value: NetworkSpec<Given>,
  where?: string,
): CompleteNetworkSpec<Given>;
export function parseNetworkSpec(value: unknown, where?: string): CompleteNetworkSpec;
export function parseNetworkSpec(value: unknown, where = "network()"): CompleteNetworkSpec {
  const given = requireObject(where, value, ["inputs", "layers", "initializer", "seed", "loss", "dtype"]);
  const inputs = requireNumber(`${where}: inputs`, given.inputs, networkConstraints.inputs);
  if (!Array.isArray(given.layers) || given.layers.length === 0) {
    throw new OptionError(say(networkWords, "network.layers", { where, given: show(given.layers) }));
  }
  const layers = given.layers.map((layer, l) => parseLayer(`${where}: layer ${l + 1}`, layer));
  for (const [l, layer] of layers.slice(0, -1).entries()) refuseWithin(`${where}: layer ${l + 1}`, layer);
  const output = activationIn(layers[layers.length - 1]);
  const loss =
    given.loss === undefined ? defaultLoss(output.name) : parseChoice(`${where}: loss`, given.loss, lossTraits);
  const name = nameOf(loss);
  const fitting = activationFor(name);
  if (fitting !== undefined && fitting !== output.name) {
    throw new OptionError(
      say(networkWords, "network.loss", { where, loss: name, expected: fitting, given: output.shown }),
    );
  }
  const { steps, sites, output: last, outputs } = programOf(inputs, layers);
  const ends = steps.find((step) => step.outputs.includes(last));
  // By default it would get the loss of numbers, whatever the activation before it.
  if (given.loss === undefined && ends?.site !== undefined && sites[ends.site].keep !== undefined) {
    throw new OptionError(say(networkWords, "network.droppedOutput", { where, layer: layers.length }));
  }
  if (output.acrossRows && outputs < 2) {
    throw new OptionError(say(networkWords, "network.oneUnit", { where, activation: output.name }));
  }
  return {
    inputs,
    layers,
    initializer:
      given.initializer === undefined ? "he" : parseChoice(`${where}: initializer`, given.initializer, initializers),
    seed: given.seed === undefined ? 0 : requireNumber(`${where}: seed`, given.seed, networkConstraints.seed),
    loss,
    dtype: given.dtype === undefined ? "float64" : requireName(`${where}: dtype`, given.dtype, ["float64", "float32"]),
  };
}

/** Layers within layers; deeper ones would be a mistake, and end in an overflow of the stack. */
const deepest = 100;

/**
 * One layer, of whatever type.
 *
 * @param depth layers that it lies in
 */
export function parseLayer(where: string, value: unknown, depth = 0): LayerSpec {
  requireDepth(where, depth);
  const type: unknown = typeof value === "object" && value !== null && "type" in value ? value.type : undefined;
  // A value that is no object is refused by what a layer most often is.
  const known = typeof value !== "object" || value === null ? "dense" : requireName(`${where}: type`, type, layerNames);
  // What it holds has been parsed by the function that it is given.
  return layerTypes[known].parse(where, value, (at, inner, ends = false) => {
    const layer = parseLayer(at, inner, depth + 1);
    refuseWithin(at, layer, ends);
    return layer;
  }) as LayerSpec;
}

/** @throws OptionError for layers that lie too deep in each other */
export function requireDepth(where: string, depth: number): void {
  if (depth > deepest) {
    // The place of a layer so deep is longer than what is wrong with it.
    throw new OptionError(say(networkWords, "network.depth", { where: where.split(": layer ")[0], most: deepest }));
  }
}

/**
 * Checks a layer that is not the last of its network, or lies in another.
 *
 * @param ends whether its output is the network's all the same
 * @throws OptionError for what only the last layer may be, and for an activation that only the last layer may have
 */
function refuseWithin(where: string, layer: LayerSpec, ends = false): void {
  if (endOf(layer) !== layer)
    throw new OptionError(say(networkWords, "network.endsNetwork", { where, type: layer.type }));
  if (ends) return;
  const { name, lastOnly } = activationIn(layer);
  if (lastOnly) throw new OptionError(say(networkWords, "network.lastOnly", { where, activation: name }));
}

const layerNames = Object.keys(layerTypes) as (keyof typeof layerTypes)[];

interface OutputActivation {
  readonly name: string;
  readonly shown: string;
  readonly lastOnly: boolean;
  /** Whether a row depends on the others. */
  readonly acrossRows: boolean;
}

/** The layer that its output is of: itself, or one that it holds. */
function endOf<Type extends LayerSpec["type"]>(layer: LayerSpec & { readonly type: Type }): LayerSpec {
  const { end } = layerTypes[layer.type] as unknown as LayerDefinition<LayerSpec>;
  // What it holds has been parsed.
  return end === undefined ? layer : (end(layer) as LayerSpec);
}

/** The activation that a layer ends with; the identity where it has none. */
function activationIn(layer: LayerSpec): OutputActivation {
  const end = endOf(layer);
  const spec: ActivationSpec | undefined = "activation" in end ? end.activation : undefined;
  if (spec === undefined) return { name: "none", shown: "none", lastOnly: false, acrossRows: false };
  const name = typeof spec === "string" ? spec : spec.type;
  const { traits, pieces } = activationNamed(name);
  return { name, shown: show(spec), lastOnly: traits.lastOnly ?? false, acrossRows: pieces === undefined };
}

/** The output activation a loss is made for. */
export function activationFor(loss: LossName): string | undefined {
  const definition = lossTraits[loss];
  return "activation" in definition ? definition.activation : undefined;
}

/** The loss that belongs to an output activation when none is named: the one made for it, or one for any. */
export function defaultLoss(activation: string): LossName {
  const own = defaultLosses.find((name) => activationFor(name) === activation);
  const any = defaultLosses.find((name) => activationFor(name) === undefined);
  const loss = own ?? any;
  if (loss === undefined) throw new OptionError(say(networkWords, "network.noLoss", { activation }));
  return loss;
}
