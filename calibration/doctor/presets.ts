import {
  type ActivationName,
  type Dataset,
  dense,
  type InitializerSpec,
  Matrix,
  type Network,
  network,
  type TrainOptions,
} from "gradproof";
import { blobs, circles, digits, moons, pitch, spiral, xor } from "gradproof/data";
import { RandomStream } from "gradproof/random";

/** A run by name: what it trains on what, for a seed of weights and data. */
export interface Preset {
  readonly name: string;
  /** The symptom it has; undefined for a healthy one. */
  readonly symptom?: string;
  readonly make: (seed: number) => Patient;
}

interface Patient {
  readonly network: Network;
  readonly data: Dataset;
  readonly options: TrainOptions;
}

interface Plan {
  readonly data: Dataset;
  readonly hidden: readonly number[];
  readonly activation?: ActivationName;
  readonly initializer?: InitializerSpec;
  readonly output?: ActivationName;
  readonly seed: number;
  readonly options: TrainOptions;
}

function patient({ data, hidden, activation = "relu", initializer, output, seed, options }: Plan): Patient {
  const last = output ?? (data.Y.rows === 1 ? "sigmoid" : "softmax");
  return {
    data,
    options: { seed, ...options },
    network: network({
      inputs: data.X.rows,
      layers: [...hidden.map((units) => dense(units, activation)), dense(data.Y.rows, last)],
      ...(initializer !== undefined && { initializer }),
      seed,
    }),
  };
}

/** A healthy run with an activation in a hidden layer, from the start that fits it. */
export function moonsWith(activation: ActivationName, initializer: InitializerSpec): Preset {
  return {
    name: `moons, ${activation}`,
    make: (seed) =>
      patient({
        data: moons({ examples: 300, noise: 0.15, seed }),
        hidden: [12],
        activation,
        initializer,
        seed,
        options: adam(40),
      }),
  };
}

const descent = (learningRate: number, iterations: number): TrainOptions => ({
  optimizer: "gradientDescent",
  learningRate,
  iterations,
});
const adam = (epochs: number, batchSize = 16): TrainOptions => ({
  optimizer: "adam",
  learningRate: 0.01,
  epochs,
  batchSize,
});

/** y = sin 2x with noise. */
function wave(seed: number): Dataset {
  const random = new RandomStream(seed, "data", 0, 0);
  const x = Float64Array.from({ length: 200 }, () => 2 * random.normal());
  return {
    X: new Matrix(1, 200, x),
    Y: Matrix.row(Array.from(x, (value) => Math.sin(2 * value) + 0.1 * random.normal())),
  };
}

/** Normal features of which a few decide; `rare` is the share of the positive class. */
function table(seed: number, { features = 8, examples = 400, rare = 0.5, noise = 0.3 } = {}): Dataset {
  const random = new RandomStream(seed, "data", 1, 0);
  const X = new Matrix(
    features,
    examples,
    Float64Array.from({ length: features * examples }, () => random.normal()),
  );
  const scores = Array.from({ length: examples }, (_, j) => X.get(0, j) - X.get(1, j) + noise * random.normal());
  const limit = scores.toSorted((a, b) => b - a)[Math.floor(rare * examples)];
  return { X, Y: Matrix.row(scores.map((score) => (score > limit ? 1 : 0))) };
}

function scaled({ X, Y }: Dataset, factor: (feature: number) => number, offset = 0): Dataset {
  const data = X.data.map((value, k) => value * factor(Math.floor(k / X.columns)) + offset);
  return { X: new Matrix(X.rows, X.columns, Float64Array.from(data)), Y };
}

/** The same examples with labels that have nothing to do with them. */
function shuffled({ X, Y }: Dataset, seed: number): Dataset {
  return { X, Y: Y.selectColumns(new RandomStream(seed, "data", 2, 0).permutation(Y.columns)) };
}

function split({ X, Y }: Dataset, train: number): { train: Dataset; validation: Dataset } {
  const part = (from: number, to: number): Dataset => {
    const columns = Array.from({ length: to - from }, (_, j) => from + j);
    return { X: X.selectColumns(columns), Y: Y.selectColumns(columns) };
  };
  return { train: part(0, train), validation: part(train, X.columns) };
}

const circle = (seed: number): Dataset => circles({ examples: 300, noise: 0.05, seed });

export const presets: readonly Preset[] = [
  {
    name: "circles, He, descent",
    make: (seed) =>
      patient({ data: circle(seed), hidden: [10, 5], initializer: "he", seed: 3, options: descent(0.01, 15_000) }),
  },
  {
    name: "circles, Xavier, descent",
    make: (seed) =>
      patient({ data: circle(seed), hidden: [10, 5], initializer: "xavier", seed, options: descent(0.02, 15_000) }),
  },
  {
    name: "pitch, none, descent 0.3",
    make: (seed) =>
      patient({ data: pitch({ seed }), hidden: [20, 3], initializer: "xavier", seed, options: descent(0.3, 10_000) }),
  },
  {
    name: "pitch, L2 0.7",
    make: (seed) =>
      patient({
        data: pitch({ seed }),
        hidden: [20, 3],
        initializer: "xavier",
        seed,
        options: { ...descent(0.3, 10_000), l2: 0.7 },
      }),
  },
  {
    name: "pitch, dropout 0.86",
    make: (seed) =>
      patient({
        data: pitch({ seed }),
        hidden: [20, 3],
        initializer: "xavier",
        seed,
        options: { ...descent(0.3, 10_000), keep: 0.86 },
      }),
  },
  {
    name: "moons, Adam",
    make: (seed) =>
      patient({ data: moons({ examples: 300, noise: 0.15, seed }), hidden: [16, 8], seed, options: adam(40) }),
  },
  {
    name: "moons, tanh, Xavier",
    make: (seed) =>
      patient({
        data: moons({ examples: 300, noise: 0.15, seed }),
        hidden: [12],
        activation: "tanh",
        initializer: "xavier",
        seed,
        options: adam(40),
      }),
  },
  {
    name: "xor, sigmoid",
    make: (seed) =>
      patient({
        data: xor({ examples: 300, noise: 0.1, seed }),
        hidden: [8],
        activation: "sigmoid",
        initializer: "xavier",
        seed,
        options: adam(120),
      }),
  },
  {
    name: "blobs, softmax",
    make: (seed) =>
      patient({ data: blobs({ examples: 300, spread: 1.5, seed }), hidden: [12], seed, options: adam(30) }),
  },
  {
    name: "spiral, wide",
    make: (seed) =>
      patient({ data: spiral({ examples: 400, noise: 0.02, seed }), hidden: [32, 32], seed, options: adam(100) }),
  },
  {
    name: "wave, regression",
    make: (seed) =>
      patient({
        data: wave(seed),
        hidden: [24, 24],
        activation: "tanh",
        initializer: "xavier",
        output: "linear",
        seed,
        options: adam(100),
      }),
  },
  {
    name: "table, L2, early stopping",
    make: (seed) => {
      const { train, validation } = split(table(seed), 300);
      return patient({
        data: train,
        hidden: [16],
        seed,
        options: { ...adam(60), l2: 1, validation, earlyStopping: { patience: 10 } },
      });
    },
  },
  {
    name: "table, logistic regression",
    make: (seed) => patient({ data: table(seed), hidden: [], seed, options: descent(0.1, 2000) }),
  },
  {
    name: "table, leaky ReLU, RMSprop",
    make: (seed) =>
      patient({
        data: table(seed),
        hidden: [16, 8],
        activation: "leakyRelu",
        seed,
        options: { optimizer: "rmsprop", learningRate: 0.002, epochs: 40, batchSize: 32 },
      }),
  },
  {
    name: "moons, N(0, 0.01²)",
    make: (seed) =>
      patient({
        data: moons({ examples: 300, noise: 0.15, seed }),
        hidden: [16, 8],
        initializer: { type: "normal", scale: 0.01 },
        seed,
        options: adam(60),
      }),
  },
  {
    name: "moons, tanh, Xavier × 2",
    make: (seed) =>
      patient({
        data: moons({ examples: 300, noise: 0.15, seed }),
        hidden: [12, 12],
        activation: "tanh",
        initializer: { type: "xavier", gain: 2 },
        seed,
        options: adam(40),
      }),
  },
  {
    name: "table, 6 layers, He",
    make: (seed) => patient({ data: table(seed), hidden: [32, 32, 32, 32, 32], seed, options: adam(15) }),
  },
  {
    name: "1 in 50, balanced weights",
    make: (seed) =>
      patient({
        data: table(seed, { rare: 0.02, examples: 1000 }),
        hidden: [16],
        seed,
        options: { ...adam(20), classWeight: "balanced" },
      }),
  },

  {
    name: "zeros",
    symptom: "symmetry",
    make: (seed) =>
      patient({ data: circle(seed), hidden: [10, 5], initializer: "zeros", seed, options: descent(0.01, 3000) }),
  },
  {
    name: "constant",
    symptom: "symmetry",
    make: (seed) =>
      patient({
        data: table(seed),
        hidden: [10],
        activation: "tanh",
        initializer: { type: "constant", value: 0.1 },
        seed,
        options: adam(20),
      }),
  },
  {
    name: "30 layers, Xavier, ReLU",
    symptom: "vanishing gradients",
    make: (seed) =>
      patient({
        data: circle(seed),
        hidden: Array<number>(29).fill(16),
        initializer: "xavier",
        seed,
        options: descent(0.02, 300),
      }),
  },
  {
    name: "10 layers, sigmoid",
    symptom: "vanishing gradients",
    make: (seed) =>
      patient({
        data: circle(seed),
        hidden: Array<number>(9).fill(16),
        activation: "sigmoid",
        initializer: "xavier",
        seed,
        options: descent(0.02, 500),
      }),
  },
  {
    name: "20 layers, normal × 1",
    symptom: "exploding gradients",
    make: (seed) =>
      patient({
        data: table(seed),
        hidden: Array<number>(19).fill(20),
        initializer: { type: "normal", scale: 1 },
        seed,
        options: { ...descent(1e-9, 50) },
      }),
  },
  {
    name: "circles, random × 10",
    symptom: "bad first cost",
    make: (seed) =>
      patient({
        data: circle(seed),
        hidden: [10, 5],
        initializer: { type: "normal", scale: 10 },
        seed,
        options: descent(0.01, 3000),
      }),
  },
  {
    name: "circles, random × 3",
    symptom: "start too large",
    make: (seed) =>
      patient({
        data: circle(seed),
        hidden: [10, 5],
        initializer: { type: "normal", scale: 3 },
        seed,
        options: descent(0.01, 3000),
      }),
  },
  {
    name: "5 tanh layers, N(0, 0.01²)",
    symptom: "start too small",
    make: (seed) =>
      patient({
        data: circle(seed),
        hidden: [16, 16, 16, 16],
        activation: "tanh",
        initializer: { type: "normal", scale: 0.01 },
        seed,
        options: descent(0.1, 1000),
      }),
  },
  {
    name: "rate 1000",
    symptom: "divergence",
    make: (seed) =>
      patient({
        data: wave(seed),
        hidden: [24],
        activation: "leakyRelu",
        output: "linear",
        seed,
        options: descent(1000, 200),
      }),
  },
  {
    name: "Adam at 3",
    symptom: "steps too large",
    make: (seed) =>
      patient({
        data: table(seed),
        hidden: [16, 8],
        activation: "tanh",
        initializer: "xavier",
        seed,
        options: { optimizer: "adam", learningRate: 3, epochs: 20, batchSize: 32 },
      }),
  },
  {
    name: "descent at 1e-9",
    symptom: "steps too small",
    make: (seed) =>
      patient({ data: circle(seed), hidden: [10, 5], initializer: "he", seed, options: descent(1e-9, 1000) }),
  },
  {
    name: "features × 1 … 1000",
    symptom: "inputs not normalized",
    make: (seed) => patient({ data: scaled(table(seed), (i) => 10 ** (i % 4)), hidden: [16], seed, options: adam(20) }),
  },
  {
    name: "features + 1000",
    symptom: "inputs not normalized",
    make: (seed) => patient({ data: scaled(table(seed), () => 1, 1000), hidden: [16], seed, options: adam(20) }),
  },
  {
    name: "tanh × 30",
    symptom: "saturated units",
    make: (seed) =>
      patient({
        data: scaled(table(seed), () => 20),
        hidden: [16],
        activation: "tanh",
        initializer: { type: "normal", scale: 1 },
        seed,
        options: adam(20),
      }),
  },
  {
    name: "15 of 16 biases at −20",
    symptom: "dead units",
    make: (seed) => {
      const made = patient({ data: table(seed), hidden: [16], seed, options: adam(20) });
      made.network.parameters.b1.data.fill(-20, 0, 15);
      return made;
    },
  },
  {
    name: "60 examples by heart",
    symptom: "overfitting",
    make: (seed) => {
      const { train, validation } = split(table(seed, { features: 20, examples: 260, noise: 1.5 }), 60);
      return patient({ data: train, hidden: [64, 32], seed, options: { ...adam(150), validation } });
    },
  },
  {
    name: "50 images a digit by heart",
    symptom: "overfitting",
    make: (seed) =>
      patient({
        data: digits({ examples: 500, seed }),
        hidden: [64],
        initializer: "he",
        seed,
        options: { ...adam(30, 50), learningRate: 0.002, validation: digits({ examples: 500, seed: seed + 100 }) },
      }),
  },
  {
    name: "labels at random",
    symptom: "nothing learned",
    make: (seed) =>
      patient({
        data: shuffled(table(seed, { features: 2, examples: 2000 }), seed),
        hidden: [],
        seed,
        options: descent(0.1, 500),
      }),
  },
  {
    name: "1 in 50",
    symptom: "imbalance",
    make: (seed) =>
      patient({ data: table(seed, { rare: 0.02, examples: 1000 }), hidden: [16], seed, options: adam(10) }),
  },
  {
    name: "1 in 1,000",
    symptom: "imbalance",
    make: (seed) =>
      patient({ data: table(seed, { rare: 0.001, examples: 4000 }), hidden: [16], seed, options: adam(10, 64) }),
  },
  {
    name: "circles, tanh, descent at 2",
    symptom: "oscillation",
    make: (seed) =>
      patient({
        data: circle(seed),
        hidden: [16, 8],
        activation: "tanh",
        initializer: "xavier",
        seed,
        options: { ...descent(2, 600), recordEvery: 1 },
      }),
  },
  {
    name: "λ = 1,000",
    symptom: "over-regularized",
    make: (seed) => patient({ data: table(seed), hidden: [16], seed, options: { ...adam(40), l2: 1000 } }),
  },
  {
    name: "a fifth of validation from training",
    symptom: "leaked rows",
    make: (seed) => {
      const { train, validation } = split(table(seed), 300);
      const columns = Array.from({ length: 100 }, (_, j) => j);
      const mixed = { X: validation.X.selectColumns(columns), Y: validation.Y.selectColumns(columns) };
      for (let i = 0; i < train.X.rows; i++) {
        for (let j = 0; j < 20; j++) mixed.X.data[i * 100 + j] = train.X.get(i, j);
      }
      return patient({ data: train, hidden: [16], seed, options: { ...adam(20), validation: mixed } });
    },
  },
  {
    name: "keep 0.2",
    symptom: "dropout misused",
    make: (seed) => patient({ data: circle(seed), hidden: [20], seed, options: { ...adam(20), keep: 0.2 } }),
  },
  {
    name: "three sigmoids, exclusive classes",
    symptom: "output and loss do not fit",
    make: (seed) =>
      patient({ data: blobs({ examples: 300, seed }), hidden: [12], output: "sigmoid", seed, options: adam(20) }),
  },
  {
    name: "circles, 1 hidden unit",
    symptom: "cannot fit 16 examples",
    make: (seed) => patient({ data: circle(seed), hidden: [1], seed, options: adam(20) }),
  },
];
