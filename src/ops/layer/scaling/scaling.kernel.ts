import { Plan, Step } from "../../../../kernels/generated/shared";
import { addToGradient, RowSums, sumDerivatives } from "../../../../kernels/rowSums";
import { endRow, firstRow, Tile, valueAt } from "../../../../kernels/tile";
import { constant, loadSplat } from "../../../../kernels/vector";

/** A thread reads and writes its own rows alone. */
export const rows = "own";
export const inPlace = "backward";

/** `y = s x` */
export function forward<T>(p: Plan, s: Step): void {
  scaled<T>(p, s, valueAt(s.input), valueAt(s.output));
}

/** `ds += Σ dy x`, `dx = s dy` */
export function backward<T>(p: Plan, s: Step): void {
  const dS = Tile.gradient + s.parameters;
  const zero = constant<T>(0);
  for (let i = firstRow(s.rows); i < endRow(s.rows); i++) {
    const offset = <usize>i * <usize>p.stride;
    sumDerivatives<T>(valueAt(s.dOutput) + offset, valueAt(s.input) + offset, zero, Tile.vectors);
    addToGradient<T>(dS + <usize>i * sizeof<T>(), RowSums.withX, Tile.overwrite);
  }
  if (s.dInput != 0) scaled<T>(p, s, valueAt(s.dOutput), valueAt(s.dInput));
}

/** `to = s from`, this thread's rows. */
function scaled<T>(p: Plan, s: Step, from: usize, to: usize): void {
  const bytes = <usize>Tile.vectors << 4;
  for (let i = firstRow(s.rows); i < endRow(s.rows); i++) {
    const factor = loadSplat<T>(p.theta + s.parameters + <usize>i * sizeof<T>());
    const offset = <usize>i * <usize>p.stride;
    for (let x: usize = 0; x < bytes; x += 16) {
      v128.store(to + offset + x, v128.mul<T>(factor, v128.load(from + offset + x)));
    }
  }
}
