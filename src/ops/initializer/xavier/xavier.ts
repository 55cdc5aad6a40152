import { scaledNormal } from "../scaled.js";

/** Normal weights of variance `1 / n[l−1]`, for tanh, as the deep-learning course has it. */
export const xavier = scaledNormal((inputs) => 1 / inputs);
