import type { CompleteNetworkSpec } from "../../network/parseSpec.js";
import { numbersOf } from "../../ops/choice.js";
import { activations } from "../../ops/generated/activations.js";
import type { ActivationSpec } from "../../ops/names.js";
import type { Line } from "../lines.js";
import { pythonNumber } from "./literals.js";

/** Functions of the activations that the network has and NumPy has not. */
export function activationFunctions({ layers }: CompleteNetworkSpec): Line[][] {
  const names = new Set(layers.map(({ activation }) => nameOf(activation)));
  const functions: Line[][] = [];
  if (names.has("relu")) functions.push(["def relu(Z):", "    return np.maximum(Z, 0)"]);
  if (names.has("leakyRelu")) {
    functions.push(["def leaky_relu(Z, slope):", "    return np.where(Z > 0, Z, slope * Z)"]);
  }
  if (names.has("sigmoid")) {
    functions.push([
      "def sigmoid(Z):",
      ["    e = np.exp(-np.abs(Z))", "of −|z|, so that nothing overflows"],
      "    return np.where(Z >= 0, 1, e) / (1 + e)",
    ]);
  }
  if (names.has("softmax")) {
    functions.push([
      "def softmax(Z):",
      "    e = np.exp(Z - np.max(Z, axis=0, keepdims=True))",
      "    return e / np.sum(e, axis=0, keepdims=True)",
    ]);
  }
  return functions;
}

/** A = g(Z). */
export function activated(activation: ActivationSpec, Z: string): string {
  switch (nameOf(activation)) {
    case "relu":
      return `relu(${Z})`;
    case "leakyRelu":
      return `leaky_relu(${Z}, ${slopeOf(activation)})`;
    case "sigmoid":
      return `sigmoid(${Z})`;
    case "tanh":
      return `np.tanh(${Z})`;
    case "softmax":
      return `softmax(${Z})`;
    case "linear":
      return Z;
  }
}

/** dZ = dA ∘ g'(Z), from the layer's arrays. */
export function backThrough(activation: ActivationSpec, dA: string, Z: string, A: string): string {
  switch (nameOf(activation)) {
    case "relu":
      return `${dA} * (${Z} > 0)`;
    case "leakyRelu":
      return `${dA} * np.where(${Z} > 0, 1, ${slopeOf(activation)})`;
    case "sigmoid":
      return `${dA} * ${A} * (1 - ${A})`;
    case "tanh":
      return `${dA} * (1 - ${A} ** 2)`;
    case "softmax":
      return `${A} * (${dA} - np.sum(${dA} * ${A}, axis=0, keepdims=True))`;
    case "linear":
      return dA;
  }
}

export function nameOf(activation: ActivationSpec): Extract<ActivationSpec, string> {
  return typeof activation === "string" ? activation : activation.type;
}

export function slopeOf(activation: ActivationSpec): string {
  return pythonNumber(numbersOf(activation, activations).slope);
}
