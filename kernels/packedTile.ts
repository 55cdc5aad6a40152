/**
 * A tile of a packed product: the part of C that stays in registers, 2 rows × 4 vectors, or × 2 vectors where the panel of B
 * is a narrow one; and, where a tile reaches beyond C, a copy of it with room for that.
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

/** The tile at c: its start, which is C where `resume`, else the bias of the row or 0, plus strip a times panel b. */
// @ts-ignore: decorator
@inline
export function multiplyTile<T>(
  wide: bool,
  depth: i32,
  a: usize,
  b: usize,
  c: usize,
  cRow: usize,
  bias: usize,
  resume: bool,
): void {
  if (wide) multiplyWide<T>(depth, a, b, c, cRow, bias, resume);
  else multiplyNarrow<T>(depth, a, b, c, cRow, bias, resume);
}

/**
 * A tile of C, (2 × 4 vectors), plus a strip of A, (2 × depth), times a panel of B, (depth × 4 vectors).
 *
 * Two k a turn, yet with a branch between them that is hardly ever taken: where nothing keeps them apart, V8 loads for
 * both at once, runs out of registers, and is a third slower; one k a turn is a sixth slower, or not, depending on where
 * in a cache line the loop begins.
 */
function multiplyWide<T>(depth: i32, a: usize, b: usize, c: usize, cRow: usize, bias: usize, resume: bool): void {
  const d = c + cRow;
  let c0 = constant<T>(0);
  let c1 = c0;
  let c2 = c0;
  let c3 = c0;
  let d0 = c0;
  let d1 = c0;
  let d2 = c0;
  let d3 = c0;
  if (resume) {
    c0 = v128.load(c);
    c1 = v128.load(c, 16);
    c2 = v128.load(c, 32);
    c3 = v128.load(c, 48);
    d0 = v128.load(d);
    d1 = v128.load(d, 16);
    d2 = v128.load(d, 32);
    d3 = v128.load(d, 48);
  } else if (bias != 0) {
    c0 = c1 = c2 = c3 = loadSplat<T>(bias);
    d0 = d1 = d2 = d3 = loadSplat<T>(bias + sizeof<T>());
  }
  const size = sizeof<T>();
  const end = b + <usize>depth * TILE_ROW;
  while (b < end) {
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
    if (b + TILE_ROW == end) break;
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
    a += 4 * size;
    b += 2 * TILE_ROW;
  }
  v128.store(c, c0);
  v128.store(c, c1, 16);
  v128.store(c, c2, 32);
  v128.store(c, c3, 48);
  v128.store(d, d0);
  v128.store(d, d1, 16);
  v128.store(d, d2, 32);
  v128.store(d, d3, 48);
}

/** The same with a narrow panel: (2 × 2 vectors) plus (2 × depth) times (depth × 2 vectors). */
function multiplyNarrow<T>(depth: i32, a: usize, b: usize, c: usize, cRow: usize, bias: usize, resume: bool): void {
  const d = c + cRow;
  let c0 = constant<T>(0);
  let c1 = c0;
  let d0 = c0;
  let d1 = c0;
  if (resume) {
    c0 = v128.load(c);
    c1 = v128.load(c, 16);
    d0 = v128.load(d);
    d1 = v128.load(d, 16);
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
  v128.store(c, c0);
  v128.store(c, c1, 16);
  v128.store(d, d0);
  v128.store(d, d1, 16);
}

/** Fills a tile that reaches beyond C with the numbers the sums start from, and zeros beyond. */
export function startEdge<T>(rows: i32, columns: i32, c: usize, cRow: usize, bias: usize, resume: bool, edge: usize): void {
  for (let i = 0; i < STRIP; i++) {
    for (let j = 0; j < panelWidth<T>(); j++) {
      const at = <usize>j * sizeof<T>();
      let start = <T>0;
      if (i < rows && j < columns) {
        if (resume) start = load<T>(c + <usize>i * cRow + at);
        else if (bias != 0) start = load<T>(bias + <usize>i * sizeof<T>());
      }
      store<T>(edge + <usize>i * TILE_ROW + at, start);
    }
  }
}

/** Stores the part of such a tile that is within C. */
export function storeEdge<T>(rows: i32, columns: i32, edge: usize, c: usize, cRow: usize): void {
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const at = <usize>j * sizeof<T>();
      store<T>(c + <usize>i * cRow + at, load<T>(edge + <usize>i * TILE_ROW + at));
    }
  }
}
