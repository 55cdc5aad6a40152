import type { ActivationSpec } from "../spec.js";
import type { Activation } from "./activation.js";
import { leakyRelu } from "./leakyRelu.js";
import { linear } from "./linear.js";
import { relu } from "./relu.js";
import { sigmoid } from "./sigmoid.js";
import { softmax } from "./softmax.js";
import { tanh } from "./tanh.js";

/** The activation a specification names. */
export function activationOf(spec: ActivationSpec): Activation {
  if (typeof spec !== "string") return leakyRelu(spec.slope);
  return { sigmoid, tanh, relu, leakyRelu: leakyRelu(), linear, softmax }[spec];
}
