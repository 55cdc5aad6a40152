/** Up to so many numbers are copied in the end, so that no short array holds a longer buffer. */
const copied = 1 << 17;

/** Numbers of which it is known about how many come, in one array that grows where there are more. */
export class NumberList {
  length = 0;
  private numbers: Float64Array;

  /** @param expected how many will come, rather too many: memory that is never written to costs nothing */
  constructor(expected: number) {
    this.numbers = new Float64Array(Math.max(64, expected));
  }

  push(value: number): void {
    if (this.length === this.numbers.length) this.grow();
    this.numbers[this.length++] = value;
  }

  /** Whether at most so many of them differ, NaN left out. */
  isOfFew(most: number): boolean {
    const seen = new Set<number>();
    for (const value of this.all()) {
      if (!Number.isNaN(value)) seen.add(value);
      if (seen.size > most) return false;
    }
    return true;
  }

  /** All of them. */
  all(): Float64Array {
    return this.length > copied ? this.numbers.subarray(0, this.length) : this.numbers.slice(0, this.length);
  }

  private grow(): void {
    const larger = new Float64Array(Math.ceil(this.length * 1.5));
    larger.set(this.numbers);
    this.numbers = larger;
  }
}
