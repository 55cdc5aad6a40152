import { readFileSync } from "node:fs";

/**
 * Golden numbers of the reference experiments: made by an independent program with NumPy 1.24 and scikit-learn 1.2
 * (float64, `numpy.random.RandomState`), never by this project.
 */
export interface RunSetup {
  circles: Record<"train" | "test", { n: number; noise: number; seed: number; X: number[][]; Y: number[][] }>;
  initialization: Record<"zeros" | "random" | "he" | "xavier", InitializationRun>;
  gradCheck1d: { x: number; theta: number; epsilon: number; gradApprox: number; difference: number };
  gradCheckN: {
    X: number[][];
    Y: number[][] | number[];
    parameters: Record<string, number[][]>;
    gradients: Record<string, number[][]>;
    gradApprox: number[];
    epsilon: number;
    cost: number;
    differenceCorrect: number;
    plantedBugs: Record<string, number>;
    differencePlanted: number;
  };
  rng: Record<string, { rand: number[]; randn: number[]; permutation10: number[]; randint100: number[] }>;
  pitch: {
    train: { X: number[][]; Y: number[][] };
    test: { X: number[][]; Y: number[][] };
    runs: Record<"none" | "l2" | "dropout", RegularizationRun>;
  };
}

interface InitializationRun {
  dims: number[];
  learningRate: number;
  iterations: number;
  seed: number;
  costs: [number, number | "inf"][];
  trainAccuracy: number;
  testAccuracy: number;
  initial: Record<string, number[][]>;
  final: Record<string, number[][]>;
}

export interface RegularizationRun {
  learningRate: number;
  iterations: number;
  seed: number;
  lambda: number;
  keepProb: number;
  costs: [number, number][];
  trainAccuracy: number;
  testAccuracy: number;
  weightNorm: number;
}

export const course: RunSetup = JSON.parse(
  readFileSync(new URL("./fixtures/course.json", import.meta.url), "utf8"),
) as RunSetup;
