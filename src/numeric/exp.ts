import { ln2High, ln2Low } from "./ln2.js";

/**
 * `eˣ` with an error below 1 ulp, the same in every JavaScript engine.
 *
 * The language leaves the last bits of `Math.exp` to the engine, and engines differ: a training run would end elsewhere in
 * another browser. Here `x = k ln 2 + r` with |r| ≤ ½ ln 2, and `eˣ = 2ᵏ (1 + (eʳ − 1))`.
 */
export function exp(x: number): number {
  if (!(x > -746 && x < 710)) return x > 0 ? Number.POSITIVE_INFINITY : x < 0 ? 0 : x;
  const k = Math.floor(x * Math.LOG2E + 0.5);
  const rest = x - k * ln2High;
  const r = rest - k * ln2Low;
  return timesPowerOfTwo(1 + expm1Reduced(r, rest - r - k * ln2Low), k);
}

/** `2ᵏ y`, rounded once, for y near 1 and whole k from −1082 to 1024. */
export function timesPowerOfTwo(y: number, k: number): number {
  // 2¹⁰²⁴ and the powers below 2⁻¹⁰²² are no factors a product could be rounded with once: those take two.
  if (k > 1023) return y * 2 * powers[1023 + offset];
  return k < -offset ? y * powers[k + 60 + offset] * 2 ** -60 : y * powers[k + offset];
}

/**
 * `eʳ − 1` for |r| ≤ ½ ln 2, r given as high and low part: `r + r²/2 + r³/6 + … + r¹³/13!`.
 *
 * The terms are summed in pairs (Estrin's scheme), so that no product waits for all before it.
 */
export function expm1Reduced(r: number, low: number): number {
  const r2 = r * r;
  const r4 = r2 * r2;
  const a = 1 / 2 + r * (1 / 6) + r2 * (1 / 24 + r * (1 / 120));
  const b = 1 / 720 + r * (1 / 5040) + r2 * (1 / 40320 + r * (1 / 362880));
  const c = 1 / 3628800 + r * (1 / 39916800) + r2 * (1 / 479001600 + r * (1 / 6227020800));
  return r + (low + r2 * (a + r4 * (b + r4 * c)));
}

const offset = 1022;

/** 2ᵏ for k from −1022 to 1023, exactly. */
const powers = Float64Array.from({ length: offset + 1024 }, () => 1);
for (let k = 1; k <= 1023; k++) powers[offset + k] = powers[offset + k - 1] * 2;
for (let k = 1; k <= offset; k++) powers[offset - k] = powers[offset - k + 1] / 2;
