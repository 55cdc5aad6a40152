import { inPrecision } from "./inPrecision.js";

export const float32 = inPrecision(
  "float32",
  "Multilayer perceptrons in float32: parameters, every product, sum and function of the forward and the backward pass.",
  {
    "all in float32": { round: Math.fround },
    // As where a language without float32 asks for the sum.
    "cost divided by m in float64": { round: Math.fround, mean: (value) => value },
  },
);
