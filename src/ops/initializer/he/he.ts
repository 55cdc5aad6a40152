import { scaledNormal } from "../scaled.js";

/** Normal weights of variance `2 / n[l−1]`, for ReLU (He, Zhang, Ren & Sun 2015, eq. 10). */
export const he = scaledNormal((inputs) => 2 / inputs);
