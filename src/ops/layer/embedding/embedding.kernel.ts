import { Plan, Step } from "../../../../kernels/generated/shared";
import { endRow, firstRow, Tile, valueAt } from "../../../../kernels/tile";

/** A thread computes its own rows of the output, and the derivatives of the tables of its own rows of codes. */
export const rows = "shared";

/** Number k of the options: codes and dimension of the first row, of the second, … */
// @ts-ignore: decorator
@inline
function optionOf(s: Step, k: i32): i32 {
  return <i32>load<f64>(s.options + (<usize>k << 3));
}

/** The rows of the output, row after row of codes: `out[d][j] = E[code[j]][d]`; NaN for a number that is no code. */
export function forward<T>(p: Plan, s: Step): void {
  const first = firstRow(s.rows);
  const end = endRow(s.rows);
  let E = p.theta + s.parameters;
  let row = 0;
  for (let i = 0; i < s.inputRows; i++) {
    const size = optionOf(s, 2 * i);
    const dimension = optionOf(s, 2 * i + 1);
    const from = max(first, row);
    const to = min(end, row + dimension);
    if (from < to) {
      const codes = valueAt(s.input) + <usize>i * <usize>p.stride;
      const output = valueAt(s.output) + <usize>from * <usize>p.stride;
      lookUp<T>(codes, E + <usize>(from - row) * sizeof<T>(), size, dimension, output, to - from, <usize>p.stride);
    }
    row += dimension;
    E += <usize>size * <usize>dimension * sizeof<T>();
  }
}

/** `rows` rows of the output from E on, of which a code's numbers lie side by side, `dimension` to the next code's. */
function lookUp<T>(codes: usize, E: usize, size: i32, dimension: i32, output: usize, rows: i32, stride: usize): void {
  const bytes = <usize>Tile.vectors << 4;
  for (let x: usize = 0; x < bytes; x += sizeof<T>()) {
    const code = load<T>(codes + x);
    const known = code >= 0 && code < <T>size && floor<T>(code) == code;
    let from = known ? E + <usize>code * <usize>dimension * sizeof<T>() : 0;
    let to = output + x;
    for (let d = 0; d < rows; d++) {
      store<T>(to, known ? load<T>(from) : <T>NaN);
      from += sizeof<T>();
      to += stride;
    }
  }
}

/** `dE[code[j]][d] (+)= dOut[d][j]`, example after example; codes have no derivative. */
export function backward<T>(p: Plan, s: Step): void {
  const first = firstRow(s.inputRows);
  const end = endRow(s.inputRows);
  const stride = <usize>p.stride;
  let dE = Tile.gradient + s.parameters;
  let dOutput = valueAt(s.dOutput);
  for (let i = 0; i < end; i++) {
    const dimension = optionOf(s, 2 * i + 1);
    const numbers = <usize>dimension * sizeof<T>();
    const bytes = <usize>optionOf(s, 2 * i) * numbers;
    if (i >= first) {
      if (Tile.overwrite) memory.fill(dE, 0, bytes);
      const codes = valueAt(s.input) + <usize>i * stride;
      // What repeats an example to fill a vector is left out.
      const used = <usize>Tile.columns * sizeof<T>();
      const size = <T>optionOf(s, 2 * i);
      for (let x: usize = 0; x < used; x += sizeof<T>()) {
        const code = load<T>(codes + x);
        if (!(code >= 0 && code < size)) continue;
        let to = dE + <usize>code * numbers;
        let from = dOutput + x;
        for (let d = 0; d < dimension; d++) {
          store<T>(to, load<T>(to) + load<T>(from));
          to += sizeof<T>();
          from += stride;
        }
      }
    }
    dE += bytes;
    dOutput += <usize>dimension * stride;
  }
}
