import { meet } from "./barrier";
import { Plan } from "./generated/shared";
import { copyOutput } from "./head";
import { chunksOf, chunkStep, firstChunk, tilesOf } from "./chunks";
import { forward } from "./program";
import { begin, enter, Tile } from "./tile";

/** A[L] of the loaded batch into the output, without dropout and without a loss: prediction. Every thread runs this. */
export function outputs<T>(p: Plan, thread: i32): void {
  begin(p, thread, false);
  for (let c = firstChunk(p, thread); c < chunksOf(p); c += chunkStep(p)) {
    const end = min((c + 1) * p.tilesInChunk, tilesOf(p));
    for (let t = c * p.tilesInChunk; t < end; t++) {
      enter<T>(p, t);
      forward<T>(p, 0, p.stepCount, thread);
      meet(Tile.threads, thread);
      copyOutput<T>(p);
      // Before the next tile overwrites what others still read.
      meet(Tile.threads, thread);
    }
  }
  meet(p.threads, thread);
}
