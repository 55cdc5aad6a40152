import { exp } from "../../numeric/exp.js";
import { log } from "../../numeric/log.js";

/** What a class of share p adds to the cost where every answer is the shares: `−p (1 − p)^γ log p`. */
export function focalChance(p: number, gamma: number): number {
  return p > 0 ? -p * power(1 - p, gamma) * log(p) : 0;
}

/** `q^γ` for 0 ≤ q ≤ 1; 1 for γ = 0. */
export function power(q: number, gamma: number): number {
  if (q === 0) return gamma === 0 ? 1 : 0;
  return exp(gamma * log(q));
}

/** The derivative by the logits as it is written. */
export function focalFormula(weight: string): string {
  return `${weight}(1 − pₜ)^γ (1 − γ pₜ log pₜ / (1 − pₜ)) (A − Y)`;
}
