import type { Engine } from "../../engine/plan.js";
import type { Recipe, Trainer } from "../../engine/trainer.js";
import { type Network, networkWith } from "../../network/network.js";
import { PlannedTrainer } from "../../training/plannedTrainer.js";
import type { TrainingStep } from "./trainingStep.js";

/** A backward pass to check: all gradients of the cost of `step`, `{ dW1, db1, … }`, at the network's parameters. */
export type NetworkGradients = (network: Network, step: TrainingStep) => object;

/** What is checked: a network, one step of its training, and where its gradient comes from. */
export interface NetworkSubject {
  readonly network: Network;
  readonly step: TrainingStep;
  readonly recipe: Recipe;
  readonly engine: Engine;
  readonly gradients: NetworkGradients | undefined;
}

/** What makes the update steps of `network` in training. */
export function trainerOf({ engine, recipe }: NetworkSubject, network: Network): Trainer {
  return engine.trainer?.(network, recipe) ?? new PlannedTrainer(engine, network, recipe);
}

/** The same network with other parameters, in its own precision. */
export function at({ spec }: Network, theta: ArrayLike<number>): Network {
  return networkWith(spec, spec.dtype === "float64" ? Float64Array.from(theta) : Float32Array.from(theta));
}
