import type { FloatArray } from "../array/floatArray.js";
import type { Network } from "../network/network.js";
import { numbersOf } from "../ops/choice.js";
import { optimizers } from "../ops/generated/optimizers.js";
import type { CompleteOptimizerSpec } from "../ops/names.js";
import { type Average, decay, type OptimizerState, type Update } from "../ops/optimizer/optimizer.js";

/** An optimizer at work on one network. */
export interface Optimizer {
  /** What it remembers, itself and no copy: written to, it changes the steps that follow. */
  readonly state: { -readonly [Key in keyof OptimizerState]: OptimizerState[Key] };
  /** One update in place; `dTheta` includes the penalty's gradient, `weightDecayFactor` multiplies weight decay, default 1. */
  step(theta: FloatArray, dTheta: FloatArray, learningRate: number, weightDecayFactor?: number): void;
}

/** The optimizer a specification names, with its state at zero. */
export function optimizerOf(spec: CompleteOptimizerSpec, { theta, layout }: Network): Optimizer {
  const { remembers, update } = optimizers[spec.type];
  const options = numbersOf(spec, optimizers);
  const kept: readonly Average[] = remembers;
  const averages = kept.map((name) => [name, new Float64Array(theta.length)]);
  const state: Optimizer["state"] = { ...Object.fromEntries(averages), power1: 1, power2: 1, power3: 1 };
  return {
    state,
    step(theta, dTheta, learningRate, weightDecayFactor = 1) {
      const weightDecay = spec.weightDecay * weightDecayFactor;
      if (weightDecay > 0) decay(theta, layout, learningRate * weightDecay);
      const step: Update = { theta, dTheta, learningRate, options, state };
      update(step);
    },
  };
}
