import { meet } from "./barrier";
import { chunksOf, chunkStep, firstChunk, sumInto, tilesOf } from "./chunks";
import { collectBackwardStep, collectForwardStep, combineBackwardStep, combineForwardStep } from "./generated/dispatch";
import { Plan } from "./generated/shared";
import { head } from "./head";
import { backward, forward, stepOf } from "./program";
import { enter, Tile } from "./tile";
import { gatherTile } from "./tiles";

/**
 * A training pass of a program with steps that need the whole batch before they have any output, as batch norm does.
 *
 * Such a step ends a segment: every tile goes through the segment and collects what the step wants to know of it; then one
 * thread combines that in the order of the tiles, so that the number of threads changes no bit; the next segment begins with
 * the step itself. Backward goes through the segments in reverse. Each tile has a workspace of its own.
 */
export function segmentedPass<T>(p: Plan, from: i32, thread: i32): void {
  if (from >= 0) {
    for (let t = thread; t < tilesOf(p); t += p.threads) gatherTile<T>(p, t, from);
    meet(p.threads, thread);
  }
  const last = p.headStep;
  let start = 0;
  let end = nextWholeBatch(p, 0);
  while (true) {
    forwardSegment<T>(p, start, end, thread);
    meet(p.threads, thread);
    if (end == last) break;
    if (thread == 0) combineForwardStep<T>(p, stepOf(p, end));
    meet(p.threads, thread);
    start = end;
    end = nextWholeBatch(p, start + 1);
  }
  end = last;
  start = lastWholeBatch(p, last) + 1;
  while (true) {
    backwardSegment<T>(p, start, end, thread);
    meet(p.threads, thread);
    if (start == 0) break;
    if (thread == 0) combineBackwardStep<T>(p, stepOf(p, start - 1));
    meet(p.threads, thread);
    end = start;
    start = lastWholeBatch(p, end - 1) + 1;
  }
}

/** The first step from k on that needs the whole batch; the end of the program where there is none. */
function nextWholeBatch(p: Plan, k: i32): i32 {
  while (k < p.headStep && !stepOf(p, k).wholeBatch) k++;
  return k;
}

/** The last step before k that needs the whole batch; −1 where there is none. */
function lastWholeBatch(p: Plan, k: i32): i32 {
  k--;
  while (k >= 0 && !stepOf(p, k).wholeBatch) k--;
  return k;
}

function forwardSegment<T>(p: Plan, start: i32, end: i32, thread: i32): void {
  for (let c = firstChunk(p, thread); c < chunksOf(p); c += chunkStep(p)) {
    const stop = min((c + 1) * p.tilesInChunk, tilesOf(p));
    let total: f64 = 0;
    for (let t = c * p.tilesInChunk; t < stop; t++) {
      enter<T>(p, t);
      forward<T>(p, start, end, thread);
      meet(Tile.threads, thread);
      if (end < p.headStep) collectForwardStep<T>(p, stepOf(p, end));
      else total += head<T>(p, true);
    }
    if (end == p.headStep && Tile.rank == 0) store<f64>(p.costs + (<usize>c << 3), total);
  }
}

function backwardSegment<T>(p: Plan, start: i32, end: i32, thread: i32): void {
  for (let c = firstChunk(p, thread); c < chunksOf(p); c += chunkStep(p)) {
    const stop = min((c + 1) * p.tilesInChunk, tilesOf(p));
    for (let t = c * p.tilesInChunk; t < stop; t++) {
      enter<T>(p, t);
      sumInto(p, c, t);
      backward<T>(p, start, end, thread);
      meet(Tile.threads, thread);
      if (start > 0) collectBackwardStep<T>(p, stepOf(p, start - 1));
    }
  }
}
