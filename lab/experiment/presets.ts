import { type ActivationName, dense, type InitializerSpec, type LayerSpec, type TrainingSpec } from "gradproof";
import { DIGIT_SIDE, type GeneratedPoints } from "gradproof/pipeline";
import type { Experiment, RunSpec } from "./experiment.js";
import { descent } from "./runDescription.js";
import { symptomPresets } from "./symptomPresets.js";

/** The pages of the lab. */
export const topics = [
  "initialization",
  "regularization",
  "normalization",
  "gradients",
  "check",
  "doctor",
  "free",
] as const;
export type Topic = (typeof topics)[number];

/** An experiment to begin with; its title and what to look at stand in `strings.ts` under its id. */
export interface Preset {
  readonly id: string;
  readonly topic: Topic;
  readonly experiment: Experiment;
}

export const circlesData: GeneratedPoints = { kind: "circles", examples: 300, test: 100, noise: 0.05, seed: 1 };
const pitchData: GeneratedPoints = { kind: "pitch", examples: 200, test: 200, noise: 0.09, seed: 1 };

/** Layers of a classifier of two classes in the plane. */
export function binary(
  hidden: readonly number[],
  activation: ActivationName,
  initializer: InitializerSpec,
  seed: number,
): RunSpec["network"] {
  return {
    inputs: 2,
    layers: [...hidden.map((units) => dense(units, activation)), dense(1, "sigmoid")],
    initializer,
    seed,
  };
}

function run(name: string, network: RunSpec["network"], training: TrainingSpec, normalize = false): RunSpec {
  return { name, network, training, normalize };
}

const start = (name: string, initializer: InitializerSpec): RunSpec =>
  run(name, binary([10, 5], "relu", initializer, 3), descent(0.01, 15_000));

const regularized = (name: string, extra: TrainingSpec): RunSpec =>
  run(name, binary([20, 3], "relu", "xavier", 3), { ...descent(0.3, 30_000), ...extra });

const scaled = (name: string, normalize: boolean): RunSpec =>
  run(name, binary([10, 5], "relu", "he", 3), descent(0.1, 3000), normalize);

const deep = (name: string, layers: number, activation: ActivationName, initializer: InitializerSpec): RunSpec =>
  run(name, binary(Array<number>(layers - 1).fill(32), activation, initializer, 1), {
    optimizer: "momentum",
    learningRate: 0.02,
    batchSize: 20,
    iterations: 3000,
  });

const digitsRun = (name: string, extra: TrainingSpec): RunSpec =>
  run(
    name,
    { inputs: DIGIT_SIDE ** 2, layers: [dense(64, "relu"), dense(10, "softmax")], initializer: "he", seed: 1 },
    { optimizer: "adam", learningRate: 0.002, batchSize: 50, epochs: 30, seed: 1, ...extra },
  );

const spiralData: GeneratedPoints = { kind: "spiral", examples: 300, test: 150, noise: 0.02, seed: 1, classes: 3 };

/**
 * Six layers from weights far too large, with a norm between sums and activation. Layers of other types stand here as plain data:
 * the functions that make them would bring all layers into the first load.
 */
const normed = (name: string, norm?: LayerSpec): RunSpec => {
  const layer: readonly LayerSpec[] = norm
    ? [dense(16, "linear"), norm, { type: "activation", activation: "relu" }]
    : [dense(16, "relu")];
  const layers = [...Array.from({ length: 6 }, () => layer).flat(), dense(3, "softmax")];
  return run(
    name,
    { inputs: 2, layers, initializer: { type: "normal", scale: 1.5 }, seed: 1 },
    { optimizer: "momentum", learningRate: 0.05, batchSize: 32, epochs: 60 },
  );
};

/** Thirty layers from Xavier's start, such that a chain of them learns nothing. */
const thirty = (name: string, hidden: readonly LayerSpec[]): RunSpec =>
  run(
    name,
    { inputs: 2, layers: [dense(16, "relu"), ...hidden, dense(1, "sigmoid")], initializer: "xavier", seed: 1 },
    { optimizer: "momentum", learningRate: 0.005, batchSize: 20, iterations: 3000 },
  );

const scheduled = (name: string, extra: TrainingSpec): RunSpec =>
  run(
    name,
    { inputs: 2, layers: [dense(24, "relu"), dense(24, "relu"), dense(3, "softmax")], initializer: "he", seed: 1 },
    { optimizer: "adam", learningRate: 0.05, batchSize: 16, epochs: 60, ...extra },
  );

export const presets: readonly Preset[] = [
  {
    id: "starts",
    topic: "initialization",
    experiment: {
      data: circlesData,
      runs: [
        start("zeros", "zeros"),
        start("random × 10", { type: "normal", scale: 10 }),
        start("He", "he"),
        start("Xavier", "xavier"),
      ],
    },
  },
  {
    id: "penalties",
    topic: "regularization",
    experiment: {
      data: pitchData,
      runs: [
        regularized("none", {}),
        regularized("L2, λ = 0.7", { l2: 0.7 }),
        regularized("dropout, keep 0.86", { keep: 0.86 }),
      ],
    },
  },
  {
    id: "stopping",
    topic: "regularization",
    experiment: {
      data: { ...pitchData, examples: 60, noise: 0.2 },
      runs: [
        run("to the end", binary([32, 16], "relu", "he", 3), { learningRate: 0.01, batchSize: 20, epochs: 400 }),
        run("early stopping", binary([32, 16], "relu", "he", 3), {
          learningRate: 0.01,
          batchSize: 20,
          epochs: 400,
          earlyStopping: { patience: 40 },
        }),
      ],
    },
  },
  {
    id: "images",
    topic: "regularization",
    experiment: {
      data: { kind: "digits", examples: 500, test: 500, noise: 0.05, seed: 1 },
      runs: [
        digitsRun("as they are", {}),
        digitsRun("augmented", {
          augmentation: { height: DIGIT_SIDE, width: DIGIT_SIDE, steps: ["rotation", "shift", "elastic"] },
        }),
      ],
    },
  },
  {
    id: "scales",
    topic: "normalization",
    experiment: {
      data: { kind: "moons", examples: 300, test: 100, noise: 0.15, seed: 1, scale: [1, 100] },
      runs: [scaled("as they come", false), scaled("normalized", true)],
    },
  },
  {
    id: "norms",
    topic: "normalization",
    experiment: {
      data: spiralData,
      runs: [
        normed("no norm"),
        normed("batch norm", { type: "batchNorm" }),
        normed("layer norm", { type: "layerNorm" }),
      ],
    },
  },
  {
    id: "depth",
    topic: "gradients",
    experiment: {
      data: { ...circlesData, examples: 200 },
      runs: [
        deep("30 ReLU layers, Xavier", 30, "relu", "xavier"),
        deep("30 ReLU layers, He", 30, "relu", "he"),
        deep("10 tanh layers, × 0.01", 10, "tanh", { type: "normal", scale: 0.01 }),
        deep("10 tanh layers, Xavier", 10, "tanh", "xavier"),
      ],
    },
  },
  {
    id: "explosion",
    topic: "gradients",
    experiment: {
      data: { ...circlesData, examples: 200 },
      runs: [
        deep("20 ReLU layers, N(0, 1)", 20, "relu", { type: "normal", scale: 1 }),
        deep("20 ReLU layers, He", 20, "relu", "he"),
      ],
    },
  },
  {
    id: "blocks",
    topic: "gradients",
    experiment: {
      data: { ...circlesData, examples: 200 },
      runs: [
        thirty(
          "30 layers in a chain",
          Array.from({ length: 28 }, () => dense(16, "relu")),
        ),
        thirty(
          "in residual blocks of two",
          Array.from(
            { length: 14 },
            (): LayerSpec => ({ type: "residual", layers: [dense(16, "relu"), dense(16, "linear")] }),
          ),
        ),
      ],
    },
  },
  {
    id: "plantedBugs",
    topic: "check",
    experiment: {
      data: { ...circlesData, examples: 200 },
      runs: [run("backward pass", binary([5, 3], "tanh", "xavier", 1), descent(0.1, 3000))],
    },
  },
  ...symptomPresets,
  {
    id: "spiral",
    topic: "free",
    experiment: {
      data: spiralData,
      runs: [
        run(
          "Adam",
          {
            inputs: 2,
            layers: [dense(24, "relu"), dense(24, "relu"), dense(3, "softmax")],
            initializer: "he",
            seed: 1,
          },
          { optimizer: "adam", learningRate: 0.01, batchSize: 32, epochs: 200 },
        ),
      ],
    },
  },
  {
    id: "rates",
    topic: "free",
    experiment: {
      data: { ...spiralData, noise: 0.06 },
      runs: [
        scheduled("constant", {}),
        scheduled("cosine", { schedule: "cosine" }),
        scheduled("one-cycle", { schedule: "oneCycle" }),
      ],
    },
  },
];

/** The preset of that id; the first one where there is none. */
export function presetOf(id: string): Preset {
  const found = presets.find((preset) => preset.id === id);
  return found ?? presets[0];
}
