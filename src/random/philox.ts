/**
 * Philox4x32-10, a counter-based generator: ten rounds of multiplication and exclusive or turn four counter words under
 * a key of two into four random words. There is no state: any number of any stream can be had without those before it,
 * and since a key permutes the counters, two counters never give the same four words.
 *
 * Source: J. Salmon, M. Moraes, R. Dror & D. Shaw, "Parallel random numbers: as easy as 1, 2, 3" (SC '11), §3.3.
 *
 * @param output its first four entries are overwritten
 */
export function philox(
  c0: number,
  c1: number,
  c2: number,
  c3: number,
  k0: number,
  k1: number,
  output: Uint32Array,
): void {
  for (let round = 0; round < 10; round++) {
    // The 64-bit products 0xD2511F53 · c0 and 0xCD9E8D57 · c2, as upper and lower words.
    const low0 = Math.imul(0xd2511f53, c0);
    const high0 = upperWord(0xd251, 0x1f53, c0);
    const low1 = Math.imul(0xcd9e8d57, c2);
    const high1 = upperWord(0xcd9e, 0x8d57, c2);
    c0 = high1 ^ c1 ^ k0;
    c1 = low1;
    c2 = high0 ^ c3 ^ k1;
    c3 = low0;
    k0 = (k0 + 0x9e3779b9) | 0;
    k1 = (k1 + 0xbb67ae85) | 0;
  }
  output[0] = c0;
  output[1] = c1;
  output[2] = c2;
  output[3] = c3;
}

/** Upper 32 bits of (high · 2¹⁶ + low) · b by long multiplication in base 2¹⁶: no intermediate sum exceeds 32 bits. */
function upperWord(high: number, low: number, b: number): number {
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const middle = (Math.imul(low, bHigh) + (Math.imul(low, bLow) >>> 16)) | 0;
  const carry = (Math.imul(high, bLow) + (middle & 0xffff)) | 0;
  return (Math.imul(high, bHigh) + (middle >>> 16) + (carry >>> 16)) | 0;
}
