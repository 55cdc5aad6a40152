import type { ScaledInitializerName } from "../spec.js";

/** How the weights of a scaled initializer are distributed; the mean is 0. */
export interface VarianceScaling {
  readonly distribution: "normal" | "uniform";
  /** Variance of a weight, before the gain. */
  variance(inputs: number, units: number): number;
}

const he = (inputs: number): number => 2 / inputs;
const xavier = (inputs: number): number => 1 / inputs;
const glorot = (inputs: number, units: number): number => 2 / (inputs + units);

const scalings: Readonly<Record<ScaledInitializerName, VarianceScaling>> = {
  he: { distribution: "normal", variance: he },
  heUniform: { distribution: "uniform", variance: he },
  xavier: { distribution: "normal", variance: xavier },
  xavierUniform: { distribution: "uniform", variance: xavier },
  glorot: { distribution: "normal", variance: glorot },
  glorotUniform: { distribution: "uniform", variance: glorot },
  lecun: { distribution: "normal", variance: xavier },
  lecunUniform: { distribution: "uniform", variance: xavier },
};

/**
 * Variance and distribution of the initializers that keep signals in size through the layers.
 *
 * - he: `2 / n[l−1]`, for ReLU (He, Zhang, Ren & Sun 2015, eq. 10)
 * - xavier: `1 / n[l−1]`, for tanh, as the deep-learning course has it
 * - glorot: `2 / (n[l−1] + n[l])`, which papers also call Xavier (Glorot & Bengio 2010, eq. 12 and 16)
 * - lecun: `1 / n[l−1]`, the same numbers as xavier under its older name (LeCun et al. 1998, "Efficient BackProp", eq. 16)
 */
export function varianceOf(name: ScaledInitializerName): VarianceScaling {
  return scalings[name];
}
