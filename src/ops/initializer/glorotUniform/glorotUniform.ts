import { scaledUniform } from "../scaled.js";

/** Uniform weights of variance `2 / (n[l−1] + n[l])`, which papers also call Xavier (Glorot & Bengio 2010, eq. 12 and 16). */
export const glorotUniform = scaledUniform((inputs, units) => 2 / (inputs + units));
