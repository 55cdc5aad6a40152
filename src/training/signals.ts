import type { Matrix } from "../array/matrix.js";
import { backward } from "../network/backward.js";
import { forward } from "../network/forward.js";
import type { Network } from "../network/network.js";
import { type Histogram, histogramOf } from "./histogram.js";

/** Mean, standard deviation and Euclidean norm of some numbers. */
export interface Statistics {
  readonly mean: number;
  readonly deviation: number;
  readonly norm: number;
}

/**
 * What passes through one layer at one moment of a run, on a sample of the training examples, every unit kept: by the
 * readable forward and backward pass on the weights before an update step.
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
  /** Share of the units, 0 … 1, that are dead: ReLUs whose output is 0 for every example of the sample. */
  readonly dead: number;
  /** Share of the units, 0 … 1, that are saturated: sigmoid or tanh with |z| ≥ 5 for more than half of the examples. */
  readonly saturated: number;
  /** Number of units whose weights and bias differ from those of each unit before them, by more than 1e-5 of their size. */
  readonly distinct: number;
}

/** Examples that signals are taken from: fewer where a network has millions of parameters. */
const mostExamples = 64;
const leastExamples = 8;
const mostProducts = 2 ** 22;
/** Moments of a run. */
const mostMoments = 32;
const leastMoments = 8;
/** Part of a run's time that signals may take, and how much longer than the kernels the readable pass needs an example. */
const share = 0.03;
const slowness = 30;
/** |z| from which a sigmoid or tanh hardly moves: σ'(5) = 0.0066, tanh'(5) = 0.0002. */
const saturation = 5;
const sameUnit = 1e-5;

/** A fixed sample of the examples, spread evenly over the data, and what a network makes of it. */
export class SignalSample {
  private readonly X: Matrix;
  private readonly Y: Matrix;

  /**
   * @param X features × examples
   * @param Y outputs × examples
   * @param parameters of the network
   */
  constructor(X: Matrix, Y: Matrix, parameters: number) {
    const count = Math.min(examplesFor(parameters), X.columns);
    const chosen = Array.from({ length: count }, (_, j) => Math.floor((j * X.columns) / count));
    this.X = X.selectColumns(chosen);
    this.Y = Y.selectColumns(chosen);
  }

  /** The signals of a network as it is; an update that follows is for the caller to add. */
  take(network: Network): Omit<LayerSignals, "updateRatio">[] {
    const { cache } = forward(network, this.X);
    const { gradients } = backward(network, cache, this.Y);
    return network.layers.map(({ W, b, units, activation }, index) => {
      const l = index + 1;
      const Z = cache.Z[l];
      const A = cache.A[l];
      const shareOf = (isSo: (unit: number) => boolean): number =>
        Array.from({ length: units }, (_, i) => i).filter(isSo).length / units;
      const dW = gradients[`dW${l}`].data;
      const bounded = activation.name === "sigmoid" || activation.name === "tanh";
      return {
        layer: l,
        activation: statistics(A.data),
        gradient: statistics(dW),
        activationHistogram: histogramOf(A.data),
        gradientHistogram: histogramOf(dW),
        weightNorm: statistics(W.data).norm,
        dead: activation.name === "relu" ? shareOf((i) => A.rowData(i).every((a) => a === 0)) : 0,
        saturated: bounded ? shareOf((i) => isSaturated(Z.rowData(i))) : 0,
        distinct: distinctUnits(W, b),
      };
    });
  }
}

/**
 * At how many moments of a run signals are taken, so that they take a few percent of its time: 8 to 32.
 *
 * @param examples that all steps of the run go through, together
 */
export function momentsOf(parameters: number, examples: number): number {
  const affordable = Math.floor((share * examples) / (slowness * examplesFor(parameters)));
  return Math.max(leastMoments, Math.min(mostMoments, affordable));
}

function examplesFor(parameters: number): number {
  return Math.max(leastExamples, Math.min(mostExamples, Math.floor(mostProducts / parameters)));
}

/** ‖after − before‖ / ‖before‖ of W[1], W[2], …; undefined where W is 0. */
export function updateRatios(
  { layout }: Network,
  before: ArrayLike<number>,
  after: ArrayLike<number>,
): (number | undefined)[] {
  return layout
    .filter(({ kind }) => kind === "W")
    .map(({ offset, rows, columns }) => {
      let change = 0;
      let size = 0;
      for (let k = offset; k < offset + rows * columns; k++) {
        change += (after[k] - before[k]) ** 2;
        size += before[k] ** 2;
      }
      return size > 0 ? Math.sqrt(change / size) : undefined;
    });
}

/** Number of rows of `[W b]` that are unlike all rows before them. */
export function distinctUnits(W: Matrix, b: Matrix): number {
  const sizes = Array.from({ length: W.rows }, (_, i) => {
    let size = b.data[i] ** 2;
    for (const w of W.rowData(i)) size += w * w;
    return size;
  });
  const kept: number[] = [];
  for (let i = 0; i < W.rows; i++) {
    if (!kept.some((k) => isWithin(W, b, i, k, sameUnit ** 2 * Math.max(sizes[i], sizes[k])))) kept.push(i);
  }
  return kept.length;
}

/** Whether rows i and k of `[W b]` have a squared distance of at most `limit`. */
function isWithin(W: Matrix, b: Matrix, i: number, k: number, limit: number): boolean {
  const columns = W.columns;
  let distance = (b.data[i] - b.data[k]) ** 2;
  // Unlike rows are told apart by their first numbers.
  for (let j = 0; j < columns && distance <= limit; j++) {
    distance += (W.data[i * columns + j] - W.data[k * columns + j]) ** 2;
  }
  return distance <= limit;
}

function isSaturated(z: ArrayLike<number>): boolean {
  let count = 0;
  for (let j = 0; j < z.length; j++) if (Math.abs(z[j]) >= saturation) count++;
  return count > z.length / 2;
}

function statistics(values: ArrayLike<number>): Statistics {
  let sum = 0;
  let squares = 0;
  for (let k = 0; k < values.length; k++) {
    sum += values[k];
    squares += values[k] ** 2;
  }
  const mean = sum / values.length;
  let distances = 0;
  for (let k = 0; k < values.length; k++) distances += (values[k] - mean) ** 2;
  return { mean, deviation: Math.sqrt(distances / values.length), norm: Math.sqrt(squares) };
}
