import {
  ADDRESSES_COUNTS as COUNTS,
  ADDRESSES_COUNTS_END as COUNTS_END,
  ADDRESSES_READING as READING,
  Reading,
} from "./generated/shared";

/**
 * What the distribution of some numbers is made from, in two passes over rows × columns of them, `stride` bytes from one
 * row to the next: `src/engine/readings.ts` says what they are. Sums are taken in double precision, two lanes beside each
 * other, and the results put at READING.
 */

/** Two tables of 32 counts, one a lane: a count just written takes long to be read again. Bytes of one. */
const TABLE: usize = (COUNTS_END - COUNTS) / 2;

/** Sum, sum of squares, smallest and largest of numbers of `size` bytes; NaN is neither smallest nor largest. */
export function sums(size: i32, at: usize, rows: i32, columns: i32, stride: usize): void {
  if (size == 8) sumsOf<f64>(at, rows, columns, stride);
  else sumsOf<f32>(at, rows, columns, stride);
}

/** Distances from the mean; counts the numbers x, all finite, in bins `⌊(x unit − low) / width · bins⌋` of up to 31. */
export function spread(
  size: i32,
  at: usize,
  rows: i32,
  columns: i32,
  stride: usize,
  mean: f64,
  unit: f64,
  low: f64,
  width: f64,
  bins: f64,
): void {
  memory.fill(COUNTS, 0, 2 * TABLE);
  if (size == 8) spreadOf<f64>(at, rows, columns, stride, mean, unit, low, width, bins);
  else spreadOf<f32>(at, rows, columns, stride, mean, unit, low, width, bins);
}

/** The two numbers at an address. */
// @ts-ignore: decorator
@inline
function pair<T>(address: usize): v128 {
  return sizeof<T>() == 8 ? v128.load(address) : f64x2.promote_low_f32x4(v128.load64_zero(address));
}

function sumsOf<T>(at: usize, rows: i32, columns: i32, stride: usize): void {
  let sum = f64x2.splat(0);
  let squares = f64x2.splat(0);
  let smallest = f64x2.splat(Infinity);
  let largest = f64x2.splat(-Infinity);
  for (let i = 0; i < rows; i++, at += stride) {
    const end = at + <usize>columns * sizeof<T>();
    let x = at;
    for (; x + 2 * sizeof<T>() <= end; x += 2 * sizeof<T>()) {
      const v = pair<T>(x);
      sum = f64x2.add(sum, v);
      squares = f64x2.add(squares, f64x2.mul(v, v));
      smallest = f64x2.pmin(smallest, v);
      largest = f64x2.pmax(largest, v);
    }
    if (x == end) continue;
    const value = <f64>load<T>(x);
    const v = f64x2.replace_lane(f64x2.splat(0), 0, value);
    sum = f64x2.add(sum, v);
    squares = f64x2.add(squares, f64x2.mul(v, v));
    smallest = f64x2.pmin(smallest, f64x2.splat(value));
    largest = f64x2.pmax(largest, f64x2.splat(value));
  }
  const reading = changetype<Reading>(READING);
  reading.sum = f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
  reading.squares = f64x2.extract_lane(squares, 0) + f64x2.extract_lane(squares, 1);
  reading.smallest = Math.min(f64x2.extract_lane(smallest, 0), f64x2.extract_lane(smallest, 1));
  reading.largest = Math.max(f64x2.extract_lane(largest, 0), f64x2.extract_lane(largest, 1));
}

function spreadOf<T>(
  at: usize,
  rows: i32,
  columns: i32,
  stride: usize,
  mean: f64,
  unit: f64,
  low: f64,
  width: f64,
  bins: f64,
): void {
  const means = f64x2.splat(mean);
  const units = f64x2.splat(unit);
  const lows = f64x2.splat(low);
  const widths = f64x2.splat(width);
  const allBins = f64x2.splat(bins);
  let distances = f64x2.splat(0);
  for (let i = 0; i < rows; i++, at += stride) {
    const end = at + <usize>columns * sizeof<T>();
    let x = at;
    for (; x + 2 * sizeof<T>() <= end; x += 2 * sizeof<T>()) {
      const v = pair<T>(x);
      const distance = f64x2.sub(v, means);
      distances = f64x2.add(distances, f64x2.mul(distance, distance));
      const share = f64x2.div(f64x2.sub(f64x2.mul(v, units), lows), widths);
      const bin = i32x4.trunc_sat_f64x2_s_zero(f64x2.mul(share, allBins));
      count(COUNTS, i32x4.extract_lane(bin, 0));
      count(COUNTS + TABLE, i32x4.extract_lane(bin, 1));
    }
    if (x == end) continue;
    const value = <f64>load<T>(x);
    const distance = f64x2.replace_lane(f64x2.splat(0), 0, value - mean);
    distances = f64x2.add(distances, f64x2.mul(distance, distance));
    count(COUNTS, <i32>(((value * unit - low) / width) * bins));
  }
  changetype<Reading>(READING).distances = f64x2.extract_lane(distances, 0) + f64x2.extract_lane(distances, 1);
  for (let k: usize = 0; k < TABLE; k += 4) {
    store<u32>(COUNTS + k, load<u32>(COUNTS + k) + load<u32>(COUNTS + TABLE + k));
  }
}

// @ts-ignore: decorator
@inline
function count(table: usize, bin: i32): void {
  const at = table + (<usize>bin << 2);
  store<u32>(at, load<u32>(at) + 1);
}
