import type { FloatArray } from "../array/floatArray.js";
import type { Dataset } from "../data/dataset.js";

/** What tells one set of examples from another. */
export interface DataFingerprint {
  readonly examples: number;
  readonly features: number;
  /** 16 hexadecimal digits of all numbers: features, targets, weights. */
  readonly content: string;
}

/**
 * A fingerprint of a dataset, to notice that it is not the one of before: two that differ agree by accident with a
 * probability of about 2⁻⁶⁴. It is no protection against intent.
 */
export function fingerprintOf({ X, Y }: Dataset, weights?: ArrayLike<number>): DataFingerprint {
  const hash = new Hash();
  for (const numbers of [X.data, Y.data, ...(weights === undefined ? [] : [Float64Array.from(weights)])]) {
    hash.add(numbers);
  }
  return { examples: X.columns, features: X.rows, content: hash.text };
}

/**
 * Two chains of 32 bits over the numbers' words, each step a multiplication by an odd constant and a shift, as in
 * MurmurHash3 (A. Appleby, public domain); the constants are its own, one pair a chain.
 */
class Hash {
  private a = 0x9747b28c;
  private b = 0x1b873593;

  add(numbers: FloatArray): void {
    // A length and the size of a number first: zeros at the end, or another precision, count.
    this.mix(numbers.length);
    this.mix(numbers.BYTES_PER_ELEMENT);
    const words = new Uint32Array(numbers.buffer, numbers.byteOffset, numbers.byteLength / 4);
    for (let k = 0; k < words.length; k++) this.mix(words[k]);
  }

  get text(): string {
    const first = finish(this.a ^ (this.b >>> 7));
    const second = finish(this.b ^ first);
    return [first, second].map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
  }

  private mix(word: number): void {
    const k = Math.imul(word, 0xcc9e2d51);
    const a = this.a ^ Math.imul((k << 15) | (k >>> 17), 0x1b873593);
    this.a = (Math.imul((a << 13) | (a >>> 19), 5) + 0xe6546b64) | 0;
    const j = Math.imul(word ^ this.b, 0x239b961b);
    const b = this.b ^ Math.imul((j << 16) | (j >>> 16), 0x38b34ae5);
    this.b = (Math.imul((b << 17) | (b >>> 15), 5) + 0x561ccd1b) | 0;
  }
}

function finish(word: number): number {
  let h = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
