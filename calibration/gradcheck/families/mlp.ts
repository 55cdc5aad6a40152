import type { GradientProblem } from "../../../src/gradcheck/checkGradients.js";
import type { RandomStream } from "../../../src/random/streams.js";

/** W1, b1, W2, … : matrices row after row, biases as rows. */
export type Weights = Record<string, number[][] | number[]>;

/** How a program computes. */
export interface Precision {
  /** What is done to each result; parameters are rounded when they come in. */
  readonly round: (value: number) => number;
  /** The same for the last division of the cost. */
  readonly mean?: (value: number) => number;
}

const activations = ["tanh", "sigmoid", "relu"] as const;

/** Mistakes of a backward pass of fully connected layers. */
export const mlpBugs = [
  "g' forgotten",
  "1/m missing in dW",
  "bias of one example",
  "W not transposed",
  "an example left out",
  "sign of an entry",
  "entry × 1.1",
  "dW × 1.02",
] as const;
export type MlpBug = (typeof mlpBugs)[number];

/**
 * A multilayer perceptron, one example after the other, as a program without a library computes it: half the mean square of the
 * errors, or cross-entropy of a softmax.
 */
export function mlp(stream: RandomStream, precision: Precision): Mlp {
  const { round } = precision;
  const pick = <T>(list: readonly T[]): T => list[stream.below(list.length)];
  const normal = (): number => round(stream.normal());
  const sizes = Array.from({ length: 2 + stream.below(3) }, () => 2 + stream.below(7));
  const activation = pick(activations);
  const isClassifier = stream.random() < 0.5;
  const examples = 4 + stream.below(17);
  const last = sizes.length - 1;
  const X = Array.from({ length: examples }, () => Array.from({ length: sizes[0] }, normal));
  const Y = X.map(() => {
    const right = stream.below(sizes[last]);
    return Array.from({ length: sizes[last] }, (_, k) => (isClassifier ? Number(k === right) : normal()));
  });
  const parameters: Weights = {};
  for (let l = 1; l <= last; l++) {
    const scale = 1 / Math.sqrt(sizes[l - 1]);
    parameters[`W${l}`] = Array.from({ length: sizes[l] }, () =>
      Array.from({ length: sizes[l - 1] }, () => round(scale * stream.normal())),
    );
    parameters[`b${l}`] = Array.from({ length: sizes[l] }, () => round(0.1 * stream.normal()));
  }
  return new Mlp(sizes, activation, isClassifier, X, Y, parameters, precision);
}

export class Mlp {
  readonly parameters: Weights;
  private readonly last: number;

  constructor(
    readonly sizes: readonly number[],
    readonly activation: (typeof activations)[number],
    private readonly isClassifier: boolean,
    private readonly X: number[][],
    private readonly Y: number[][],
    parameters: Weights,
    private readonly precision: Precision,
  ) {
    this.parameters = parameters;
    this.last = sizes.length - 1;
  }

  /** @param place a number that says where the bug is, where there are several places */
  problem(bug?: MlpBug, place = 0): GradientProblem<Weights> {
    return {
      parameters: this.parameters,
      cost: (p) => this.cost(p),
      gradients: (p) => this.gradients(p, bug, place),
    };
  }

  private cost(parameters: Weights): number {
    const { X, Y } = this;
    const { round: r, mean = r } = this.precision;
    const p = changed(parameters, r);
    let sum = 0;
    for (const [i, x] of X.entries()) {
      const output = this.forward(p, x).at(-1) ?? [];
      if (this.isClassifier) {
        const most = Math.max(...output);
        const total = output.reduce((all, z) => r(all + r(Math.exp(r(z - most)))), 0);
        const own = output[Y[i].indexOf(1)];
        sum = r(sum + r(r(Math.log(total)) - r(own - most)));
      } else {
        for (const [k, z] of output.entries()) {
          const e = r(z - Y[i][k]);
          sum = r(sum + r(0.5 * r(e * e)));
        }
      }
    }
    return mean(sum / X.length);
  }

  gradients(parameters: Weights, bug?: MlpBug, place = 0): Weights {
    const { X, Y, last } = this;
    const { round: r } = this.precision;
    const p = changed(parameters, r);
    const layer = 1 + (place % last);
    const d = changed(p, () => 0);
    const examples = bug === "an example left out" ? X.slice(1) : X;
    for (const [i, x] of examples.entries()) {
      const A = this.forward(p, x);
      const y = bug === "an example left out" ? Y[i + 1] : Y[i];
      let dz = this.outputError(A[last], y);
      for (let l = last; l >= 1; l--) {
        const dW = d[`W${l}`] as number[][];
        const db = d[`b${l}`] as number[];
        const W = p[`W${l}`] as number[][];
        for (const [k, delta] of dz.entries()) {
          for (const [j, a] of A[l - 1].entries()) dW[k][j] = r(dW[k][j] + r(delta * a));
          if (bug === "bias of one example" && l === layer) db[k] = delta;
          else db[k] = r(db[k] + delta);
        }
        if (l === 1) break;
        const isSquare = this.sizes[l] === this.sizes[l - 1];
        const turned = bug === "W not transposed" && isSquare;
        dz = A[l - 1].map((a, j) => {
          const da = dz.reduce((sum, delta, k) => r(sum + r((turned ? W[j][k] : W[k][j]) * delta)), 0);
          return bug === "g' forgotten" && l - 1 === layer ? da : r(da * this.derivative(a));
        });
      }
    }
    const m = examples.length;
    const sums = bug === "1/m missing in dW" ? `W${layer}` : undefined;
    for (const [name, value] of Object.entries(d)) {
      if (name === sums) continue;
      d[name] = changed({ [name]: value }, (entry) => r(entry / m))[name];
    }
    const own = d[`W${layer}`] as number[][];
    const row = own[place % own.length];
    const column = place % row.length;
    if (bug === "sign of an entry") row[column] = -row[column];
    if (bug === "entry × 1.1") row[column] = r(1.1 * row[column]);
    if (bug === "dW × 1.02") d[`W${layer}`] = own.map((entries) => entries.map((entry) => r(1.02 * entry)));
    return d;
  }

  /** A[0] = x, A[1], …, and the last layer before any softmax. */
  private forward(p: Weights, x: readonly number[]): number[][] {
    const { last } = this;
    const { round: r } = this.precision;
    const A: number[][] = [[...x]];
    for (let l = 1; l <= last; l++) {
      const b = p[`b${l}`] as number[];
      const below = A[l - 1];
      const z = (p[`W${l}`] as number[][]).map((row, k) => row.reduce((sum, w, j) => r(sum + r(w * below[j])), b[k]));
      A.push(l === last ? z : z.map((value) => this.activate(value)));
    }
    return A;
  }

  private outputError(z: readonly number[], y: readonly number[]): number[] {
    const { round: r } = this.precision;
    if (!this.isClassifier) return z.map((value, k) => r(value - y[k]));
    const most = Math.max(...z);
    const powers = z.map((value) => r(Math.exp(r(value - most))));
    const total = powers.reduce((sum, value) => r(sum + value), 0);
    return powers.map((value, k) => r(r(value / total) - y[k]));
  }

  private activate(z: number): number {
    const { round: r } = this.precision;
    if (this.activation === "tanh") return r(Math.tanh(z));
    if (this.activation === "sigmoid") return r(1 / r(1 + r(Math.exp(-z))));
    return Math.max(0, z);
  }

  private derivative(a: number): number {
    const { round: r } = this.precision;
    if (this.activation === "tanh") return r(1 - r(a * a));
    if (this.activation === "sigmoid") return r(a * r(1 - a));
    return Number(a > 0);
  }
}

/** The same with each number changed. */
function changed(weights: Weights, change: (value: number) => number): Weights {
  const row = (values: readonly number[]): number[] => values.map(change);
  return Object.fromEntries(
    Object.entries(weights).map(([name, value]) => [name, isMatrix(value) ? value.map(row) : row(value)]),
  );
}

function isMatrix(value: Weights[string]): value is number[][] {
  return Array.isArray(value[0]);
}
