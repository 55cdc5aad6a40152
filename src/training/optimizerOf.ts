import type { FloatArray } from "../array/floatArray.js";
import type { Network } from "../network/network.js";
import { numbersOf } from "../ops/choice.js";
import { optimizers } from "../ops/generated/optimizers.js";
import type { CompleteOptimizerSpec } from "../ops/names.js";
import { type Average, type OptimizerState, type Update, weightDecayName } from "../ops/optimizer/optimizer.js";

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
  const usual = numbersOf(spec, optimizers);
  const decay = usual[weightDecayName] ?? 0;
  const averages = remembers.map((name: Average) => [name, new Float64Array(theta.length)]);
  const state: Optimizer["state"] = { ...Object.fromEntries(averages), power1: 1, power2: 1 };
  return {
    state,
    step(theta, dTheta, learningRate, factor = 1) {
      const options = decay === 0 || factor === 1 ? usual : { ...usual, [weightDecayName]: decay * factor };
      const step: Update = { theta, dTheta, learningRate, options, layout, state };
      update(step);
    },
  };
}
