/**
 * The packed matrix product, for large layers: `C = start + A · B` with
 *
 *     C[i][j] = start + Σ_k A[i][k] · B[k][j]      (rows × columns) = (rows × depth) · (depth × columns)
 *
 * where start is 0, a bias of the row, or what C holds. A and B may have any stride, so that a transposed operand needs
 * no copy: packing transposes. All strides are in bytes.
 *
 *     Z  = W · A + b     rows = units,  depth = inputs,   columns = examples
 *     dA = Wᵀ · dZ       rows = inputs, depth = units,    columns = examples
 *     dW = dZ · Aᵀ       rows = units,  depth = examples, columns = inputs
 *
 * Tiling, after Goto and van de Geijn, "Anatomy of high-performance matrix multiplication" (2008): the depth is cut into
 * blocks of 256. A tile of C, 4 rows × 2 vectors, stays in 8 registers while a block of the depth runs through it. The 4
 * numbers of A and the 2 vectors of B which that takes at each k lie side by side, because both were packed before:
 *
 *     B, as a whole, into panels 2 vectors wide:   block → panel → k → 2 vectors     (a panel's block stays in L1)
 *     A, 64 rows at a time, into strips 4 rows high:       strip → k → 4 numbers     (the 64 rows stay in L2)
 *
 * Order of summation: each element of C is summed as the plain triple loop does it, from `start` on by k = 0, 1, 2, …, one
 * product after the other (a block goes on from what the block before it left in C). So the bits do not depend on
 * blocks, tiles, packing, or on which rows are computed by whom.
 */

import { packPanels } from "./packPanels";
import { constant, lanes, loadSplat, multiplyAdd } from "./vector";

/** Rows of a tile: the height of a strip of A. */
const STRIP: i32 = 4;

/** Depth of a block. */
const BLOCK: i32 = 256;

/** Rows of A that are packed at a time; a multiple of STRIP. */
const GROUP: i32 = 64;

/** Bytes of a tile's row: two vectors. */
const TILE_ROW: usize = 32;

/** Columns of a tile: the width of a panel of B. */
// @ts-ignore: decorator
@inline
function panelWidth<T>(): i32 {
  return 2 * lanes<T>();
}

/** Panels that `columns` columns of B make; the last may be padded. */
export function panelsOf<T>(columns: i32): i32 {
  return (columns + panelWidth<T>() - 1) / panelWidth<T>();
}

/** Bytes of a packed B, (depth × columns), of numbers of `size` bytes. */
export function packedBytes(columns: i32, depth: i32, size: usize): usize {
  const panels = size == 8 ? panelsOf<f64>(columns) : panelsOf<f32>(columns);
  return <usize>panels * <usize>depth * TILE_ROW;
}

/** Bytes of the workspace that each thread needs to multiply: the packed rows of A, and a tile for C's edges. */
export function multiplyWorkspace(size: usize): usize {
  return <usize>(GROUP * BLOCK) * size + <usize>STRIP * TILE_ROW;
}

/** Bytes of scratch that `packedProduct` needs: those of the packed B, then those of the workspace. */
export function packedProductScratch(columns: i32, depth: i32, size: usize): usize {
  return packedBytes(columns, depth, size) + multiplyWorkspace(size);
}

/**
 * Computes rows `rowFrom ≤ i < min(rowTo, rows)` of C. Needs `packedProductScratch` bytes of scratch, at a multiple of 16.
 * The start is C itself where `accumulate`; otherwise `bias[i]`; otherwise, where bias is 0, zero. C has unit column stride.
 */
export function packedProduct<T>(
  rows: i32,
  columns: i32,
  depth: i32,
  A: usize,
  aRow: usize,
  aColumn: usize,
  B: usize,
  bRow: usize,
  bColumn: usize,
  C: usize,
  cRow: usize,
  bias: usize,
  accumulate: bool,
  scratch: usize,
  rowFrom: i32,
  rowTo: i32,
): void {
  packB<T>(columns, depth, B, bRow, bColumn, scratch, 0, panelsOf<T>(columns));
  const workspace = scratch + packedBytes(columns, depth, sizeof<T>());
  multiplyPacked<T>(rows, columns, depth, A, aRow, aColumn, scratch, C, cRow, bias, accumulate, workspace, rowFrom, rowTo);
}

/**
 * Packs panels `panelFrom ≤ p < panelTo` of B, (depth × columns), of `panelsOf(columns)`. Several threads may each pack their
 * share into the same `packedBytes` bytes, and multiply when all have done so.
 */
export function packB<T>(
  columns: i32,
  depth: i32,
  B: usize,
  bRow: usize,
  bColumn: usize,
  packed: usize,
  panelFrom: i32,
  panelTo: i32,
): void {
  const panels = panelsOf<T>(columns);
  const from = panelFrom * panelWidth<T>();
  const count = min(panelTo * panelWidth<T>(), columns) - from;
  for (let k = 0; k < depth; k += BLOCK) {
    const length = min(BLOCK, depth - k);
    const source = B + <usize>from * bColumn + <usize>k * bRow;
    const target = packed + (<usize>panels * <usize>k + <usize>panelFrom * <usize>length) * TILE_ROW;
    packPanels<T>(panelWidth<T>(), count, length, source, bColumn, bRow, target);
  }
}

/** `packedProduct` with a B packed before; each thread with `multiplyWorkspace` bytes of its own, at a multiple of 16. */
export function multiplyPacked<T>(
  rows: i32,
  columns: i32,
  depth: i32,
  A: usize,
  aRow: usize,
  aColumn: usize,
  packed: usize,
  C: usize,
  cRow: usize,
  bias: usize,
  accumulate: bool,
  workspace: usize,
  rowFrom: i32,
  rowTo: i32,
): void {
  const panels = panelsOf<T>(columns);
  const edge = workspace + <usize>(GROUP * BLOCK) * sizeof<T>();
  const end = min(rowTo, rows);
  let resume = accumulate;
  let k = 0;
  do {
    // A depth of 0 makes one empty block, which stores the start.
    const length = min(BLOCK, depth - k);
    const block = packed + <usize>panels * <usize>k * TILE_ROW;
    for (let top = rowFrom; top < end; top += GROUP) {
      const height = min(GROUP, end - top);
      packPanels<T>(STRIP, height, length, A + <usize>top * aRow + <usize>k * aColumn, aRow, aColumn, workspace);
      for (let panel = 0; panel < panels; panel++) {
        const column = panel * panelWidth<T>();
        const width = min(panelWidth<T>(), columns - column);
        const b = block + <usize>panel * <usize>length * TILE_ROW;
        for (let row = 0; row < height; row += STRIP) {
          const a = workspace + <usize>(row * length) * sizeof<T>();
          const c = C + <usize>(top + row) * cRow + <usize>column * sizeof<T>();
          const offsets = bias == 0 ? 0 : bias + <usize>(top + row) * sizeof<T>();
          if (width == panelWidth<T>() && row + STRIP <= height) {
            multiplyTile<T>(length, a, b, c, cRow, offsets, resume);
          } else {
            const rowsLeft = min(STRIP, height - row);
            startEdge<T>(rowsLeft, width, c, cRow, offsets, resume, edge);
            multiplyTile<T>(length, a, b, edge, TILE_ROW, 0, true);
            storeEdge<T>(rowsLeft, width, edge, c, cRow);
          }
        }
      }
    }
    resume = true;
    k += BLOCK;
  } while (k < depth);
}

/** A tile of C, (4 × 2 vectors), plus a strip of A, (4 × depth), times a panel of B, (depth × 2 vectors). */
function multiplyTile<T>(depth: i32, a: usize, b: usize, c: usize, cRow: usize, bias: usize, resume: bool): void {
  const c1 = c + cRow;
  const c2 = c1 + cRow;
  const c3 = c2 + cRow;
  let t00 = constant<T>(0);
  let t01 = t00;
  let t10 = t00;
  let t11 = t00;
  let t20 = t00;
  let t21 = t00;
  let t30 = t00;
  let t31 = t00;
  if (resume) {
    t00 = v128.load(c);
    t01 = v128.load(c, 16);
    t10 = v128.load(c1);
    t11 = v128.load(c1, 16);
    t20 = v128.load(c2);
    t21 = v128.load(c2, 16);
    t30 = v128.load(c3);
    t31 = v128.load(c3, 16);
  } else if (bias != 0) {
    t00 = t01 = loadSplat<T>(bias);
    t10 = t11 = loadSplat<T>(bias + sizeof<T>());
    t20 = t21 = loadSplat<T>(bias + 2 * sizeof<T>());
    t30 = t31 = loadSplat<T>(bias + 3 * sizeof<T>());
  }
  for (const end = b + <usize>depth * TILE_ROW; b < end; b += TILE_ROW) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    const a0 = loadSplat<T>(a);
    t00 = multiplyAdd<T>(a0, b0, t00);
    t01 = multiplyAdd<T>(a0, b1, t01);
    const a1 = loadSplat<T>(a + sizeof<T>());
    t10 = multiplyAdd<T>(a1, b0, t10);
    t11 = multiplyAdd<T>(a1, b1, t11);
    const a2 = loadSplat<T>(a + 2 * sizeof<T>());
    t20 = multiplyAdd<T>(a2, b0, t20);
    t21 = multiplyAdd<T>(a2, b1, t21);
    const a3 = loadSplat<T>(a + 3 * sizeof<T>());
    t30 = multiplyAdd<T>(a3, b0, t30);
    t31 = multiplyAdd<T>(a3, b1, t31);
    a += STRIP * sizeof<T>();
  }
  v128.store(c, t00);
  v128.store(c, t01, 16);
  v128.store(c1, t10);
  v128.store(c1, t11, 16);
  v128.store(c2, t20);
  v128.store(c2, t21, 16);
  v128.store(c3, t30);
  v128.store(c3, t31, 16);
}

/** Fills a tile that reaches beyond C with the numbers the sums start from. */
function startEdge<T>(rows: i32, columns: i32, c: usize, cRow: usize, bias: usize, resume: bool, edge: usize): void {
  memory.fill(edge, 0, STRIP * TILE_ROW);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const at = <usize>j * sizeof<T>();
      let start = <T>0;
      if (resume) start = load<T>(c + <usize>i * cRow + at);
      else if (bias != 0) start = load<T>(bias + <usize>i * sizeof<T>());
      store<T>(edge + <usize>i * TILE_ROW + at, start);
    }
  }
}

/** Stores the part of such a tile that is within C. */
function storeEdge<T>(rows: i32, columns: i32, edge: usize, c: usize, cRow: usize): void {
  for (let i = 0; i < rows; i++) memory.copy(c + <usize>i * cRow, edge + <usize>i * TILE_ROW, <usize>columns * sizeof<T>());
}
