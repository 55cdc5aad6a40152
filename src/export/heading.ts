import { OptionError } from "../constraint/constraint.js";
import type { PreparedRun } from "./preparedRun.js";

/** @throws OptionError where the run augments its images */
export function requireNoAugmentation(where: string, { training }: PreparedRun): void {
  if (training.augmentation === undefined) return;
  throw new OptionError(
    `${where}: augmentation has no counterpart in the exported program; leave it out, or export as TypeScript`,
  );
}

/** The network and how it is trained, in a sentence. */
export function describe({ network, training, pace }: PreparedRun): string {
  const units = [network.inputs, ...network.layers.map((layer) => layer.units)].join("-");
  const optimizers = {
    gradientDescent: "gradient descent",
    momentum: "gradient descent with momentum",
    rmsprop: "RMSprop",
    adam: training.optimizer.type === "adam" && training.optimizer.weightDecay > 0 ? "AdamW" : "Adam",
  };
  const batches = pace.stepsPerEpoch > 1 ? `batches of ${pace.batchSize}` : "full batches";
  return `A ${units} network, trained by ${optimizers[training.optimizer.type]} on ${batches}.`;
}
