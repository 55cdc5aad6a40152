/**
 * A hash of 64 bits, to notice accidents; it is no protection against intent. Two contents agree by accident with a
 * probability of about 2⁻⁶⁴; two that differ in one 32-bit word never do, for each step is one-to-one in its word and in
 * the chain before it.
 *
 * Two chains of 32 bits over the words, each step a multiplication by an odd constant and a shift, as in MurmurHash3
 * (A. Appleby, public domain); the constants are its own, one pair a chain.
 */
export class Hash {
  private a = 0x9747b28c;
  private b = 0x1b873593;

  /** Adds an array of numbers: how many, the size of each in bytes, and their bits as words. */
  add({ buffer, byteOffset, byteLength, length, BYTES_PER_ELEMENT }: Uint8Array | Float32Array | Float64Array): void {
    // A length and the size of a number first: zeros at the end, or another precision, count.
    this.mix(new DataView(Uint32Array.of(length, BYTES_PER_ELEMENT).buffer));
    const rest = byteLength % 4;
    this.mix(new DataView(buffer, byteOffset, byteLength - rest));
    const last = new Uint8Array(4);
    last.set(new Uint8Array(buffer, byteOffset + byteLength - rest, rest));
    if (rest > 0) this.mix(new DataView(last.buffer));
  }

  /** 16 hexadecimal digits. */
  get text(): string {
    const first = finish(this.a ^ (this.b >>> 7));
    const second = finish(this.b ^ first);
    return [first, second].map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
  }

  /** Mixes in words of 32 bits, little-endian. */
  private mix(words: DataView): void {
    let { a, b } = this;
    for (let at = 0; at < words.byteLength; at += 4) {
      const word = words.getUint32(at, true);
      const k = Math.imul(word, 0xcc9e2d51);
      a ^= Math.imul((k << 15) | (k >>> 17), 0x1b873593);
      a = (Math.imul((a << 13) | (a >>> 19), 5) + 0xe6546b64) | 0;
      const j = Math.imul(word ^ b, 0x239b961b);
      b ^= Math.imul((j << 16) | (j >>> 16), 0x38b34ae5);
      b = (Math.imul((b << 17) | (b >>> 15), 5) + 0x561ccd1b) | 0;
    }
    this.a = a;
    this.b = b;
  }
}

function finish(word: number): number {
  let h = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
