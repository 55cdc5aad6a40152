import type { SymptomName } from "gradproof";
import type { GeneratedPoints } from "gradproof/pipeline";
import { adam, descent, type RunDescription } from "./runDescription.js";

/** A run that has a symptom of the doctor. */
export interface IllRun extends RunDescription {
  readonly symptom: SymptomName;
  readonly data: GeneratedPoints;
}

const circles: GeneratedPoints = { kind: "circles", examples: 300, test: 100, noise: 0.05, seed: 1 };
const moons: GeneratedPoints = { kind: "moons", examples: 300, test: 150, noise: 0.15, seed: 1 };
const pitch: GeneratedPoints = { kind: "pitch", examples: 200, test: 200, noise: 0.09, seed: 1 };
const blobs: GeneratedPoints = { kind: "blobs", examples: 300, test: 150, noise: 1, seed: 1, classes: 3 };

/**
 * One run for each symptom of the doctor, in the order in which it looks for them: those of the lab, on points in the plane.
 * The calibration in `calibration/doctor/` trains them too, some of them on tables.
 */
export const illRuns = {
  unscaled: { symptom: "inputsNotNormalized", data: { ...moons, scale: [1, 1000] }, hidden: [16], training: adam(20) },
  mismatch: { symptom: "outputMismatch", data: blobs, hidden: [12], output: "sigmoid", training: adam(20) },
  imbalance: { symptom: "imbalance", data: { ...moons, examples: 2000, rare: 0.03 }, hidden: [16], training: adam(10) },
  leak: { symptom: "leakedRows", data: { ...moons, leaked: 0.2 }, hidden: [16], training: adam(20) },
  fewKept: { symptom: "dropoutMisused", data: circles, hidden: [20], training: { ...adam(20), keep: 0.2 } },
  symmetry: {
    symptom: "symmetry",
    data: circles,
    hidden: [10, 5],
    initializer: "zeros",
    training: descent(0.01, 15_000),
  },
  badStart: {
    symptom: "badFirstCost",
    data: circles,
    hidden: [10, 5],
    initializer: { type: "normal", scale: 10 },
    training: descent(0.01, 3000),
  },
  largeStart: {
    symptom: "startTooLarge",
    data: circles,
    hidden: [10, 5],
    initializer: { type: "normal", scale: 3 },
    training: descent(0.01, 3000),
  },
  smallStart: {
    symptom: "startTooSmall",
    data: circles,
    hidden: [16, 16, 16, 16],
    activation: "tanh",
    initializer: { type: "normal", scale: 0.01 },
    training: descent(0.1, 1000),
  },
  vanishing: {
    symptom: "vanishingGradients",
    data: circles,
    hidden: Array<number>(29).fill(16),
    initializer: "xavier",
    training: descent(0.02, 300),
  },
  exploding: {
    symptom: "explodingGradients",
    data: circles,
    hidden: Array<number>(19).fill(20),
    initializer: { type: "normal", scale: 1 },
    training: descent(1e-9, 50),
  },
  divergence: {
    symptom: "divergence",
    data: { ...moons, scale: [30, 30] },
    hidden: [24, 24],
    activation: "leakyRelu",
    training: descent(1000, 200),
  },
  largeSteps: {
    symptom: "stepsTooLarge",
    data: moons,
    hidden: [16, 8],
    activation: "tanh",
    initializer: "xavier",
    training: { optimizer: "gradientDescent", learningRate: 10, epochs: 20, batchSize: 32 },
  },
  smallSteps: { symptom: "stepsTooSmall", data: circles, hidden: [10, 5], training: descent(1e-9, 1000) },
  oscillation: {
    symptom: "oscillation",
    data: circles,
    hidden: [16, 8],
    activation: "tanh",
    initializer: "xavier",
    training: { ...descent(2, 600), recordEvery: 1 },
  },
  strongPenalty: { symptom: "overRegularized", data: moons, hidden: [16], training: { ...adam(40), l2: 1000 } },
  saturation: {
    symptom: "saturatedUnits",
    data: { ...moons, scale: [20, 20] },
    hidden: [16],
    activation: "tanh",
    initializer: { type: "normal", scale: 1 },
    training: adam(20),
  },
  deadUnits: { symptom: "deadUnits", data: moons, hidden: [16], bias: -20, training: adam(20) },
  overfitting: {
    symptom: "overfitting",
    data: { ...pitch, examples: 60, noise: 0.35 },
    hidden: [64, 32],
    training: adam(300),
  },
  oneUnit: {
    symptom: "cannotFit",
    data: circles,
    hidden: [1],
    activation: "tanh",
    training: { optimizer: "adam", learningRate: 0.003, epochs: 30, batchSize: 16 },
  },
  noSignal: {
    symptom: "nothingLearned",
    data: { ...moons, examples: 2000, shuffled: true },
    hidden: [],
    training: descent(0.1, 500),
  },
} satisfies Readonly<Record<string, IllRun>>;
