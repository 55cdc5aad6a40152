/**
 * Sobol's sequence: points of the unit cube that leave no gaps. Of any 2ᵏ points in a row from a multiple of 2ᵏ, each of
 * the 2ᵏ equal slices of every axis holds exactly one.
 *
 * Coordinate d of point n is the exclusive or of the direction numbers `v[i]` of the bits i of the Gray code of n, as a
 * fraction of 2³². Direction numbers follow from a primitive polynomial of degree s with inner coefficients a, and from
 * starting values m: `mₖ = 2a₁mₖ₋₁ ⊕ … ⊕ 2ˢ⁻¹aₛ₋₁mₖ₋ₛ₊₁ ⊕ 2ˢmₖ₋ₛ ⊕ mₖ₋ₛ`.
 *
 * Sources: S. Joe & F. Y. Kuo, "Constructing Sobol sequences with better two-dimensional projections", SIAM J. Sci.
 * Comput. 30 (2008), table new-joe-kuo-6.21201, dimensions 2 to 10; I. Antonov & V. Saleev (1979) for the Gray code.
 */
const table: readonly (readonly [a: number, m: readonly number[]])[] = [
  [0, [1]],
  [1, [1, 3]],
  [1, [1, 3, 1]],
  [2, [1, 1, 1]],
  [1, [1, 1, 3, 3]],
  [4, [1, 3, 5, 13]],
  [2, [1, 1, 5, 5, 17]],
  [4, [1, 1, 5, 5, 5]],
  [7, [1, 1, 7, 11, 19]],
];

/** Axes there are direction numbers for. */
export const sobolDimensions = table.length + 1;

const bits = 32;

/** Coordinate `dimension` (from 0) of point n (from 0), as a whole number of 2⁻³². */
export function sobolWord(n: number, dimension: number): number {
  const v = directions[dimension];
  let word = 0;
  for (let gray = (n ^ (n >>> 1)) >>> 0, i = 0; gray !== 0; gray >>>= 1, i++) {
    if (gray & 1) word ^= v[i];
  }
  return word >>> 0;
}

const directions: readonly Uint32Array[] = [
  // The first axis is van der Corput's sequence: the bits of n mirrored.
  Uint32Array.from({ length: bits }, (_, i) => 2 ** (bits - 1 - i)),
  ...table.map(([a, m]) => directionNumbers(a, m)),
];

function directionNumbers(a: number, m: readonly number[]): Uint32Array {
  const s = m.length;
  const v = new Uint32Array(bits);
  for (let i = 0; i < bits; i++) {
    if (i < s) {
      v[i] = m[i] << (bits - 1 - i);
      continue;
    }
    v[i] = v[i - s] ^ (v[i - s] >>> s);
    for (let k = 1; k < s; k++) {
      if ((a >>> (s - 1 - k)) & 1) v[i] ^= v[i - k];
    }
  }
  return v;
}
