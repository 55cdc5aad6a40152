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
    this.mix(length);
    this.mix(BYTES_PER_ELEMENT);
    const view = new DataView(buffer, byteOffset, byteLength);
    const whole = byteLength - (byteLength % 4);
    for (let at = 0; at < whole; at += 4) this.mix(view.getUint32(at, true));
    for (let at = whole; at < byteLength; at++) this.mix(view.getUint8(at));
  }

  /** 16 hexadecimal digits. */
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
