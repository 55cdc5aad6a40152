import { norm } from "../../norm.js";
import type { ReplayedBlock } from "../replay.js";

/** Differences up to here, relative to an entry and to the typical one of its block, are rounding. */
const rounding = 1e-12;

/** Positions of the entries that a replayed bug makes wrong beyond rounding, by the name of their block. */
export function wrongEntries(blocks: Iterable<ReplayedBlock>): Map<string, number[]> {
  const found = new Map<string, number[]>();
  for (const { name, right, replayed } of blocks) {
    const typical = norm(right.data) / Math.sqrt(right.data.length);
    const positions: number[] = [];
    for (const [k, value] of right.data.entries()) {
      const size = Math.max(Math.abs(value), Math.abs(replayed.data[k]), typical);
      if (!(Math.abs(replayed.data[k] - value) <= rounding * size)) positions.push(k);
    }
    if (positions.length > 0) found.set(name, positions);
  }
  return found;
}
