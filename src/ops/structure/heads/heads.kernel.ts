import { Plan, Step } from "../../../../kernels/generated/shared";
import { Tile, valueAt } from "../../../../kernels/tile";
import { inputGradient, layerProduct, weightGradient } from "../../layer/dense/dense.kernel";

/** Threads share the members: each computes all rows of its own. */
export const rows = "parts";

// @ts-ignore: decorator
@inline
function firstMember(s: Step, rank: i32): i32 {
  return (s.members * rank) / Tile.threads;
}

/** `Zᵢ = Wᵢ Aᵢ + bᵢ` */
export function forward<T>(p: Plan, s: Step): void {
  const units = s.rows / s.members;
  const inputs = s.inputRows / s.members;
  for (let i = firstMember(s, Tile.rank); i < firstMember(s, Tile.rank + 1); i++) {
    const W = p.theta + s.parameters + <usize>(i * units * inputs) * sizeof<T>();
    const b = p.theta + s.parameters + <usize>(s.rows * inputs + i * units) * sizeof<T>();
    const A = valueAt(s.input) + <usize>(i * inputs) * <usize>p.stride;
    const Z = valueAt(s.output) + <usize>(i * units) * <usize>p.stride;
    layerProduct<T>(p, units, inputs, W, b, A, Z, 0, units);
  }
}

/** `dWᵢ (+)= dZᵢ Aᵢᵀ`, `dbᵢ (+)= Σ_columns dZᵢ`, `dAᵢ = Wᵢᵀ dZᵢ`. */
export function backward<T>(p: Plan, s: Step): void {
  const units = s.rows / s.members;
  const inputs = s.inputRows / s.members;
  for (let i = firstMember(s, Tile.rank); i < firstMember(s, Tile.rank + 1); i++) {
    const weights = s.parameters + <usize>(i * units * inputs) * sizeof<T>();
    const biases = s.parameters + <usize>(s.rows * inputs + i * units) * sizeof<T>();
    const row = <usize>(i * inputs) * <usize>p.stride;
    const A = valueAt(s.input) + row;
    const dZ = valueAt(s.dOutput) + <usize>(i * units) * <usize>p.stride;
    weightGradient<T>(p, units, inputs, Tile.gradient + weights, Tile.gradient + biases, Tile.overwrite, dZ, A, 0, units);
    if (s.dInput == 0) continue;
    inputGradient<T>(p, units, inputs, p.theta + weights, dZ, valueAt(s.dInput) + row, 0, inputs);
  }
}
