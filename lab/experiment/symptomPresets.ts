import { type ActivationName, dense, type InitializerSpec, type TrainingSpec } from "gradproof";
import type { GeneratedPoints } from "gradproof/pipeline";
import type { Preset } from "./presets.js";

/** One run for each symptom of the doctor, with the symptom it must be found to have as its name. */

const circles: GeneratedPoints = { kind: "circles", examples: 300, test: 100, noise: 0.05, seed: 1 };
const moons: GeneratedPoints = { kind: "moons", examples: 300, test: 150, noise: 0.15, seed: 1 };
const pitch: GeneratedPoints = { kind: "pitch", examples: 200, test: 200, noise: 0.09, seed: 1 };
const blobs: GeneratedPoints = { kind: "blobs", examples: 300, test: 150, noise: 1, seed: 1, classes: 3 };

interface Ill {
  readonly id: string;
  readonly symptom: string;
  readonly data: GeneratedPoints;
  readonly hidden: readonly number[];
  readonly activation?: ActivationName;
  readonly initializer?: InitializerSpec;
  readonly output?: { readonly units: number; readonly activation: ActivationName };
  /** Value every hidden bias starts from. */
  readonly bias?: number;
  readonly training: TrainingSpec;
}

const descent = (learningRate: number, iterations: number): TrainingSpec => ({
  optimizer: "gradientDescent",
  learningRate,
  iterations,
});
const adam = (epochs: number): TrainingSpec => ({ optimizer: "adam", learningRate: 0.01, epochs, batchSize: 16 });

const ill: readonly Ill[] = [
  {
    id: "unscaled",
    symptom: "inputs not normalized",
    data: { ...moons, scale: [1, 1000] },
    hidden: [16],
    training: adam(20),
  },
  {
    id: "mismatch",
    symptom: "output and loss do not fit",
    data: blobs,
    hidden: [12],
    output: { units: 3, activation: "sigmoid" },
    training: adam(20),
  },
  {
    id: "imbalance",
    symptom: "imbalance",
    data: { ...moons, examples: 2000, rare: 0.03 },
    hidden: [16],
    training: adam(10),
  },
  { id: "leak", symptom: "leaked rows", data: { ...moons, leaked: 0.2 }, hidden: [16], training: adam(20) },
  { id: "fewKept", symptom: "dropout misused", data: circles, hidden: [20], training: { ...adam(20), keep: 0.2 } },
  {
    id: "symmetry",
    symptom: "symmetry",
    data: circles,
    hidden: [10, 5],
    initializer: "zeros",
    training: descent(0.01, 15_000),
  },
  {
    id: "badStart",
    symptom: "bad first cost",
    data: circles,
    hidden: [10, 5],
    initializer: { type: "normal", scale: 10 },
    training: descent(0.01, 3000),
  },
  {
    id: "largeStart",
    symptom: "start too large",
    data: circles,
    hidden: [10, 5],
    initializer: { type: "normal", scale: 3 },
    training: descent(0.01, 3000),
  },
  {
    id: "smallStart",
    symptom: "start too small",
    data: circles,
    hidden: [16, 16, 16, 16],
    activation: "tanh",
    initializer: { type: "normal", scale: 0.01 },
    training: descent(0.1, 1000),
  },
  {
    id: "vanishing",
    symptom: "vanishing gradients",
    data: circles,
    hidden: Array<number>(29).fill(16),
    initializer: "xavier",
    training: descent(0.02, 300),
  },
  {
    id: "exploding",
    symptom: "exploding gradients",
    data: circles,
    hidden: Array<number>(19).fill(20),
    initializer: { type: "normal", scale: 1 },
    training: descent(1e-9, 50),
  },
  {
    id: "divergence",
    symptom: "divergence",
    data: { ...moons, scale: [30, 30] },
    hidden: [24, 24],
    activation: "leakyRelu",
    training: descent(1000, 200),
  },
  {
    id: "largeSteps",
    symptom: "steps too large",
    data: moons,
    hidden: [16, 8],
    activation: "tanh",
    initializer: "xavier",
    training: { optimizer: "gradientDescent", learningRate: 10, epochs: 20, batchSize: 32 },
  },
  { id: "smallSteps", symptom: "steps too small", data: circles, hidden: [10, 5], training: descent(1e-9, 1000) },
  {
    id: "oscillation",
    symptom: "oscillation",
    data: circles,
    hidden: [16, 8],
    activation: "tanh",
    initializer: "xavier",
    training: { ...descent(2, 600), recordEvery: 1 },
  },
  { id: "strongPenalty", symptom: "over-regularized", data: moons, hidden: [16], training: { ...adam(40), l2: 1000 } },
  {
    id: "saturation",
    symptom: "saturated units",
    data: { ...moons, scale: [20, 20] },
    hidden: [16],
    activation: "tanh",
    initializer: { type: "normal", scale: 1 },
    training: adam(20),
  },
  { id: "deadUnits", symptom: "dead units", data: moons, hidden: [16], bias: -20, training: adam(20) },
  {
    id: "overfitting",
    symptom: "overfitting",
    data: { ...pitch, examples: 60, noise: 0.35 },
    hidden: [64, 32],
    training: adam(300),
  },
  {
    id: "oneUnit",
    symptom: "cannot fit 16 examples",
    data: circles,
    hidden: [1],
    activation: "tanh",
    training: { optimizer: "adam", learningRate: 0.003, epochs: 30, batchSize: 16 },
  },
  {
    id: "noSignal",
    symptom: "nothing learned",
    data: { ...moons, examples: 2000, shuffled: true },
    hidden: [],
    training: descent(0.1, 500),
  },
];

export const symptomPresets: readonly Preset[] = ill.map(
  ({ id, symptom, data, hidden, activation = "relu", initializer = "he", output, bias, training }) => ({
    id,
    topic: "doctor",
    experiment: {
      data,
      runs: [
        {
          name: symptom,
          network: {
            inputs: 2,
            layers: [
              ...hidden.map((units) => ({ ...dense(units, activation), ...(bias !== undefined && { bias }) })),
              dense(output?.units ?? 1, output?.activation ?? "sigmoid"),
            ],
            initializer,
            seed: 1,
          },
          training,
          normalize: false,
        },
      ],
    },
  }),
);
