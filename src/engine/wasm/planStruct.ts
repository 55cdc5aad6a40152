import type { ActivationName, LossName } from "../../network/spec.js";
import { controlBytes, controlFields, layerBytes, layerFields, planBytes, planFields } from "./generated/shared.js";
import { Struct } from "./struct.js";

/** One entry of a plan's table of layers. */
export const layerStruct = new Struct(layerFields, layerBytes);

/** What a step reads and writes. */
export const planStruct = new Struct(planFields, planBytes);

/** The threads' control block. */
export const controlStruct = new Struct(controlFields, controlBytes);

/** Numbers of `kernels/activation.ts`. */
export const activationCodes: Readonly<Record<ActivationName, number>> = {
  linear: 0,
  relu: 1,
  leakyRelu: 2,
  tanh: 3,
  sigmoid: 4,
  softmax: 5,
};

/** Numbers of `kernels/lossHead.ts`. */
export const lossCodes: Readonly<Record<LossName, number>> = {
  binaryCrossEntropy: 0,
  categoricalCrossEntropy: 1,
  meanSquaredError: 2,
};

/** Numbers of `kernels/optimizer.ts`. */
export const optimizerCodes = { gradientDescent: 0, momentum: 1, rmsprop: 2, adam: 3 } as const;
