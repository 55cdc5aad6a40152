import { Plan, Step } from "../../../../kernels/generated/shared";
import { endRow, firstRow, Tile, valueAt } from "../../../../kernels/tile";
import { constant, loadSplat, sumOfLanes } from "../../../../kernels/vector";

/** A thread reads and writes its own rows alone. */
export const rows = "own";
export const inPlace = "backward";

/** `A = Z` where z > 0, `slope ∘ Z` elsewhere, with a slope for each row. */
export function forward<T>(p: Plan, s: Step): void {
  const end = endRow(s.rows);
  for (let i = firstRow(s.rows); i < end; i++) {
    const slope = loadSplat<T>(p.theta + s.parameters + <usize>i * sizeof<T>());
    let Z = valueAt(s.input) + <usize>i * <usize>p.stride;
    let A = valueAt(s.output) + <usize>i * <usize>p.stride;
    for (let v = 0; v < Tile.vectors; v++, Z += 16, A += 16) {
      const z = v128.load(Z);
      v128.store(A, v128.bitselect(v128.mul<T>(slope, z), z, v128.le<T>(z, constant<T>(0))));
    }
  }
}

/** `dZ = dA` where z > 0, `slope ∘ dA` elsewhere; `dslope (+)= Σ dA ∘ Z` over the examples with z ≤ 0. */
export function backward<T>(p: Plan, s: Step): void {
  const end = endRow(s.rows);
  for (let i = firstRow(s.rows); i < end; i++) {
    const at = s.parameters + <usize>i * sizeof<T>();
    const slope = loadSplat<T>(p.theta + at);
    let Z = valueAt(s.input) + <usize>i * <usize>p.stride;
    let dA = valueAt(s.dOutput) + <usize>i * <usize>p.stride;
    let dZ = valueAt(s.dInput) + <usize>i * <usize>p.stride;
    let sum = constant<T>(0);
    for (let v = 0; v < Tile.vectors; v++, Z += 16, dA += 16, dZ += 16) {
      const z = v128.load(Z);
      const d = v128.load(dA);
      const below = v128.le<T>(z, constant<T>(0));
      sum = v128.add<T>(sum, v128.and(v128.mul<T>(d, z), below));
      v128.store(dZ, v128.bitselect(v128.mul<T>(slope, d), d, below));
    }
    const gradient = Tile.gradient + at;
    const before = Tile.overwrite ? <T>0 : load<T>(gradient);
    store<T>(gradient, before + sumOfLanes<T>(sum));
  }
}
