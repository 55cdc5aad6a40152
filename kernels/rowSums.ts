import { lanes, sumOfLanes } from "./vector";

/**
 * Sums along a row of a tile: in four vectors that take turns, then these, then their lanes, then the columns that fill no
 * vector. So the order depends on the number of columns alone.
 */

/** `Σ x` */
export function sumOfRow<T>(row: usize, columns: i32): T {
  return squaresOrSum<T>(row, columns, v128.splat<T>(0), false);
}

/** `Σ (x − center)²` */
export function squaresOfRow<T>(row: usize, columns: i32, center: v128): T {
  return squaresOrSum<T>(row, columns, center, true);
}

// @ts-ignore: decorator
@inline
function squaresOrSum<T>(row: usize, columns: i32, center: v128, squares: bool): T {
  const end = row + (<usize>(columns / lanes<T>()) << 4);
  let s0 = v128.splat<T>(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  let x = row;
  for (; x + 64 <= end; x += 64) {
    s0 = added<T>(s0, v128.load(x), center, squares);
    s1 = added<T>(s1, v128.load(x, 16), center, squares);
    s2 = added<T>(s2, v128.load(x, 32), center, squares);
    s3 = added<T>(s3, v128.load(x, 48), center, squares);
  }
  for (; x < end; x += 16) s0 = added<T>(s0, v128.load(x), center, squares);
  let sum = sumOfLanes<T>(v128.add<T>(v128.add<T>(s0, s1), v128.add<T>(s2, s3)));
  for (const last = row + <usize>columns * sizeof<T>(); x < last; x += sizeof<T>()) {
    const value = load<T>(x);
    const distance = value - v128.extract_lane<T>(center, 0);
    sum += squares ? distance * distance : value;
  }
  return sum;
}

// @ts-ignore: decorator
@inline
function added<T>(sum: v128, x: v128, center: v128, squares: bool): v128 {
  if (!squares) return v128.add<T>(sum, x);
  const distance = v128.sub<T>(x, center);
  return v128.add<T>(sum, v128.mul<T>(distance, distance));
}

/** What rows of a derivative dy and of an input x sum to. */
export class RowSums {
  /** `Σ dy` */
  static plain: f64 = 0;
  /** `Σ dy (x − center)` */
  static withX: f64 = 0;
}

/** Fills `RowSums` from `vectors` of a row: derivatives are 0 beyond the last example. */
export function sumDerivatives<T>(dy: usize, x: usize, center: v128, vectors: i32): void {
  const end = dy + (<usize>vectors << 4);
  let s0 = v128.splat<T>(0);
  let s1 = s0;
  let w0 = s0;
  let w1 = s0;
  for (; dy + 32 <= end; dy += 32, x += 32) {
    const d0 = v128.load(dy);
    const d1 = v128.load(dy, 16);
    s0 = v128.add<T>(s0, d0);
    s1 = v128.add<T>(s1, d1);
    w0 = v128.add<T>(w0, v128.mul<T>(d0, v128.sub<T>(v128.load(x), center)));
    w1 = v128.add<T>(w1, v128.mul<T>(d1, v128.sub<T>(v128.load(x, 16), center)));
  }
  if (dy < end) {
    const d = v128.load(dy);
    s0 = v128.add<T>(s0, d);
    w0 = v128.add<T>(w0, v128.mul<T>(d, v128.sub<T>(v128.load(x), center)));
  }
  RowSums.plain = <f64>sumOfLanes<T>(v128.add<T>(s0, s1));
  RowSums.withX = <f64>sumOfLanes<T>(v128.add<T>(w0, w1));
}

/** Adds a tile's part to a parameter's gradient; the first tile of a chunk begins it. */
// @ts-ignore: decorator
@inline
export function addToGradient<T>(at: usize, value: f64, begins: bool): void {
  store<T>(at, (begins ? <T>0 : load<T>(at)) + <T>value);
}
