import { entrywise } from "../activation.js";

/**
 * Softsign `z / (1 + |z|)`, which comes close to −1 and 1 more slowly than tanh; derivative `1 / (1 + |z|)²`.
 *
 * Source: Bergstra, Desjardins, Lamblin & Bengio 2009, "Quadratic polynomials learn better image features".
 */
export const softsign = entrywise({
  keeps: "input",
  traits: { range: [-1, 1], saturates: { low: -1, high: 1 }, initializer: "xavier" },
  // Two pieces, since its second derivative jumps at 0.
  pieces: [
    {
      to: 0,
      value: (z) => (z === Number.NEGATIVE_INFINITY ? -1 : z / (1 - z)),
      derivative: (z) => inverseSquare(1 - z),
    },
    { value: (z) => (z === Number.POSITIVE_INFINITY ? 1 : z / (1 + z)), derivative: (z) => inverseSquare(1 + z) },
  ],
});

function inverseSquare(x: number): number {
  const inverse = 1 / x;
  return inverse * inverse;
}
