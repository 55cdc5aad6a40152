import { philox } from "./philox.js";
import { preciseLog } from "./preciseLog.js";

/** What a stream is for; streams of different purposes share no numbers. */
export type StreamPurpose = "dropout" | "shuffle" | "split" | "augment" | "data";

const purposes: Readonly<Record<StreamPurpose, number>> = { dropout: 1, shuffle: 2, split: 3, augment: 4, data: 5 };

/** Four words at a time; module-wide, so that filling a mask allocates nothing. */
const block = new Uint32Array(4);

/**
 * A stream of random numbers that is found by its name instead of its past: seed, purpose, layer and step. The same name
 * gives the same numbers in every run; two names share none.
 *
 * Philox4x32-10 with the seed and the purpose as key and (position, step, layer) as counter.
 *
 * @example
 * import { RandomStream } from "gradproof";
 * const one = new RandomStream(7, "shuffle", 0, 1);
 * const again = new RandomStream(7, "shuffle", 0, 1);
 * one.random() === again.random(); // => true
 * new RandomStream(7, "shuffle", 0, 2).random() === new RandomStream(7, "shuffle", 0, 1).random(); // => false
 */
export class RandomStream {
  private readonly seed: number;
  private readonly purpose: number;
  private readonly layer: number;
  private readonly step: number;
  private readonly words = new Uint32Array(4);
  private position = 0;
  private secondGauss: number | undefined;

  /**
   * @param seed 0 … 2³²−1
   * @param layer 0 … 2³²−1; default 0
   * @param step 0 … 2³²−1; default 0
   */
  constructor(seed: number, purpose: StreamPurpose, layer = 0, step = 0) {
    this.seed = seed;
    this.purpose = purposes[purpose];
    this.layer = layer;
    this.step = step;
  }

  /** The next 32 bits, 0 … 2³²−1. */
  uint32(): number {
    const place = this.position % 4;
    if (place === 0) {
      philox(Math.floor(this.position / 4), this.step, this.layer, 0, this.seed, this.purpose, this.words);
    }
    this.position++;
    return this.words[place];
  }

  /** A multiple of 2⁻⁵³ in [0, 1), from two draws. */
  random(): number {
    const upper = this.uint32() >>> 5;
    const lower = this.uint32() >>> 6;
    return (upper * 67108864 + lower) / 9007199254740992;
  }

  /** A number of N(0, 1), by Marsaglia's polar method. */
  gauss(): number {
    if (this.secondGauss !== undefined) {
      const kept = this.secondGauss;
      this.secondGauss = undefined;
      return kept;
    }
    let x = 0;
    let y = 0;
    let radius = 0;
    do {
      x = 2 * this.random() - 1;
      y = 2 * this.random() - 1;
      radius = x * x + y * y;
    } while (radius >= 1 || radius === 0);
    const factor = Math.sqrt((-2 * preciseLog(radius)) / radius);
    this.secondGauss = factor * x;
    return factor * y;
  }

  /** A whole number 0 … n − 1, each exactly alike: draws that would favour some are drawn again. n ≤ 2³². */
  below(n: number): number {
    const usable = 2 ** 32 - (2 ** 32 % n);
    let value = this.uint32();
    while (value >= usable) value = this.uint32();
    return value % n;
  }

  /** Brings the indices into random order, in place (Fisher–Yates). */
  shuffle(indices: Uint32Array): void {
    for (let i = indices.length - 1; i >= 1; i--) {
      const j = this.below(i + 1);
      const kept = indices[i];
      indices[i] = indices[j];
      indices[j] = kept;
    }
  }

  /** The numbers 0 … n − 1 in random order. */
  permutation(n: number): Uint32Array {
    const indices = Uint32Array.from({ length: n }, (_, i) => i);
    this.shuffle(indices);
    return indices;
  }
}

/**
 * Fills a dropout mask: each of the first `length` entries is 1 with probability `keep`, else 0, from the stream
 * (seed, dropout, layer, step). Allocates nothing.
 *
 * 16 bits decide an entry, eight entries a block, so `keep` is met to within 2⁻¹⁷.
 */
export function fillMask(
  target: Uint8Array,
  length: number,
  keep: number,
  seed: number,
  layer: number,
  step: number,
): void {
  const threshold = Math.round(keep * 2 ** 16);
  for (let from = 0; from < length; from += 8) {
    philox(from >>> 3, step, layer, 0, seed, purposes.dropout, block);
    for (let k = 0; k < 4; k++) {
      const word = block[k];
      const at = from + 2 * k;
      if (at < length) target[at] = (word & 0xffff) < threshold ? 1 : 0;
      if (at + 1 < length) target[at + 1] = word >>> 16 < threshold ? 1 : 0;
    }
  }
}

/** The order of the training examples in an epoch: depends on the seed and the epoch alone. */
export function shuffledIndices(examples: number, seed: number, epoch: number): Uint32Array {
  return new RandomStream(seed, "shuffle", 0, epoch).permutation(examples);
}
