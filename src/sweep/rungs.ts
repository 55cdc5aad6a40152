/** One round of a search: so many trials, each for this share of the full training time. */
export interface Rung {
  readonly trials: number;
  readonly budget: number;
}

/** Of each round of successive halving, one trial in so many goes on, with so many times the budget. */
export const reduction = 3;

/**
 * The rounds of successive halving: n trials at 3⁻ᵏ of the full training time, the best third of them at 3⁻⁽ᵏ⁻¹⁾, and so
 * on until the last round trains to the full length. A run of a later round begins anew.
 *
 * Source: K. Jamieson & A. Talwalkar, "Non-stochastic best arm identification and hyperparameter optimization" (AISTATS
 * 2016), with η = 3 as in L. Li et al., "Hyperband" (JMLR 18, 2018).
 */
export function halvingRungs(trials: number): Rung[] {
  // At 1/27 of the time there is seldom more to see than the start.
  const rounds = Math.min(3, Math.floor(Math.log(trials) / Math.log(reduction) + 1e-9));
  return Array.from({ length: rounds + 1 }, (_, k) => ({
    trials: Math.max(1, Math.floor(trials / reduction ** k + 1e-9)),
    budget: 1 / reduction ** (rounds - k),
  }));
}
