import { OptionError, requireName, requireNumber, requireObject, show } from "../constraint/constraint.js";
import { networkConstraints } from "./constraints.js";
import { defaultLoss, lossOf } from "./loss/lossOf.js";
import type { ActivationSpec, DenseSpec, InitializerSpec, NetworkSpec, ScaledInitializerName } from "./spec.js";

/** A specification with its defaults filled in. */
export type CompleteNetworkSpec = Required<NetworkSpec>;

const activationNames = ["sigmoid", "tanh", "relu", "leakyRelu", "linear", "softmax"] as const;
const lossNames = ["binaryCrossEntropy", "categoricalCrossEntropy", "meanSquaredError"] as const;
const scaledNames = [
  "he",
  "heUniform",
  "xavier",
  "xavierUniform",
  "glorot",
  "glorotUniform",
  "lecun",
  "lecunUniform",
] as const satisfies readonly ScaledInitializerName[];
const initializerNames = ["zeros", "constant", "normal", "uniform", ...scaledNames] as const;

/** Names a specification may use, for flags and messages. */
export const networkNames = { activations: activationNames, losses: lossNames, initializers: initializerNames };

/**
 * Checks a network's specification, which may come from a file or a link, and fills in the defaults.
 *
 * @throws OptionError naming the part that is wrong and what would be right
 *
 * @example
 * import { parseNetworkSpec } from "gradproof";
 * const spec = parseNetworkSpec({ inputs: 2, layers: [{ type: "dense", units: 1, activation: "sigmoid" }] });
 * spec.loss; // => "binaryCrossEntropy"
 * spec.initializer; // => "he"
 */
export function parseNetworkSpec(value: unknown): CompleteNetworkSpec {
  const given = requireObject("network()", value, ["inputs", "layers", "initializer", "seed", "loss", "dtype"]);
  const inputs = requireNumber("network(): inputs", given.inputs, networkConstraints.inputs);
  if (!Array.isArray(given.layers) || given.layers.length === 0) {
    throw new OptionError(
      `network(): layers must be an array of at least one layer, such as [dense(1, "sigmoid")], got ${show(given.layers)}`,
    );
  }
  const layers = given.layers.map((layer, l) => parseLayer(`network(): layer ${l + 1}`, layer));
  for (const [l, layer] of layers.slice(0, -1).entries()) {
    if (layer.activation === "softmax") {
      throw new OptionError(`network(): layer ${l + 1} has activation softmax, which only the last layer may have`);
    }
  }
  const output = layers[layers.length - 1];
  const loss =
    given.loss === undefined ? defaultLoss(output.activation) : requireName("network(): loss", given.loss, lossNames);
  const fitting = lossOf(loss).activation;
  if (fitting !== undefined && fitting !== output.activation) {
    throw new OptionError(
      `network(): loss ${loss} needs a last layer with activation ${fitting}, got ${show(output.activation)}`,
    );
  }
  if (output.activation === "softmax" && output.units < 2) {
    throw new OptionError(
      "network(): a softmax layer needs at least 2 units, got 1: its output would always be 1. " +
        "For two classes use one unit with activation sigmoid",
    );
  }
  return {
    inputs,
    layers,
    initializer: given.initializer === undefined ? "he" : parseInitializer("network(): initializer", given.initializer),
    seed: given.seed === undefined ? 0 : requireNumber("network(): seed", given.seed, networkConstraints.seed),
    loss,
    dtype: given.dtype === undefined ? "float64" : requireName("network(): dtype", given.dtype, ["float64", "float32"]),
  };
}

function parseLayer(where: string, value: unknown): DenseSpec {
  const given = requireObject(where, value, ["type", "units", "activation", "initializer", "bias"]);
  requireName(`${where}: type`, given.type, ["dense"]);
  return {
    type: "dense",
    units: requireNumber(`${where}: units`, given.units, networkConstraints.units),
    activation: parseActivation(`${where}: activation`, given.activation),
    ...(given.initializer !== undefined && {
      initializer: parseInitializer(`${where}: initializer`, given.initializer),
    }),
    ...(given.bias !== undefined && { bias: requireNumber(`${where}: bias`, given.bias, networkConstraints.bias) }),
  };
}

function parseActivation(where: string, value: unknown): ActivationSpec {
  if (typeof value !== "object") return requireName(where, value, activationNames);
  const given = requireObject(where, value, ["type", "slope"]);
  requireName(`${where}: type`, given.type, ["leakyRelu"]);
  return { type: "leakyRelu", slope: requireNumber(`${where}: slope`, given.slope, networkConstraints.slope) };
}

function parseInitializer(where: string, value: unknown): InitializerSpec {
  if (typeof value !== "object") return requireName(where, value, initializerNames);
  const type = requireName(
    `${where}: type`,
    requireObject(where, value, ["type", "value", "scale", "limit", "gain"]).type,
    initializerNames,
  );
  const number = (name: "value" | "scale" | "limit" | "gain"): number =>
    requireNumber(`${where}: ${name}`, requireObject(where, value, ["type", name])[name], networkConstraints[name]);
  switch (type) {
    case "zeros":
      requireObject(where, value, ["type"]);
      return { type };
    case "constant":
      return { type, value: number("value") };
    case "normal":
      return { type, scale: number("scale") };
    case "uniform":
      return { type, limit: number("limit") };
    default:
      return { type, gain: number("gain") };
  }
}
