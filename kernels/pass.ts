import { meet } from "./barrier";
import { chunksOf, chunkStep, firstChunk, sumInto, tilesOf } from "./chunks";
import { COMMAND_GRADIENT, Plan } from "./generated/shared";
import { copyOutput, head } from "./head";
import { backward, forward } from "./program";
import { segmentedPass } from "./segments";
import { begin, enter, Tile } from "./tile";
import { gatherTile } from "./tiles";

/**
 * One pass over the loaded batch with its data cost: A[L] into the output without dropout (command `cost`), or with dropout and
 * the gradient (`gradient`). With `from ≥ 0` the batch is packed on the way, from that place in the epoch's order. A tile goes
 * through all steps, forward and backward, before the next one begins, but where some step needs all of them.
 *
 * Every thread runs this; `thread` says which one it is.
 */
export function pass<T>(p: Plan, purpose: i32, from: i32, thread: i32): void {
  const gradient = purpose == COMMAND_GRADIENT;
  begin(p, thread, gradient);
  if (gradient && p.segmented) segmentedPass<T>(p, from, thread);
  else straightPass<T>(p, gradient, from, thread);
  meet(p.threads, thread);
  if (thread == 0) {
    let total: f64 = 0;
    for (let c = 0, chunks = chunksOf(p); c < chunks; c++) total += load<f64>(p.costs + (<usize>c << 3));
    p.cost = total / (<f64>p.count * <f64>p.members);
  }
  meet(p.threads, thread);
}

function straightPass<T>(p: Plan, gradient: bool, from: i32, thread: i32): void {
  const tiles = tilesOf(p);
  const chunks = chunksOf(p);
  for (let c = firstChunk(p, thread); c < chunks; c += chunkStep(p)) {
    const end = min((c + 1) * p.tilesInChunk, tiles);
    let total: f64 = 0;
    for (let t = c * p.tilesInChunk; t < end; t++) {
      if (from >= 0) {
        if (Tile.rank == 0) gatherTile<T>(p, t, from);
        meet(Tile.threads, thread);
      }
      enter<T>(p, t);
      forward<T>(p, 0, p.headStep, thread);
      meet(Tile.threads, thread);
      total += head<T>(p, gradient);
      if (gradient) {
        meet(Tile.threads, thread);
        sumInto(p, c, t);
        backward<T>(p, 0, p.headStep, thread);
      } else copyOutput<T>(p);
      // Before the next tile overwrites what others still read.
      meet(Tile.threads, thread);
    }
    if (Tile.rank == 0) store<f64>(p.costs + (<usize>c << 3), total);
  }
}
