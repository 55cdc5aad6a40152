import type { CompleteOptimizerSpec } from "../../engine/trainer.js";
import type { Network } from "../../network/network.js";
import { adam } from "./adam.js";
import { gradientDescent } from "./gradientDescent.js";
import { momentum } from "./momentum.js";
import type { Optimizer } from "./optimizer.js";
import { rmsprop } from "./rmsprop.js";

/** The optimizer a specification names, with its state at zero. */
export function optimizerOf(spec: CompleteOptimizerSpec, network: Network): Optimizer {
  const { theta, layout } = network;
  switch (spec.type) {
    case "gradientDescent":
      return gradientDescent();
    case "momentum":
      return momentum(theta.length, spec.momentum);
    case "rmsprop":
      return rmsprop(theta.length, spec.decay, spec.epsilon);
    case "adam":
      return adam(layout, theta.length, spec);
  }
}
