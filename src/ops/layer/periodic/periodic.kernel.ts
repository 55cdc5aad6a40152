import { Plan, Step } from "../../../../kernels/generated/shared";
import { endRow, firstRow, Tile, valueAt } from "../../../../kernels/tile";
import { constant, loadSplat, sumOfLanes } from "../../../../kernels/vector";
import { wave } from "../../../../kernels/wave";

/** A thread computes its own rows of each result, from any rows of what it reads. */
export const rows = "shared";

const TURN: f64 = 6.283185307179586;

/**
 * `cos(2π f x + phase)`, a row a frequency of each feature; the sine goes to the cache for backward. Whole turns of f x are
 * taken off first, which is exact, so that a large x costs no digits.
 */
export function forward<T>(p: Plan, s: Step): void {
  const frequencies = s.rows / s.inputRows;
  const stride = <usize>p.stride;
  const f = p.theta + s.parameters;
  const phases = f + <usize>s.rows * sizeof<T>();
  const end = endRow(s.rows);
  for (let i = firstRow(s.rows); i < end; i++) {
    const frequency = loadSplat<T>(f + <usize>i * sizeof<T>());
    const phase = loadSplat<T>(phases + <usize>i * sizeof<T>());
    const X = valueAt(s.input) + <usize>(i / frequencies) * stride;
    const offset = <usize>i * stride;
    const cosines = valueAt(s.output) + offset;
    const sines = s.cache == 0 ? 0 : valueAt(s.cache) + offset;
    for (let x: usize = 0; x < <usize>Tile.vectors << 4; x += 16) {
      const t = v128.mul<T>(frequency, v128.load(X + x));
      const turns = v128.sub<T>(t, v128.nearest<T>(t));
      const angle = v128.add<T>(v128.mul<T>(turns, constant<T>(TURN)), phase);
      wave<T>(angle, cosines + x, sines == 0 ? 0 : sines + x);
    }
  }
}

/** With `dφ = −sin φ ∘ dOut`: `df (+)= Σ 2π x dφ`, `dphase (+)= Σ dφ`, `dx = Σ_frequencies 2π f dφ`. */
export function backward<T>(p: Plan, s: Step): void {
  const frequencies = s.rows / s.inputRows;
  const stride = <usize>p.stride;
  const bytes = <usize>Tile.vectors << 4;
  const turn = constant<T>(TURN);
  const df = Tile.gradient + s.parameters;
  const dPhases = df + <usize>s.rows * sizeof<T>();
  const end = endRow(s.rows);
  for (let i = firstRow(s.rows); i < end; i++) {
    const X = valueAt(s.input) + <usize>(i / frequencies) * stride;
    const sines = valueAt(s.cache) + <usize>i * stride;
    const dOutput = valueAt(s.dOutput) + <usize>i * stride;
    let sum = constant<T>(0);
    let byX = constant<T>(0);
    for (let x: usize = 0; x < bytes; x += 16) {
      const back = v128.mul<T>(v128.load(sines + x), v128.load(dOutput + x));
      sum = v128.sub<T>(sum, back);
      byX = v128.sub<T>(byX, v128.mul<T>(v128.load(X + x), back));
    }
    addTo<T>(df + <usize>i * sizeof<T>(), sumOfLanes<T>(v128.mul<T>(turn, byX)));
    addTo<T>(dPhases + <usize>i * sizeof<T>(), sumOfLanes<T>(sum));
  }
  if (s.dInput == 0) return;
  const f = p.theta + s.parameters;
  const last = endRow(s.inputRows);
  for (let row = firstRow(s.inputRows); row < last; row++) {
    const dX = valueAt(s.dInput) + <usize>row * stride;
    memory.fill(dX, 0, bytes);
    for (let i = row * frequencies; i < (row + 1) * frequencies; i++) {
      const slope = v128.mul<T>(turn, loadSplat<T>(f + <usize>i * sizeof<T>()));
      const sines = valueAt(s.cache) + <usize>i * stride;
      const dOutput = valueAt(s.dOutput) + <usize>i * stride;
      for (let x: usize = 0; x < bytes; x += 16) {
        const back = v128.mul<T>(v128.load(sines + x), v128.load(dOutput + x));
        v128.store(dX + x, v128.sub<T>(v128.load(dX + x), v128.mul<T>(slope, back)));
      }
    }
  }
}

// @ts-ignore: decorator
@inline
function addTo<T>(at: usize, value: T): void {
  store<T>(at, Tile.overwrite ? value : load<T>(at) + value);
}
