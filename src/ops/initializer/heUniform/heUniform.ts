import { scaledUniform } from "../scaled.js";

/** Uniform weights of variance `2 / n[l−1]`, for ReLU (He, Zhang, Ren & Sun 2015, eq. 10). */
export const heUniform = scaledUniform((inputs) => 2 / inputs);
