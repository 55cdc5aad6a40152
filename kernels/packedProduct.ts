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
 * blocks of at most 256. A tile of C, 2 rows × 4 vectors, stays in 8 registers while a block of the depth runs through it.
 * The 2 numbers of A and the 4 vectors of B which that takes at each k lie side by side, because both were packed before:
 *
 *     B, as a whole, into panels 4 vectors wide:    block → panel → k → 4 vectors    (16 KB a panel and block)
 *     A, 128 rows at a time, into strips 2 rows high:       strip → k → 2 numbers    (2 or 4 KB a strip)
 *
 * One panel of B meets all strips of the 128 rows before the next one does. So of a first-level cache of 32 KB the panel
 * takes half, a strip and the one that follows it a quarter at most; the 128 rows, 128 or 256 KB, stay in a second-level
 * cache of 512 KB.
 *
 * Where 2 vectors hold what is left of B's columns, the last panel is a narrow one of 2 vectors.
 *
 * Order of summation: each element of C is summed as the plain triple loop does it, from `start` on by k = 0, 1, 2, …, one
 * product after the other (a block goes on from what the block before it left in C). So the bits do not depend on
 * blocks, tiles, packing, or on which rows are computed by whom.
 */

import { packPanels } from "./packPanels";
import { gatherStart, multiplyTile, narrowWidth, panelWidth, STRIP, storeEdge, TILE_ROW } from "./packedTile";

/** Depth of a block, at most. */
const BLOCK: i32 = 256;

/** Rows of A that are packed at a time; a multiple of STRIP. */
const GROUP: i32 = 128;

/** Depth of the blocks (the last may have less): as even as may be, since a short block pays as much to start and end. */
// @ts-ignore: decorator
@inline
function blockOf(depth: i32): i32 {
  const blocks = (depth + BLOCK - 1) / BLOCK;
  return blocks > 1 ? (depth + blocks - 1) / blocks : max(1, depth);
}

/** Panels that `columns` columns of B make; the last may be narrow, and filled up with zeros. */
export function panelsOf<T>(columns: i32): i32 {
  return (columns + panelWidth<T>() - 1) / panelWidth<T>();
}

/** Bytes of a packed row of B, of numbers of `size` bytes. */
function packedRow(columns: i32, size: usize): usize {
  const narrow = TILE_ROW / 2;
  return ((<usize>columns * size + narrow - 1) / narrow) * narrow;
}

/** Bytes of a packed B, (depth × columns), of numbers of `size` bytes. */
export function packedBytes(columns: i32, depth: i32, size: usize): usize {
  return packedRow(columns, size) * <usize>depth;
}

/** Bytes of the workspace that each thread needs to multiply: the packed rows of A, and room for a panel's columns of C. */
export function multiplyWorkspace(size: usize): usize {
  return <usize>(GROUP * BLOCK) * size + <usize>GROUP * TILE_ROW;
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
  const row = packedRow(columns, sizeof<T>());
  const from = panelFrom * panelWidth<T>();
  const count = min(panelTo * panelWidth<T>(), columns) - from;
  const rest = count % panelWidth<T>();
  const narrow = rest > 0 && rest <= narrowWidth<T>() ? rest : 0;
  const wide = count - narrow;
  const block = blockOf(depth);
  for (let k = 0; k < depth; k += block) {
    const length = min(block, depth - k);
    const source = B + <usize>from * bColumn + <usize>k * bRow;
    const target = packed + row * <usize>k + <usize>(panelFrom * length) * TILE_ROW;
    packPanels<T>(panelWidth<T>(), wide, length, source, bColumn, bRow, target);
    const next = target + <usize>(wide * length) * sizeof<T>();
    packPanels<T>(narrowWidth<T>(), narrow, length, source + <usize>wide * bColumn, bColumn, bRow, next);
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
  const rowOfB = packedRow(columns, sizeof<T>());
  const room = workspace + <usize>(GROUP * BLOCK) * sizeof<T>();
  const block = blockOf(depth);
  const end = min(rowTo, rows);
  const groups = (end - rowFrom + GROUP - 1) / GROUP;
  // A depth of 0 makes one empty block, which stores the start.
  const blocks = max(1, (depth + block - 1) / block);
  // Where the rows of A lie in one piece they are walked to their ends, and C stays in the cache; else the rows side by
  // side come first, while the pages they share are at hand.
  const alongRows = aColumn == sizeof<T>();
  for (let i = 0; i < groups * blocks; i++) {
    const top = rowFrom + (alongRows ? i / blocks : i % groups) * GROUP;
    const k = (alongRows ? i % blocks : i / groups) * block;
    const height = min(GROUP, end - top);
    const length = min(block, depth - k);
    packPanels<T>(STRIP, height, length, A + <usize>top * aRow + <usize>k * aColumn, aRow, aColumn, workspace);
    const resume = accumulate || k > 0;
    const offsets = bias == 0 ? 0 : bias + <usize>top * sizeof<T>();
    let c = C + <usize>top * cRow;
    let b = packed + rowOfB * <usize>k;
    for (let panel = 0; panel < panels; panel++) {
      const width = min(panelWidth<T>(), columns - panel * panelWidth<T>());
      multiplyPanel<T>(height, width, length, workspace, b, c, cRow, offsets, resume, room);
      b += <usize>length * TILE_ROW;
      c += TILE_ROW;
    }
  }
}

/** `width` columns of C, (height × width), from the packed rows of A and one panel of B, (length × width). */
// @ts-ignore: decorator
@inline
function multiplyPanel<T>(
  height: i32,
  width: i32,
  length: i32,
  a: usize,
  b: usize,
  c: usize,
  cRow: usize,
  bias: usize,
  resume: bool,
  room: usize,
): void {
  if (resume) gatherStart<T>(height, width, c, cRow, room);
  const wide = width > narrowWidth<T>();
  const whole = width % narrowWidth<T>() == 0;
  for (let row = 0; row < height; row += STRIP) {
    const start = resume ? room : 0;
    if (whole && row + STRIP <= height) {
      multiplyTile<T>(wide, length, a, b, start, bias, c, cRow);
    } else {
      multiplyTile<T>(wide, length, a, b, start, bias, room, TILE_ROW);
      storeEdge<T>(min(STRIP, height - row), width, room, c, cRow);
    }
    a += <usize>(STRIP * length) * sizeof<T>();
    c += STRIP * cRow;
    room += STRIP * TILE_ROW;
    if (bias != 0) bias += STRIP * sizeof<T>();
  }
}
