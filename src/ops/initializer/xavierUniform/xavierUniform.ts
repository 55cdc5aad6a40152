import { scaledUniform } from "../scaled.js";

/** Uniform weights of variance `1 / n[l−1]`, for tanh, as the deep-learning course has it. */
export const xavierUniform = scaledUniform((inputs) => 1 / inputs);
