import type { Dataset, TrainOptions } from "gradproof";
import { type ActivationName, type InitializerSpec, type Network, network, type SymptomName } from "gradproof";
import { blobs, circles, digits, moons, pitch, spiral, xor } from "gradproof/data";
import { pointsOf } from "gradproof/pipeline";
import { type IllRun, illRuns } from "../../lab/experiment/illRuns.js";
import { adam, descent, describedNetwork, type RunDescription } from "../../lab/experiment/runDescription.js";
import { leaking, scaled, shuffled, split, table, wave } from "./tables.js";

/** A run by name: what it trains on what. */
export interface Preset extends RunDescription {
  readonly name: string;
  /** The symptom it has; undefined for a healthy one. */
  readonly symptom?: SymptomName;
  /** For a seed. */
  readonly data: (seed: number) => Dataset | { readonly train: Dataset; readonly validation: Dataset };
  /** Seed of the weights and batches. Default that of the data. */
  readonly seed?: number;
  /** What is done to the network before it is trained. */
  readonly change?: (network: Network) => void;
}

/** The run of a preset for a seed of weights and data. */
export function runOf(
  { data, seed: own, change, ...description }: Preset,
  seed: number,
): { readonly network: Network; readonly data: Dataset; readonly options: TrainOptions } {
  const made = data(seed);
  const { train, validation } = "train" in made ? made : { train: made, validation: undefined };
  const model = network(describedNetwork(description, train.X.rows, train.Y.rows, own ?? seed));
  change?.(model);
  return { network: model, data: train, options: { seed: own ?? seed, ...description.training, validation } };
}

const circle = (seed: number): Dataset => circles({ examples: 300, noise: 0.05, seed });
const noisyMoons = (seed: number): Dataset => moons({ examples: 300, noise: 0.15, seed });
const reference = { hidden: [20, 3], initializer: "xavier", data: (seed: number) => pitch({ seed }) } as const;

/** A run of the lab on its own training points. */
function ofLab({ data, ...run }: IllRun, name: string): Preset {
  return { ...run, name, data: (seed) => pointsOf({ ...data, seed }).train };
}

/** A healthy run with an activation in a hidden layer, from the start that fits it. */
export function moonsWith(activation: ActivationName, initializer: InitializerSpec): Preset {
  return { name: `moons, ${activation}`, data: noisyMoons, hidden: [12], activation, initializer, training: adam(40) };
}

const healthy: readonly Preset[] = [
  {
    name: "circles, He, descent",
    data: circle,
    hidden: [10, 5],
    seed: 3,
    training: descent(0.01, 15_000),
  },
  {
    name: "circles, Xavier, descent",
    data: circle,
    hidden: [10, 5],
    initializer: "xavier",
    training: descent(0.02, 15_000),
  },
  { ...reference, name: "pitch, none, descent 0.3", training: descent(0.3, 10_000) },
  { ...reference, name: "pitch, L2 0.7", training: { ...descent(0.3, 10_000), l2: 0.7 } },
  { ...reference, name: "pitch, dropout 0.86", training: { ...descent(0.3, 10_000), keep: 0.86 } },
  { name: "moons, Adam", data: noisyMoons, hidden: [16, 8], training: adam(40) },
  { ...moonsWith("tanh", "xavier"), name: "moons, tanh, Xavier" },
  {
    name: "xor, sigmoid",
    data: (seed) => xor({ examples: 300, noise: 0.1, seed }),
    hidden: [8],
    activation: "sigmoid",
    initializer: "xavier",
    training: adam(120),
  },
  {
    name: "blobs, softmax",
    data: (seed) => blobs({ examples: 300, spread: 1.5, seed }),
    hidden: [12],
    training: adam(30),
  },
  {
    name: "spiral, wide",
    data: (seed) => spiral({ examples: 400, noise: 0.02, seed }),
    hidden: [32, 32],
    training: adam(100),
  },
  {
    name: "wave, regression",
    data: wave,
    hidden: [24, 24],
    activation: "tanh",
    initializer: "xavier",
    output: "linear",
    training: adam(100),
  },
  {
    name: "table, L2, early stopping",
    data: (seed) => split(table(seed), 300),
    hidden: [16],
    training: { ...adam(60), l2: 1, earlyStopping: { patience: 10 } },
  },
  { name: "table, logistic regression", data: table, hidden: [], training: descent(0.1, 2000) },
  {
    name: "table, leaky ReLU, RMSprop",
    data: table,
    hidden: [16, 8],
    activation: "leakyRelu",
    training: { optimizer: "rmsprop", learningRate: 0.002, epochs: 40, batchSize: 32 },
  },
  {
    name: "moons, N(0, 0.01²)",
    data: noisyMoons,
    hidden: [16, 8],
    initializer: { type: "normal", scale: 0.01 },
    training: adam(60),
  },
  {
    name: "moons, tanh, Xavier × 2",
    data: noisyMoons,
    hidden: [12, 12],
    activation: "tanh",
    initializer: { type: "xavier", gain: 2 },
    training: adam(40),
  },
  { name: "table, 6 layers, He", data: table, hidden: [32, 32, 32, 32, 32], training: adam(15) },
  {
    name: "1 in 50, balanced weights",
    data: (seed) => table(seed, { rare: 0.02, examples: 1000 }),
    hidden: [16],
    training: { ...adam(20), classWeight: "balanced" },
  },
];

/** The runs of the lab, or the like on tables and images, which the lab does not draw. */
const ill: readonly Preset[] = [
  { ...ofLab(illRuns.symmetry, "zeros"), training: descent(0.01, 3000) },
  {
    name: "constant",
    symptom: "symmetry",
    data: table,
    hidden: [10],
    activation: "tanh",
    initializer: { type: "constant", value: 0.1 },
    training: adam(20),
  },
  ofLab(illRuns.vanishing, "30 layers, Xavier, ReLU"),
  {
    name: "10 layers, sigmoid",
    symptom: "vanishingGradients",
    data: circle,
    hidden: Array<number>(9).fill(16),
    activation: "sigmoid",
    initializer: "xavier",
    training: descent(0.02, 500),
  },
  { ...illRuns.exploding, name: "20 layers, normal × 1", data: table },
  ofLab(illRuns.badStart, "circles, random × 10"),
  ofLab(illRuns.largeStart, "circles, random × 3"),
  ofLab(illRuns.smallStart, "5 tanh layers, N(0, 0.01²)"),
  { ...illRuns.divergence, name: "rate 1000", data: wave, hidden: [24], output: "linear" },
  {
    ...illRuns.largeSteps,
    name: "Adam at 3",
    data: table,
    training: { optimizer: "adam", learningRate: 3, epochs: 20, batchSize: 32 },
  },
  ofLab(illRuns.smallSteps, "descent at 1e-9"),
  {
    ...illRuns.unscaled,
    name: "features × 1 … 1000",
    data: (seed) => scaled(table(seed), (i) => 10 ** (i % 4)),
  },
  { ...illRuns.unscaled, name: "features + 1000", data: (seed) => scaled(table(seed), () => 1, 1000) },
  { ...illRuns.saturation, name: "tanh × 30", data: (seed) => scaled(table(seed), () => 20) },
  {
    name: "15 of 16 biases at −20",
    symptom: "deadUnits",
    data: table,
    hidden: [16],
    change: ({ parameters }) => void parameters.b1.data.fill(-20, 0, 15),
    training: adam(20),
  },
  {
    ...illRuns.overfitting,
    name: "60 examples by heart",
    data: (seed) => split(table(seed, { features: 20, examples: 260, noise: 1.5 }), 60),
    training: adam(150),
  },
  {
    name: "50 images a digit by heart",
    symptom: "overfitting",
    data: (seed) => ({
      train: digits({ examples: 500, seed }),
      validation: digits({ examples: 500, seed: seed + 100 }),
    }),
    hidden: [64],
    training: { ...adam(30, 50), learningRate: 0.002 },
  },
  {
    ...illRuns.noSignal,
    name: "labels at random",
    data: (seed) => shuffled(table(seed, { features: 2, examples: 2000 }), seed),
  },
  { ...illRuns.imbalance, name: "1 in 50", data: (seed) => table(seed, { rare: 0.02, examples: 1000 }) },
  {
    ...illRuns.imbalance,
    name: "1 in 1,000",
    data: (seed) => table(seed, { rare: 0.001, examples: 4000 }),
    training: adam(10, 64),
  },
  ofLab(illRuns.oscillation, "circles, tanh, descent at 2"),
  { ...illRuns.strongPenalty, name: "λ = 1,000", data: table },
  { ...illRuns.leak, name: "a fifth of validation from training", data: leaking },
  ofLab(illRuns.fewKept, "keep 0.2"),
  {
    ...illRuns.mismatch,
    name: "three sigmoids, exclusive classes",
    data: (seed) => blobs({ examples: 300, seed }),
  },
  { name: "circles, 1 hidden unit", symptom: "cannotFit", data: circle, hidden: [1], training: adam(20) },
];

export const presets: readonly Preset[] = [...healthy, ...ill];
