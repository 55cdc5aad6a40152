import { type FloatArray, zeros } from "../../array/floatArray.js";
import { ShapeError } from "../../array/shapeError.js";
import type { Network } from "../../network/network.js";
import { type Batch, type Engine, type Plan, type PlanOptions, requireKept } from "../plan.js";
import type { Window } from "../readings.js";
import { activate, timesDerivative } from "./activate.js";
import { affine, backThroughWeights } from "./affine.js";
import { dataCost, type Head, outputGradient } from "./lossHead.js";
import { parameterGradients } from "./parameterGradients.js";
import { plainReadings } from "./plainReadings.js";

/** Plain TypeScript: runs everywhere, allocates nothing inside a step. */
export const plainEngine: Engine = {
  name: "plain",
  reproducible: true,
  unavailable: () => undefined,
  plan: (network, options) => new PlainPlan(network, options),
};

/** Arrays of one layer, each units × examples of the loaded batch, row-major. */
interface LayerWorkspace {
  /** A[l] before its mask; of the last layer A[L]. */
  readonly A: FloatArray;
  /** What the next layer reads: A[l] after its mask, or A itself where nothing is dropped. */
  readonly kept: FloatArray;
  /** dA[l], then dZ[l]. */
  readonly dZ: FloatArray;
  readonly dW: FloatArray;
  readonly db: FloatArray;
}

class PlainPlan implements Plan {
  readonly capacity: number;
  readonly dTheta: FloatArray;
  readonly output: FloatArray;
  readonly masks: readonly (Uint8Array | undefined)[];
  readonly readings = plainReadings;
  private readonly network: Network;
  private readonly keep: readonly number[];
  private readonly X: FloatArray; // (inputs × examples)
  private readonly keptX: FloatArray; // X after its mask
  private readonly logits: FloatArray; // Z[L]
  private readonly layers: readonly LayerWorkspace[];
  private readonly Y: FloatArray;
  private readonly weightBuffer: FloatArray;
  private readonly head: Head;
  private count = 0;

  constructor(network: Network, { capacity, keep = [], training = true }: PlanOptions) {
    const { dtype, inputs } = network.spec;
    const outputs = network.layers[network.layers.length - 1].units;
    this.network = network;
    this.capacity = capacity;
    this.keep = keep;
    this.dTheta = zeros(training ? network.theta.length : 0, dtype);
    const drops = (l: number): boolean => keep[l] !== undefined && keep[l] < 1;
    this.X = zeros(inputs * capacity, dtype);
    this.keptX = drops(0) ? zeros(inputs * capacity, dtype) : this.X;
    this.layers = network.layers.map(({ units, W, b }, index) => {
      const A = zeros(units * capacity, dtype);
      const window = network.layout[2 * index].offset;
      const end = window + W.data.length;
      return {
        A,
        kept: drops(index + 1) ? zeros(units * capacity, dtype) : A,
        dZ: zeros(training ? units * capacity : 0, dtype),
        dW: this.dTheta.subarray(window, end),
        db: this.dTheta.subarray(end, end + b.data.length),
      };
    });
    this.masks = Array.from({ length: network.layers.length }, (_, l) =>
      drops(l) ? new Uint8Array((l === 0 ? inputs : network.layers[l - 1].units) * capacity) : undefined,
    );
    this.output = this.layers[this.layers.length - 1].A;
    this.logits = zeros(outputs * capacity, dtype);
    this.Y = zeros(outputs * capacity, dtype);
    this.weightBuffer = zeros(capacity, dtype);
    this.head = { Z: this.logits, A: this.output, Y: this.Y, weights: undefined };
  }

  load({ X, Y, weights, indices, from, count }: Batch): void {
    if (X.rows !== this.network.spec.inputs) {
      throw new ShapeError(
        `the network takes ${this.network.spec.inputs} features, got a ${X.rows} × ${X.columns} matrix; ` +
          "features are rows, examples are columns",
      );
    }
    if (count > this.capacity) {
      throw new RangeError(`the plan holds ${this.capacity} examples a batch, got ${count}`);
    }
    this.count = count;
    gather(X.data, this.X, X.rows, X.columns, indices, from, count);
    if (Y !== undefined) gather(Y.data, this.Y, Y.rows, Y.columns, indices, from, count);
    if (weights !== undefined) gather(weights, this.weightBuffer, 1, weights.length, indices, from, count);
    this.head.weights = weights === undefined ? undefined : this.weightBuffer;
  }

  step(): number {
    const { layers } = this.network;
    const m = this.count;
    this.run(true);
    const cost = dataCost(this.network, this.head, m);
    outputGradient(this.network, this.head, this.layers[layers.length - 1].dZ, m);
    for (let l = layers.length - 1; l >= 0; l--) {
      const { W, units, inputs } = layers[l];
      const { dZ, dW, db } = this.layers[l];
      const below = l === 0 ? this.keptX : this.layers[l - 1].kept;
      parameterGradients(dZ, below, dW, db, units, inputs, m);
      if (l > 0) {
        const { A, dZ: dBelow } = this.layers[l - 1];
        backThroughWeights(W.data, dZ, dBelow, units, inputs, m); // dA[l−1]
        const mask = this.masks[l];
        if (mask !== undefined) applyMask(dBelow, mask, this.keep[l], dBelow, inputs * m);
        timesDerivative(layers[l - 1].activation, dBelow, A, inputs, m); // dZ[l−1]
      }
    }
    return cost;
  }

  forward(): void {
    this.run(false);
  }

  cost(): number {
    this.run(false);
    return dataCost(this.network, this.head, this.count);
  }

  activations(): Window[] {
    const { count } = this;
    requireKept(count);
    return this.network.layers.map(({ units }, index) => ({
      data: this.layers[index].A,
      rows: units,
      columns: count,
      stride: count,
    }));
  }

  release(): void {}

  /** The forward pass; `drop` applies the masks. */
  private run(drop: boolean): void {
    const { layers } = this.network;
    const m = this.count;
    const last = layers.length - 1;
    let below = drop ? masked(this.X, this.keptX, this.masks[0], this.keep[0], layers[0].inputs * m) : this.X;
    for (let l = 0; l <= last; l++) {
      const { W, b, units, inputs, activation } = layers[l];
      const { A, kept } = this.layers[l];
      const Z = l === last ? this.logits : A;
      affine(W.data, b.data, below, Z, units, inputs, m);
      activate(activation, Z, A, units, m);
      below = drop ? masked(A, kept, this.masks[l + 1], this.keep[l + 1], units * m) : A;
    }
  }
}

/** A after its mask, in `kept`; A itself where nothing is dropped. */
function masked(
  A: FloatArray,
  kept: FloatArray,
  mask: Uint8Array | undefined,
  keep: number,
  count: number,
): FloatArray {
  if (mask === undefined) return A;
  applyMask(A, mask, keep, kept, count);
  return kept;
}

/** `to = A ∘ D / keep`; A and `to` may be the same array. */
function applyMask(A: FloatArray, D: Uint8Array, keep: number, to: FloatArray, count: number): void {
  for (let k = 0; k < count; k++) to[k] = (A[k] * D[k]) / keep;
}

/** Copies `count` columns of a rows × columns matrix, packed row after row. */
function gather(
  source: ArrayLike<number>,
  target: FloatArray,
  rows: number,
  columns: number,
  indices: ArrayLike<number> | undefined,
  from: number,
  count: number,
): void {
  for (let i = 0; i < rows; i++) {
    const row = i * columns;
    const to = i * count;
    if (indices === undefined) for (let j = 0; j < count; j++) target[to + j] = source[row + from + j];
    else for (let j = 0; j < count; j++) target[to + j] = source[row + indices[from + j]];
  }
}
