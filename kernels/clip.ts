import { Plan } from "./generated/shared";
import { constant } from "./vector";

/**
 * Clipping of dθ before an update, in two parts with a meeting of the threads between: `clipValues` bounds each entry and adds
 * up squares, `clipNorm` shortens the whole vector.
 */

/** Bytes of dθ whose squares one thread adds up: blocks are the same for any number of threads, and so is the sum. */
const BLOCK: usize = 4096;

/** `g := min(max(g, −c), c)`, and the sum of the squares of each block, where there is a bound of either kind. */
export function clipValues<T>(p: Plan, thread: i32): void {
  const values = p.clipValue < Infinity;
  const norms = p.clipNorm < Infinity;
  if (!values && !norms) return;
  const blocks = blocksOf(p);
  for (let k = <usize>thread; k < blocks; k += <usize>p.threads) {
    const from = p.dTheta + k * BLOCK;
    const to = min(from + BLOCK, p.dTheta + <usize>p.thetaBytes);
    if (values) bound<T>(from, to, p.clipValue);
    if (norms) store<f64>(p.squares + (k << 3), squaresOf<T>(from, to));
  }
}

/** `dθ := dθ c / ‖dθ‖` on the bytes `from … to`, where the norm is above c; one that is not finite clips nothing. */
export function clipNorm<T>(p: Plan, from: usize, to: usize): void {
  if (!(p.clipNorm < Infinity)) return;
  let squares: f64 = 0;
  for (let k: usize = 0, blocks = blocksOf(p); k < blocks; k++) squares += load<f64>(p.squares + (k << 3));
  const norm = Math.sqrt(squares);
  if (!(norm > p.clipNorm && norm < Infinity)) return;
  const scale = constant<T>(p.clipNorm / norm);
  const end = p.dTheta + to;
  for (let x = p.dTheta + from; x < end; x += 16) v128.store(x, v128.mul<T>(v128.load(x), scale));
}

// @ts-ignore: decorator
@inline
function blocksOf(p: Plan): usize {
  return (<usize>p.thetaBytes + BLOCK - 1) / BLOCK;
}

function bound<T>(from: usize, to: usize, most: f64): void {
  const high = constant<T>(most);
  const low = constant<T>(-most);
  // NaN stays NaN.
  for (let x = from; x < to; x += 16) v128.store(x, v128.min<T>(v128.max<T>(v128.load(x), low), high));
}

/** In float64 whatever the precision: squares of float32 would overflow. */
function squaresOf<T>(from: usize, to: usize): f64 {
  let a = f64x2.splat(0);
  let b = f64x2.splat(0);
  for (let x = from; x < to; x += 16) {
    const g = v128.load(x);
    if (sizeof<T>() == 8) {
      a = f64x2.add(a, f64x2.mul(g, g));
      // Two sums, so that no addition waits for the one before it.
      x += 16;
      if (x < to) {
        const h = v128.load(x);
        b = f64x2.add(b, f64x2.mul(h, h));
      }
    } else {
      const low = f64x2.promote_low_f32x4(g);
      const high = f64x2.promote_low_f32x4(i8x16.shuffle(g, g, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7));
      a = f64x2.add(a, f64x2.mul(low, low));
      b = f64x2.add(b, f64x2.mul(high, high));
    }
  }
  const sum = f64x2.add(a, b);
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}
