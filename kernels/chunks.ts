import { Plan } from "./generated/shared";
import { Tile } from "./tile";

/** Tiles of the loaded batch. */
// @ts-ignore: decorator
@inline
export function tilesOf(p: Plan): i32 {
  return (p.count + p.tileColumns - 1) / p.tileColumns;
}

// @ts-ignore: decorator
@inline
export function chunksOf(p: Plan): i32 {
  return (tilesOf(p) + p.tilesInChunk - 1) / p.tilesInChunk;
}

/** The first chunk of a thread, and how far its next one lies: all of them where threads share rows. */
// @ts-ignore: decorator
@inline
export function firstChunk(p: Plan, thread: i32): i32 {
  return p.sharesRows ? 0 : thread;
}

// @ts-ignore: decorator
@inline
export function chunkStep(p: Plan): i32 {
  return p.sharesRows ? 1 : p.threads;
}

/** Tile t of chunk c adds to the chunk's gradient; the first of its tiles overwrites it. */
// @ts-ignore: decorator
@inline
export function sumInto(p: Plan, c: i32, t: i32): void {
  Tile.gradient = c == 0 ? p.dTheta : p.partials + <usize>(c - 1) * <usize>p.thetaBytes;
  Tile.overwrite = t == c * p.tilesInChunk;
}
