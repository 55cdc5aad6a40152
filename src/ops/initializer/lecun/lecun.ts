import { scaledNormal } from "../scaled.js";

/** Normal weights of variance `1 / n[l−1]`, the numbers of xavier under their older name (LeCun et al. 1998, "Efficient BackProp", eq. 16). */
export const lecun = scaledNormal((inputs) => 1 / inputs);
