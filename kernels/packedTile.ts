/**
 * A tile of a packed product: the part of C that stays in registers, 2 rows × 4 vectors, or × 2 vectors where the panel of B
 * is a narrow one; and the copies of parts of C: of those that tiles go on from, and of tiles that reach beyond C, whose
 * numbers mean nothing there.
 */

import { constant, loadSplat, multiplyAdd } from "./vector";

/** Rows of a tile: the height of a strip of A. */
export const STRIP: i32 = 2;

/** Bytes of a tile's row: four vectors, a row of a panel of B. */
export const TILE_ROW: usize = 64;

/** Columns of a tile: the width of a panel of B. */
// @ts-ignore: decorator
@inline
export function panelWidth<T>(): i32 {
  return <i32>TILE_ROW / <i32>sizeof<T>();
}

/** Columns of a narrow panel. */
// @ts-ignore: decorator
@inline
export function narrowWidth<T>(): i32 {
  return panelWidth<T>() / 2;
}

/**
 * `c = start + a · b`: a tile of C from a strip of A and a panel of B. The start lies in rows of TILE_ROW bytes; where it is
 * 0, each row starts from its bias, or, where that is 0 as well, from zero.
 */
// @ts-ignore: decorator
@inline
export function multiplyTile<T>(
  wide: bool,
  depth: i32,
  a: usize,
  b: usize,
  start: usize,
  bias: usize,
  c: usize,
  cRow: usize,
): void {
  if (wide) multiplyWide<T>(depth, a, b, start, bias, c, cRow);
  else multiplyNarrow<T>(depth, a, b, start, bias, c, cRow);
}

/**
 * (2 × 4 vectors) = (2 × 4 vectors) + (2 × depth) · (depth × 4 vectors).
 *
 * Four k a turn, yet with branches between them that are hardly ever taken: where nothing keeps them apart, V8 loads for
 * all at once, runs out of registers, and is a third slower. One k a turn is 7 % slower, two are 2 %.
 */
function multiplyWide<T>(depth: i32, a: usize, b: usize, start: usize, bias: usize, c: usize, cRow: usize): void {
  let c0 = constant<T>(0);
  let c1 = c0;
  let c2 = c0;
  let c3 = c0;
  let d0 = c0;
  let d1 = c0;
  let d2 = c0;
  let d3 = c0;
  if (start != 0) {
    c0 = v128.load(start);
    c1 = v128.load(start, 16);
    c2 = v128.load(start, 32);
    c3 = v128.load(start, 48);
    d0 = v128.load(start, 64);
    d1 = v128.load(start, 80);
    d2 = v128.load(start, 96);
    d3 = v128.load(start, 112);
  } else if (bias != 0) {
    c0 = c1 = c2 = c3 = loadSplat<T>(bias);
    d0 = d1 = d2 = d3 = loadSplat<T>(bias + sizeof<T>());
  }
  const size = sizeof<T>();
  for (let n = depth; n > 0; n -= 4) {
    let a0 = loadSplat<T>(a);
    let a1 = loadSplat<T>(a + size);
    let b0 = v128.load(b);
    c0 = multiplyAdd<T>(a0, b0, c0);
    d0 = multiplyAdd<T>(a1, b0, d0);
    b0 = v128.load(b, 16);
    c1 = multiplyAdd<T>(a0, b0, c1);
    d1 = multiplyAdd<T>(a1, b0, d1);
    b0 = v128.load(b, 32);
    c2 = multiplyAdd<T>(a0, b0, c2);
    d2 = multiplyAdd<T>(a1, b0, d2);
    b0 = v128.load(b, 48);
    c3 = multiplyAdd<T>(a0, b0, c3);
    d3 = multiplyAdd<T>(a1, b0, d3);
    if (n == 1) break;
    a0 = loadSplat<T>(a + 2 * size);
    a1 = loadSplat<T>(a + 3 * size);
    b0 = v128.load(b, 64);
    c0 = multiplyAdd<T>(a0, b0, c0);
    d0 = multiplyAdd<T>(a1, b0, d0);
    b0 = v128.load(b, 80);
    c1 = multiplyAdd<T>(a0, b0, c1);
    d1 = multiplyAdd<T>(a1, b0, d1);
    b0 = v128.load(b, 96);
    c2 = multiplyAdd<T>(a0, b0, c2);
    d2 = multiplyAdd<T>(a1, b0, d2);
    b0 = v128.load(b, 112);
    c3 = multiplyAdd<T>(a0, b0, c3);
    d3 = multiplyAdd<T>(a1, b0, d3);
    if (n == 2) break;
    a0 = loadSplat<T>(a + 4 * size);
    a1 = loadSplat<T>(a + 5 * size);
    b0 = v128.load(b, 128);
    c0 = multiplyAdd<T>(a0, b0, c0);
    d0 = multiplyAdd<T>(a1, b0, d0);
    b0 = v128.load(b, 144);
    c1 = multiplyAdd<T>(a0, b0, c1);
    d1 = multiplyAdd<T>(a1, b0, d1);
    b0 = v128.load(b, 160);
    c2 = multiplyAdd<T>(a0, b0, c2);
    d2 = multiplyAdd<T>(a1, b0, d2);
    b0 = v128.load(b, 176);
    c3 = multiplyAdd<T>(a0, b0, c3);
    d3 = multiplyAdd<T>(a1, b0, d3);
    if (n == 3) break;
    a0 = loadSplat<T>(a + 6 * size);
    a1 = loadSplat<T>(a + 7 * size);
    b0 = v128.load(b, 192);
    c0 = multiplyAdd<T>(a0, b0, c0);
    d0 = multiplyAdd<T>(a1, b0, d0);
    b0 = v128.load(b, 208);
    c1 = multiplyAdd<T>(a0, b0, c1);
    d1 = multiplyAdd<T>(a1, b0, d1);
    b0 = v128.load(b, 224);
    c2 = multiplyAdd<T>(a0, b0, c2);
    d2 = multiplyAdd<T>(a1, b0, d2);
    b0 = v128.load(b, 240);
    c3 = multiplyAdd<T>(a0, b0, c3);
    d3 = multiplyAdd<T>(a1, b0, d3);
    a += 8 * size;
    b += 4 * TILE_ROW;
  }
  const d = c + cRow;
  v128.store(c, c0);
  v128.store(c, c1, 16);
  v128.store(c, c2, 32);
  v128.store(c, c3, 48);
  v128.store(d, d0);
  v128.store(d, d1, 16);
  v128.store(d, d2, 32);
  v128.store(d, d3, 48);
}

/** The same with a narrow panel: (2 × 2 vectors) = (2 × 2 vectors) + (2 × depth) · (depth × 2 vectors). */
function multiplyNarrow<T>(depth: i32, a: usize, b: usize, start: usize, bias: usize, c: usize, cRow: usize): void {
  let c0 = constant<T>(0);
  let c1 = c0;
  let d0 = c0;
  let d1 = c0;
  if (start != 0) {
    c0 = v128.load(start);
    c1 = v128.load(start, 16);
    d0 = v128.load(start, 64);
    d1 = v128.load(start, 80);
  } else if (bias != 0) {
    c0 = c1 = loadSplat<T>(bias);
    d0 = d1 = loadSplat<T>(bias + sizeof<T>());
  }
  for (const end = b + <usize>depth * (TILE_ROW / 2); b < end; b += TILE_ROW / 2) {
    const a0 = loadSplat<T>(a);
    const a1 = loadSplat<T>(a + sizeof<T>());
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    c0 = multiplyAdd<T>(a0, b0, c0);
    c1 = multiplyAdd<T>(a0, b1, c1);
    d0 = multiplyAdd<T>(a1, b0, d0);
    d1 = multiplyAdd<T>(a1, b1, d1);
    a += 2 * sizeof<T>();
  }
  const d = c + cRow;
  v128.store(c, c0);
  v128.store(c, c1, 16);
  v128.store(d, d0);
  v128.store(d, d1, 16);
}

/**
 * Copies a panel's columns of C into rows of TILE_ROW bytes, for its tiles to go on from: the memory then answers for all
 * rows at once, where each tile would wait for its own.
 */
export function gatherStart<T>(rows: i32, columns: i32, c: usize, cRow: usize, start: usize): void {
  for (const end = start + <usize>rows * TILE_ROW; start < end; start += TILE_ROW, c += cRow) {
    if (columns == panelWidth<T>()) {
      v128.store(start, v128.load(c));
      v128.store(start, v128.load(c, 16), 16);
      v128.store(start, v128.load(c, 32), 32);
      v128.store(start, v128.load(c, 48), 48);
    } else {
      copyNumbers<T>(columns, c, start);
    }
  }
}

/** Stores the part of a tile, in rows of TILE_ROW bytes, that is within C. */
export function storeEdge<T>(rows: i32, columns: i32, tile: usize, c: usize, cRow: usize): void {
  for (const end = tile + <usize>rows * TILE_ROW; tile < end; tile += TILE_ROW, c += cRow) {
    copyNumbers<T>(columns, tile, c);
  }
}

function copyNumbers<T>(count: i32, from: usize, to: usize): void {
  for (const end = from + <usize>count * sizeof<T>(); from < end; from += sizeof<T>(), to += sizeof<T>()) {
    store<T>(to, load<T>(from));
  }
}
