/**
 * Philox4x32-10, the counter-based generator of `src/random/`, four blocks side by side: dropout masks and the order of
 * the examples, bit for bit those of `fillMask` and `shuffledIndices` there.
 *
 * Source: J. Salmon, M. Moraes, R. Dror & D. Shaw, "Parallel random numbers: as easy as 1, 2, 3" (SC '11), §3.3.
 */

import {
  PURPOSES_DROPOUT as DROPOUT,
  PURPOSES_DROPOUT_TIE as DROPOUT_TIE,
  PURPOSES_SHUFFLE as SHUFFLE,
} from "./generated/shared";

const MULTIPLIER_0: u32 = 0xd2511f53;
const MULTIPLIER_1: u32 = 0xcd9e8d57;
const WEYL_0: u32 = 0x9e3779b9;
const WEYL_1: u32 = 0xbb67ae85;

/**
 * Fills a dropout mask: entry i is 1 where the i-th byte of the stream (seed, dropout, layer, step) is below `first`; where
 * it equals `first`, 32 bits more are held against `rest`.
 *
 * @param mask bytes 0 or 1; up to 63 beyond `length` are overwritten too
 * @param first 256 where `keep` · 2⁴⁰ rounds to 2⁴⁰: nothing is dropped
 */
export function fillMask(
  mask: usize,
  length: i32,
  first: i32,
  rest: u32,
  seed: u32,
  layer: u32,
  stepLow: u32,
  stepHigh: u32,
): void {
  if (first == 256) {
    memory.fill(mask, 1, length);
    return;
  }
  const threshold = i8x16.splat(<i8>first);
  const one = i8x16.splat(1);
  for (let block = 0; block << 4 < length; block += 4) {
    // Four counters, one a lane.
    let c0 = i32x4.add(i32x4.splat(block), i32x4(0, 1, 2, 3));
    let c1 = i32x4.splat(stepLow);
    let c2 = i32x4.splat(stepHigh);
    let c3 = i32x4.splat(layer);
    let k0 = seed;
    let k1 = DROPOUT;
    for (let round = 0; round < 10; round++) {
      const m0 = i32x4.splat(MULTIPLIER_0);
      const m1 = i32x4.splat(MULTIPLIER_1);
      const a = i64x2.extmul_low_i32x4_u(c0, m0);
      const b = i64x2.extmul_high_i32x4_u(c0, m0);
      const c = i64x2.extmul_low_i32x4_u(c2, m1);
      const d = i64x2.extmul_high_i32x4_u(c2, m1);
      c0 = v128.xor(v128.xor(upperWords(c, d), c1), i32x4.splat(k0));
      c1 = lowerWords(c, d);
      c2 = v128.xor(v128.xor(upperWords(a, b), c3), i32x4.splat(k1));
      c3 = lowerWords(a, b);
      k0 += WEYL_0;
      k1 += WEYL_1;
    }
    // Words by block: transpose 4 × 4.
    const t0 = i32x4.shuffle(c0, c1, 0, 4, 1, 5);
    const t1 = i32x4.shuffle(c2, c3, 0, 4, 1, 5);
    const t2 = i32x4.shuffle(c0, c1, 2, 6, 3, 7);
    const t3 = i32x4.shuffle(c2, c3, 2, 6, 3, 7);
    const at = mask + (<usize>block << 4);
    const i = block << 4;
    store16(at, i64x2.shuffle(t0, t1, 0, 2), threshold, one, i, length, first, rest, seed, layer, stepLow, stepHigh);
    store16(at + 16, i64x2.shuffle(t0, t1, 1, 3), threshold, one, i + 16, length, first, rest, seed, layer, stepLow, stepHigh);
    store16(at + 32, i64x2.shuffle(t2, t3, 0, 2), threshold, one, i + 32, length, first, rest, seed, layer, stepLow, stepHigh);
    store16(at + 48, i64x2.shuffle(t2, t3, 1, 3), threshold, one, i + 48, length, first, rest, seed, layer, stepLow, stepHigh);
  }
}

// @ts-ignore: decorator
@inline
function lowerWords(low: v128, high: v128): v128 {
  return i32x4.shuffle(low, high, 0, 2, 4, 6);
}

// @ts-ignore: decorator
@inline
function upperWords(low: v128, high: v128): v128 {
  return i32x4.shuffle(low, high, 1, 3, 5, 7);
}

/** Sixteen entries from their bytes; ties, one in 256, one by one. */
// @ts-ignore: decorator
@inline
function store16(
  at: usize,
  bytes: v128,
  threshold: v128,
  one: v128,
  index: i32,
  length: i32,
  first: i32,
  rest: u32,
  seed: u32,
  layer: u32,
  stepLow: u32,
  stepHigh: u32,
): void {
  v128.store(at, v128.and(i8x16.lt_u(bytes, threshold), one));
  let ties = i8x16.bitmask(i8x16.eq(bytes, threshold));
  while (ties != 0) {
    const i = index + ctz(ties);
    if (i < length) {
      const bits = firstWord(i, stepLow, stepHigh, layer, seed, DROPOUT_TIE);
      store<u8>(at + ctz(ties), bits < rest ? 1 : 0);
    }
    ties &= ties - 1;
  }
}

function firstWord(block: u32, c1: u32, c2: u32, c3: u32, seed: u32, purpose: u32): u32 {
  philox(block, c1, c2, c3, seed, purpose);
  return word0;
}

let word0: u32 = 0;
let word1: u32 = 0;
let word2: u32 = 0;
let word3: u32 = 0;

function philox(c0: u32, c1: u32, c2: u32, c3: u32, k0: u32, k1: u32): void {
  for (let round = 0; round < 10; round++) {
    const p0 = <u64>c0 * MULTIPLIER_0;
    const p1 = <u64>c2 * MULTIPLIER_1;
    c0 = <u32>(p1 >> 32) ^ c1 ^ k0;
    c1 = <u32>p1;
    c2 = <u32>(p0 >> 32) ^ c3 ^ k1;
    c3 = <u32>p0;
    k0 += WEYL_0;
    k1 += WEYL_1;
  }
  word0 = c0;
  word1 = c1;
  word2 = c2;
  word3 = c3;
}

/**
 * The order of the examples in an epoch: 0, …, n − 1 shuffled after Fisher & Yates, from the end, each place drawn without
 * bias by rejection.
 *
 * @param indices n numbers of 32 bits, overwritten
 */
export function shuffle(indices: usize, n: u32, seed: u32, epochLow: u32, epochHigh: u32): void {
  for (let i: u32 = 0; i < n; i++) store<u32>(indices + (<usize>i << 2), i);
  let block: u32 = 0;
  let used = 4;
  for (let i = n - 1; <i32>i > 0; i--) {
    const below = <u64>i + 1;
    // The remainders of a multiple of `below` are all alike; what lies beyond the last one is drawn again.
    const usable = <u64>0x100000000 - (<u64>0x100000000 % below);
    let value: u32;
    do {
      if (used == 4) {
        philox(block++, epochLow, epochHigh, 0, seed, SHUFFLE);
        used = 0;
      }
      value = used == 0 ? word0 : used == 1 ? word1 : used == 2 ? word2 : word3;
      used++;
    } while (<u64>value >= usable);
    const a = indices + (<usize>i << 2);
    const b = indices + (<usize>(value % <u32>below) << 2);
    const swap = load<u32>(a);
    store<u32>(a, load<u32>(b));
    store<u32>(b, swap);
  }
}
