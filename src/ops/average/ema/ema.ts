import type { AverageDefinition } from "../average.js";

/**
 * Exponential moving average: the weights after each step, those of before β times as heavy. With the start corrected, as Adam
 * corrects its averages: `θ̄ = Σ βᵗ⁻ⁱ θᵢ / Σ βᵗ⁻ⁱ`.
 *
 * Source: Polyak & Juditsky 1992, "Acceleration of Stochastic Approximation by Averaging"; for networks Tarvainen & Valpola 2017.
 */
export const ema = {
  options: {
    decay: { constraint: { kind: "number", min: 0, below: 1 }, default: 0.999 },
  },
  plan: ({ decay }) => ({ decay, from: 1, every: 1 }),
} as const satisfies AverageDefinition;
