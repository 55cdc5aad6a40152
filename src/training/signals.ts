import type { Dataset } from "../data/dataset.js";
import { type Engine, mostKept, type Plan } from "../engine/plan.js";
import { rowOf, type Window } from "../engine/readings.js";
import type { Network } from "../network/network.js";
import type { ParameterWindow } from "../ops/parameterWindow.js";
import { distinctUnits } from "./distinctUnits.js";
import { distributionOf, type Statistics } from "./distribution.js";
import type { Histogram } from "./histogram.js";
import { IdleUnits } from "./idleUnits.js";

/**
 * What passes through one layer at one moment of a run, on a sample of the training examples, every unit kept: by the
 * forward and backward pass of the run's engine on the weights before an update step.
 */
export interface LayerSignals {
  /** From 1. */
  readonly layer: number;
  /** Of A[l], the layer's outputs. */
  readonly activation: Statistics;
  /** Of dW[l], the penalty left out. */
  readonly gradient: Statistics;
  /** Of A[l]. Missing in files that versions before it have written, as is the next. */
  readonly activationHistogram?: Histogram;
  /** Of dW[l]. */
  readonly gradientHistogram?: Histogram;
  /** ‖W[l]‖ */
  readonly weightNorm: number;
  /** ‖ΔW[l]‖ / ‖W[l]‖ of the update that follows; undefined at the end of the run, and where W is 0. */
  readonly updateRatio?: number;
  /**
   * Share of the units, 0 … 1, that are dead: on a flat half-line of their activation for every example of the sample, as
   * ReLUs whose output is 0.
   */
  readonly dead: number;
  /**
   * Share of the units, 0 … 1, that are saturated: where their activation has levelled off (sigmoid, tanh: |z| ≥ 5) for more
   * than half of the examples; for all of them where it does so on one side only, or is flat there, as ELU and hard tanh.
   */
  readonly saturated: number;
  /** Number of units whose weights and bias differ from those of each unit before them, by more than 1e-5 of their size. */
  readonly distinct: number;
}

/** Examples that signals are taken from: fewer where a network has many parameters. */
const leastExamples = 8;
const mostProducts = 2 ** 22;

/** How many examples the signals of a network are taken from, where there are that many. */
export function sampleSize(parameters: number): number {
  return Math.max(leastExamples, Math.min(mostKept, Math.floor(mostProducts / parameters)));
}

/** A fixed sample of the examples, spread evenly over the data, and what a network makes of it. */
export class SignalSample {
  private readonly network: Network;
  private readonly plan: Plan;
  /** dW[1] … dW[L] of the plan's gradient, each as one row. */
  private readonly dW: readonly Window[];
  private readonly idle: readonly IdleUnits[];

  /**
   * @param data features × examples and outputs × examples
   * @param engine what computes the passes
   */
  constructor(network: Network, { X, Y }: Dataset, engine: Engine) {
    const count = Math.min(sampleSize(network.theta.length), X.columns);
    const indices = Array.from({ length: count }, (_, j) => Math.floor((j * X.columns) / count));
    this.network = network;
    this.plan = engine.plan(network, { capacity: count });
    this.plan.load({ X, Y, indices, from: 0, count });
    this.idle = network.layers.map(({ activation }) => new IdleUnits(activation));
    this.dW = weightsOf(network).map(({ offset, rows, columns }) =>
      rowOf(this.plan.dTheta.subarray(offset, offset + rows * columns)),
    );
  }

  /** The signals of the network as it is; an update that follows is for the caller to add. */
  take(): Omit<LayerSignals, "updateRatio">[] {
    const { network, plan, dW, idle } = this;
    plan.step();
    const activations = plan.activations();
    return network.layers.map(({ W, b }, index) => {
      const A = activations[index];
      const activationsNow = distributionOf(A, plan.readings);
      const gradientsNow = distributionOf(dW[index], plan.readings);
      return {
        layer: index + 1,
        activation: activationsNow.statistics,
        gradient: gradientsNow.statistics,
        activationHistogram: activationsNow.histogram,
        gradientHistogram: gradientsNow.histogram,
        weightNorm: norm(W.data),
        dead: idle[index].dead(A),
        saturated: idle[index].saturated(A),
        distinct: distinctUnits(W, b),
      };
    });
  }

  /** Gives the engine's memory back. */
  release(): void {
    this.plan.release();
  }
}

/** ‖after − before‖ of some windows of θ, such as W[1], W[2], … */
export function updateNorms(
  windows: readonly ParameterWindow[],
  before: ArrayLike<number>,
  after: ArrayLike<number>,
): number[] {
  return windows.map(({ offset, rows, columns }) => {
    let squares = 0;
    for (let k = offset; k < offset + rows * columns; k++) {
      const change = after[k] - before[k];
      squares += change * change;
    }
    return Math.sqrt(squares);
  });
}

/** Where W[1], W[2], … lie in θ. */
export function weightsOf({ program }: Network): readonly ParameterWindow[] {
  return program.unitLayers.flatMap(({ sums }) => sums.parameters.filter(({ role }) => role === "W"));
}

function norm(values: ArrayLike<number>): number {
  let squares = 0;
  for (let k = 0; k < values.length; k++) squares += values[k] * values[k];
  return Math.sqrt(squares);
}
