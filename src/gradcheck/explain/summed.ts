import { norm } from "../norm.js";
import { say } from "../say.js";
import type { Cause } from "./cause.js";
import type { Facts } from "./facts.js";

/** Sums or means over lines of the block, put in the place of its entries: a sum over the wrong axis. */
export const summed: Cause = (facts) => {
  const { gradient, rows, columns, whole } = facts;
  if (!whole || !facts.telling) return undefined;
  const all = sums(facts, () => 0);
  if (rows * columns > 1) {
    const reduction = which(facts, all, rows * columns);
    if (reduction) return say("cause.ofAll", { gradient, reduction, columns });
  }
  if (columns < 2 || rows < 2) return undefined;
  const byRow = which(
    facts,
    sums(facts, (k) => Math.floor(k / columns)),
    columns,
  );
  if (byRow) return say("cause.ofRow", { gradient, reduction: byRow });
  const byColumn = which(
    facts,
    sums(facts, (k) => k % columns),
    rows,
  );
  return byColumn && say("cause.ofColumn", { gradient, reduction: byColumn });
};

/** For each entry, the sum of the numerical gradient over its line. */
function sums({ numerical }: Facts, line: (k: number) => number): number[] {
  const totals = new Map<number, number>();
  for (const [k, value] of numerical.entries()) totals.set(line(k), (totals.get(line(k)) ?? 0) + value);
  return numerical.map((_, k) => totals.get(line(k)) ?? 0);
}

function which(facts: Facts, totals: readonly number[], count: number): "sum" | "mean" | undefined {
  // The error of a sum is that of all its terms.
  if (facts.fits((k) => totals[k], count)) return "sum";
  return facts.fits((k) => totals[k] / count) ? "mean" : undefined;
}

/** All entries the same, where they should not be. */
export const sameEverywhere: Cause = (facts) => {
  const { gradient, claimed, numerical, positions, evidence } = facts;
  if (!facts.telling || positions.length < 3 || evidence.claimed.some((value) => value !== claimed[0]))
    return undefined;
  const spread = norm(numerical.map((value) => value - numerical[0]));
  if (spread <= 1e-6 * Math.abs(claimed[0])) return undefined;
  return say("cause.sameNumber", { gradient, ...facts.where });
};
