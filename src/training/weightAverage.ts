import type { FloatArray } from "../array/floatArray.js";
import type { Averaged, TrainerState } from "../engine/trainer.js";
import type { Network } from "../network/network.js";
import { type AveragePlan, counts } from "../ops/average/average.js";

/** The average of a network's weights, and of what it keeps beside them, over the steps of a run. */
export class WeightAverage {
  private readonly plan: AveragePlan;
  private readonly theta: FloatArray;
  private readonly kept: FloatArray;
  /** s, the sum of the weights of what has been averaged. */
  private weight = 0;

  constructor(plan: AveragePlan, { theta, state }: Network) {
    this.plan = plan;
    this.theta = theta.slice().fill(0);
    this.kept = state.slice().fill(0);
  }

  /** After the update of step `iteration`: `s := 1 + β s`, `θ̄ := θ̄ + (θ − θ̄) / s`, where it counts. */
  add(iteration: number, { theta, state }: Network): void {
    if (!counts(this.plan, iteration + 1)) return;
    this.weight = 1 + this.plan.decay * this.weight;
    move(this.theta, theta, 1 / this.weight);
    move(this.kept, state, 1 / this.weight);
  }

  /** Itself and no copy; undefined before the first that counts. */
  get now(): Averaged | undefined {
    return this.weight === 0 ? undefined : { theta: this.theta, kept: this.kept };
  }

  state(): Pick<TrainerState, "averaged" | "averagedKept" | "averagedWeight"> {
    return {
      averaged: this.theta.slice(),
      ...(this.kept.length > 0 && { averagedKept: this.kept.slice() }),
      averagedWeight: this.weight,
    };
  }

  restore({ averaged, averagedKept, averagedWeight = 0 }: TrainerState): void {
    if (averaged) this.theta.set(averaged);
    if (averagedKept) this.kept.set(averagedKept);
    this.weight = averagedWeight;
  }
}

function move(average: FloatArray, values: FloatArray, share: number): void {
  for (let k = 0; k < average.length; k++) average[k] += (values[k] - average[k]) * share;
}
