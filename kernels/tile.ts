import { Plan } from "./generated/shared";

/** The tile that a thread is at. Every thread has an instance of the kernels, and so a tile of its own. */
export class Tile {
  /** Its number in the batch. */
  static index: i32 = 0;
  /** Its rows of X; those of Y and the weights follow. */
  static X: usize = 0;
  /** The values of its steps and their derivatives. */
  static work: usize = 0;
  /** Room for packed products: a thread's own. */
  static scratch: usize = 0;
  /** Its examples, and the vectors that hold them. */
  static columns: i32 = 0;
  static vectors: i32 = 0;
  /** Which share of the rows is this thread's, of how many; one of one where threads share the chunks. */
  static rank: i32 = 0;
  static threads: i32 = 1;
  /** Whether this is a training step: with dropout, and with what else acts in training alone. */
  static training: bool = false;
  /** Where parameters' gradients are summed, laid out like θ, and whether this tile is the first. */
  static gradient: usize = 0;
  static overwrite: bool = false;
}

/** Makes this thread ready for a pass. */
// @ts-ignore: decorator
@inline
export function begin(p: Plan, thread: i32, training: bool): void {
  Tile.rank = p.sharesRows ? thread : 0;
  Tile.threads = p.sharesRows ? p.threads : 1;
  Tile.training = training;
  Tile.work = p.workspace + <usize>(p.sharesRows ? 0 : thread) * <usize>p.workspaceBytes;
  Tile.scratch = p.scratch + <usize>thread * <usize>p.scratchBytes;
}

/** Goes to tile t. */
// @ts-ignore: decorator
@inline
export function enter<T>(p: Plan, t: i32): void {
  const lanes = 16 / <i32>sizeof<T>();
  const columns = min(p.count - t * p.tileColumns, p.tileColumns);
  Tile.index = t;
  Tile.X = p.tiles + <usize>t * <usize>p.tileBytes;
  Tile.columns = columns;
  Tile.vectors = (columns + lanes - 1) / lanes;
  // Where all tiles pass a step before the next, each has a workspace of its own.
  if (p.segmented) Tile.work = workOf(p, t);
}

/** The workspace of tile t where each has its own. */
// @ts-ignore: decorator
@inline
export function workOf(p: Plan, t: i32): usize {
  return p.workspace + <usize>t * <usize>p.workspaceBytes;
}

/** Where a value lies, rows of `Plan.stride` bytes: 0 stands for X. */
// @ts-ignore: decorator
@inline
export function valueAt(value: usize): usize {
  return value == 0 ? Tile.X : Tile.work + value;
}

/** The first of the rows that fall to this thread: fours, so that no block of a product is cut. */
// @ts-ignore: decorator
@inline
export function firstRow(rows: i32): i32 {
  return Tile.rank == 0 ? 0 : ((rows * Tile.rank) / Tile.threads) & ~3;
}

/** The first row after those. */
// @ts-ignore: decorator
@inline
export function endRow(rows: i32): i32 {
  return Tile.rank + 1 == Tile.threads ? rows : ((rows * (Tile.rank + 1)) / Tile.threads) & ~3;
}

/** Where the columns that fall to this thread begin within a row: whole lines of the cache. */
// @ts-ignore: decorator
@inline
export function firstByte(): usize {
  return Tile.rank == 0 ? 0 : <usize>(((Tile.vectors * Tile.rank) / Tile.threads) & ~3) << 4;
}

/** The first byte after those. */
// @ts-ignore: decorator
@inline
export function endByte(): usize {
  const end = Tile.rank + 1 == Tile.threads ? Tile.vectors : ((Tile.vectors * (Tile.rank + 1)) / Tile.threads) & ~3;
  return <usize>end << 4;
}

/** Copies this thread's rows of a value. */
export function copyRows(p: Plan, rows: i32, from: usize, to: usize): void {
  const offset = <usize>firstRow(rows) * <usize>p.stride;
  const end = <usize>endRow(rows) * <usize>p.stride;
  memory.copy(to + offset, from + offset, end - offset);
}
