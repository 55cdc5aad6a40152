import type { Matrix } from "../../../array/matrix.js";
import { lossOf } from "../../../network/loss.js";
import { type Network, networkWith } from "../../../network/network.js";
import type { Penalty, WeightPenalty } from "../../../network/penalty.js";
import { FrozenPass } from "../frozenPass.js";
import type { TrainingStep } from "../trainingStep.js";
import type { Backpropagation, LayerWindows } from "./backpropagation.js";
import { rightFormulas, weighted } from "./formulas.js";

/** The passes of a dense chain as they should be. */
export class ChainBackpropagation implements Backpropagation {
  readonly network: Network;
  readonly step: TrainingStep;
  /** Of each layer, from 0. */
  private readonly penalties: Penalty;
  private readonly snapping: number;
  /** Examples of the batch. */
  readonly m: number;
  readonly layers: number;
  readonly Z: readonly Matrix[];
  /** After its mask; A[0] is X after its mask. */
  readonly A: readonly Matrix[];
  /** A[l] before its mask. */
  readonly unmasked: readonly Matrix[];
  /** dA[l] after its mask; of the last layer only where the loss is differentiated by the outputs. */
  readonly dA: Matrix[] = [];
  readonly dZ: Matrix[] = [];
  /** dW[l] without the penalty. */
  readonly dW: Matrix[] = [];
  readonly db: Matrix[] = [];

  /** @param snapping how near, relative, a number read from a gradient must be to one it is taken for */
  constructor(network: Network, step: TrainingStep, snapping: number) {
    const frozen = new FrozenPass(network, step, Float64Array.from(network.theta));
    const { values } = frozen;
    const { unitLayers, output } = network.program;
    const Z = [step.X, ...unitLayers.map(({ sums }) => values[sums.outputs[0]])];
    const A = [...unitLayers.map(({ sums }) => values[sums.inputs[0]]), values[output]];
    this.network = network;
    this.snapping = snapping;
    this.step = step;
    this.penalties = frozen.penalty;
    this.m = step.X.columns;
    this.layers = network.layers.length;
    this.Z = Z;
    this.A = A;
    this.unmasked = [step.X, ...unitLayers.map(({ activation }) => values[activation.outputs[0]])];
    const right = rightFormulas;
    const { loss } = network;
    for (let l = this.layers; l >= 1; l--) {
      if (l < this.layers) this.dA[l] = right.masked(this, l, right.dA(this, l, this.dZ[l + 1]));
      else if (loss.by === "output") this.dA[l] = weighted(this, lossOf(network).derivative(Z[l], A[l], step.Y));
      this.dZ[l] = l === this.layers ? right.output(this) : right.dZ(this, l, this.dA[l]);
      this.dW[l] = right.dW(this, l, this.dZ[l]);
      this.db[l] = right.db(this, l, this.dZ[l]);
    }
  }

  /** Layer l, from 1. */
  layer(l: number): Network["layers"][number] {
    return this.network.layers[l - 1];
  }

  /** The right gradient of a block by its name, penalty included. */
  right(name: string): Float64Array {
    for (let l = 1; l <= this.layers; l++) {
      const { W, b, learned } = this.windows(l);
      const place = learned.findIndex((window) => window.name === name);
      if (place >= 0) return Float64Array.from(rightFormulas.learned(this, l, this.dA[l])[place].data);
      if (b.name === name) return Float64Array.from(this.db[l].data);
      if (W.name !== name) continue;
      const weights = this.layer(l).W.data;
      return Float64Array.from(this.dW[l].data, (a, k) => a + rightFormulas.penalty(this, weights[k], l));
    }
    throw new Error(`no block is called ${name}`);
  }

  /** Where the parameters of layer l lie in θ. */
  windows(l: number): LayerWindows {
    const { sums, activation } = this.network.program.unitLayers[l - 1];
    const [W, b] = sums.parameters;
    return { W, b, learned: activation.parameters };
  }

  /** Whether a number read from a gradient is this one. */
  same(value: number, known: number): boolean {
    return Math.abs(value - known) <= this.snapping * Math.abs(known);
  }

  /** What the weights of layer l are penalized by. */
  penalty(l: number): WeightPenalty {
    return this.penalties[l - 1];
  }

  /** Probability to keep a unit of layer l; 1 without dropout. */
  keep(l: number): number {
    return this.step.masks[l]?.keep ?? 1;
  }
}

/** The passes of a network at parameters, in float64 whatever the network's own precision. */
export function backpropagationAt(
  { spec }: Network,
  theta: ArrayLike<number>,
  step: TrainingStep,
  snapping: number,
): ChainBackpropagation {
  return new ChainBackpropagation(networkWith({ ...spec, dtype: "float64" }, Float64Array.from(theta)), step, snapping);
}
