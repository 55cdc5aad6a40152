import { Plan, Step } from "../../../../../kernels/generated/shared";
import { Tile, valueAt } from "../../../../../kernels/tile";

/** `out[row · dimension + d][j] = E[d][code[row][j]]`; NaN for a number that is no code. */
export function forward<T>(p: Plan, s: Step): void {
  const codes = load<f64>(s.options);
  const dimension = s.rows / s.inputRows;
  const E = p.theta + s.parameters;
  for (let row = 0; row < s.inputRows; row++) {
    for (let j = 0; j < columnsOf<T>(); j++) {
      const x = <usize>j * sizeof<T>();
      const code = <f64>load<T>(valueAt(s.input) + <usize>row * <usize>p.stride + x);
      const known = code >= 0 && code < codes && Math.floor(code) == code;
      for (let d = 0; d < dimension; d++) {
        const at = valueAt(s.output) + <usize>(row * dimension + d) * <usize>p.stride + x;
        store<T>(at, known ? load<T>(E + (<usize>d * <usize>codes + <usize>code) * sizeof<T>()) : <T>NaN);
      }
    }
  }
}

/** `dE[d][code[row][j]] += dOut[row · dimension + d][j]`; codes have no derivative. */
export function backward<T>(p: Plan, s: Step): void {
  const codes = load<f64>(s.options);
  const dimension = s.rows / s.inputRows;
  const dE = Tile.gradient + s.parameters;
  if (Tile.overwrite) memory.fill(dE, 0, <usize>dimension * <usize>codes * sizeof<T>());
  for (let row = 0; row < s.inputRows; row++) {
    for (let j = 0; j < Tile.columns; j++) {
      const x = <usize>j * sizeof<T>();
      const code = <f64>load<T>(valueAt(s.input) + <usize>row * <usize>p.stride + x);
      if (!(code >= 0 && code < codes)) continue;
      for (let d = 0; d < dimension; d++) {
        const at = dE + (<usize>d * <usize>codes + <usize>code) * sizeof<T>();
        const dOut = load<T>(valueAt(s.dOutput) + <usize>(row * dimension + d) * <usize>p.stride + x);
        store<T>(at, load<T>(at) + dOut);
      }
    }
  }
}

/** Examples, and those that fill the last vector. */
// @ts-ignore: decorator
@inline
function columnsOf<T>(): i32 {
  return Tile.vectors * (16 / <i32>sizeof<T>());
}
