import { scaledUniform } from "../scaled.js";

/** Uniform weights of variance `1 / n[l−1]`, the numbers of xavier under their older name (LeCun et al. 1998, "Efficient BackProp", eq. 16). */
export const lecunUniform = scaledUniform((inputs) => 1 / inputs);
