import { exp } from "../../../numeric/exp.js";
import { expm1 } from "../../../numeric/expm1.js";
import { entrywise } from "../activation.js";

/**
 * The scaled exponential linear unit: `λ z` for z > 0, `λ α (eᶻ − 1)` elsewhere; λ and α are such that outputs of mean 0 and
 * variance 1 stay so through layers whose weights start by LeCun's initializer.
 *
 * Source: Klambauer, Unterthiner, Mayr & Hochreiter 2017, "Self-normalizing neural networks", eq. 2 and 14.
 */
export const selu = entrywise({
  keeps: "input",
  traits: {
    range: [-1.7580993408473768, Number.POSITIVE_INFINITY],
    saturates: { low: -1.7580993408473768 },
    initializer: "lecun",
  },
  pieces: [
    { to: 0, value: (z) => lambdaAlpha * expm1(z), derivative: (z) => lambdaAlpha * exp(z) },
    { value: (z) => lambda * z, derivative: () => lambda },
  ],
});

const lambda = 1.0507009873554805;
const lambdaAlpha = 1.7580993408473768;
