import { norm } from "./norm.js";

/** An entry smaller than this part of a typical one is lost beside it: a direction through both tells nothing of it. */
const lost = 1e-5;
/** Smaller than this part of the largest one, an entry is the rounding of a zero. */
const rounding = 1e-13;
/** Of numbers that are alike one in a hundred thousand is lost beside the others; only more than one in so many are a stratum. */
const oneIn = 500;
/** More strata than this are not told apart. */
const mostStrata = 4;

/**
 * Positions of a gradient's entries in strata, the largest first, where entries lie so far apart that the small ones are lost
 * beside the large ones; one stratum of all where they are alike. Zeros belong to the smallest stratum.
 */
export function strataOf(gradient: Float64Array): number[][] {
  const all = [...gradient.keys()];
  const size = (position: number): number => Math.abs(gradient[position]);
  const least = rounding * all.reduce((most, position) => Math.max(most, size(position)), 0);
  const strata: number[][] = [];
  let rest = all;
  while (strata.length < mostStrata - 1) {
    const present = rest.filter((position) => size(position) > least);
    const typical = norm(present.map(size)) / Math.sqrt(present.length);
    const small = present.filter((position) => size(position) < lost * typical);
    if (small.length === 0 || small.length * oneIn < present.length) break;
    strata.push(present.filter((position) => size(position) >= lost * typical));
    rest = rest.filter((position) => size(position) < lost * typical);
  }
  return [...strata, rest];
}
