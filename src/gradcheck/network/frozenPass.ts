import { add, multiply } from "../../array/broadcast.js";
import { Matrix } from "../../array/matrix.js";
import type { Activation } from "../../network/activation.js";
import { costOf } from "../../network/cost.js";
import { type Network, networkWith } from "../../network/network.js";
import { applyMask } from "../../ops/structure/dropout/dropout.js";
import { product } from "./rowProducts.js";
import type { TrainingStep } from "./trainingStep.js";

/** What is kept of one layer at θ. */
interface FrozenLayer {
  /** W[l] A[l−1], units × examples */
  readonly WA: Matrix;
  /** units × examples */
  readonly Z: Matrix;
  /** g(Z[l]), units × examples */
  readonly g: Matrix;
  /** The same after its mask */
  readonly A: Matrix;
  /** Slope of each unit for each example, of a piecewise linear activation: it stays as it is at θ. */
  readonly slopes: Matrix | undefined;
}

/**
 * The cost around one θ with the branches taken there: each ReLU passes or blocks what it passed or blocked at θ, so that the
 * cost is smooth and equals J at θ to the last bit, and near it up to the nearest kink.
 *
 * Layers below the first one that was changed keep their values, which makes the differences of one block cheap.
 */
export class FrozenPass {
  /** The network at θ, in float64. */
  readonly network: Network;
  readonly step: TrainingStep;
  readonly layers: readonly FrozenLayer[];
  /** A network for parameters near θ. */
  private readonly moved: Network;

  constructor(network: Network, step: TrainingStep, theta: Float64Array) {
    this.network = networkWith(network.spec, theta.slice());
    this.moved = network;
    this.step = step;
    const layers: FrozenLayer[] = [];
    let below = applyMask(step.X, step.masks[0]); // (inputs × examples)
    for (const [index, { W, b, activation }] of this.network.layers.entries()) {
      const WA = product(W, below); // (units × examples)
      const Z = add(WA, b);
      const slopes = slopesOf(activation, Z);
      const g = slopes === undefined ? activation.forward(Z) : multiply(slopes, Z);
      const A = applyMask(g, step.masks[index + 1]);
      layers.push({ WA, Z, g, A, slopes });
      below = A;
    }
    this.layers = layers;
  }

  /** J(θ) for parameters near the θ it was made for. */
  cost(theta: Float64Array): number {
    const { step, layers, moved } = this;
    moved.theta.set(theta);
    const first = this.firstChanged(theta);
    const last = layers.length - 1;
    let { Z, A } = layers[Math.min(first, last)];
    let below = first === 0 ? applyMask(step.X, step.masks[0]) : layers[first - 1].A;
    for (let index = first; index <= last; index++) {
      const { W, b } = moved.layers[index];
      const unchanged = index === first && !this.differs(2 * index, theta);
      Z = add(unchanged ? layers[index].WA : product(W, below), b); // (units × examples)
      A = index === last ? this.outputOf(Z) : this.activate(index, Z);
      below = A;
    }
    return this.costOf(moved, Z, A, step.l2);
  }

  /** A[L] as the cost needs it: a loss that is made for one activation is computed from the logits and does not look at it. */
  outputOf(Z: Matrix): Matrix {
    return this.network.loss.activation === undefined ? this.activate(this.layers.length - 1, Z) : Z;
  }

  /** A[l] = g(Z[l]) with θ's branches, after its mask; layers counted from 0. */
  private activate(index: number, Z: Matrix): Matrix {
    const { slopes } = this.layers[index];
    const A = slopes === undefined ? this.network.layers[index].activation.forward(Z) : multiply(slopes, Z);
    return applyMask(A, this.step.masks[index + 1]);
  }

  /** The cost of the last layer's values. */
  costOf(network: Network, Z: Matrix, A: Matrix, l2: number): number {
    const { step } = this;
    return costOf(network, Z, A, step.Y, { ...step, l2 }).cost;
  }

  /** Index of the first layer whose parameters are not those of θ; one past the last where none is. */
  private firstChanged(theta: Float64Array): number {
    const { layout, layers } = this.network;
    for (let window = 0; window < layout.length; window++) if (this.differs(window, theta)) return window >> 1;
    return layers.length;
  }

  private differs(window: number, theta: Float64Array): boolean {
    const { offset, rows, columns } = this.network.layout[window];
    const own = this.network.theta;
    for (let k = offset; k < offset + rows * columns; k++) if (own[k] !== theta[k]) return true;
    return false;
  }
}

/** g'(Z) of a piecewise linear activation, for which `g(Z) = g'(Z) ∘ Z`; undefined for a smooth one. */
function slopesOf(activation: Activation, Z: Matrix): Matrix | undefined {
  if (activation.name !== "relu" && activation.name !== "leakyRelu") return undefined;
  const ones = Matrix.filled(Z.rows, Z.columns, 1);
  return activation.backward(ones, Z, Z);
}
