import { OptionError, requireName, requireNumber } from "../constraint/constraint.js";
import { requireBytes } from "../constraint/kinds.js";
import { purposes } from "./generated/purposes.js";
import { philox } from "./philox.js";
import { PolarMethod } from "./polarMethod.js";

/** What the numbers of a stream are for. */
export type StreamPurpose = Exclude<keyof typeof purposes, "dropoutTie">;

const purposeNames: readonly StreamPurpose[] = ["dropout", "shuffle", "split", "augment", "data", "check", "search"];

/**
 * Random numbers that are found by name instead of by what was drawn before them: the seed, their purpose, the layer and
 * the step. The same name gives the same numbers in every run; names that differ share none.
 *
 * They come from Philox4x32-10 with (seed, purpose) as key and (block, step mod 2³², ⌊step / 2³²⌋, layer) as counter.
 *
 * @param seed whole number, 0 … 2³²−1
 * @param layer whole number, 0 … 2³²−1. Default 0
 * @param step whole number, 0 … 2⁵³−1. Default 0
 * @throws OptionError when one of them is out of range
 *
 * Source: J. Salmon, M. Moraes, R. Dror & D. Shaw, "Parallel random numbers: as easy as 1, 2, 3" (SC '11).
 *
 * @example
 * import { RandomStream } from "gradproof/random";
 * const layer1 = new RandomStream(7, "dropout", 1);
 * const again = new RandomStream(7, "dropout", 1);
 * const layer2 = new RandomStream(7, "dropout", 2);
 * const draw = layer1.random();
 * again.random() === draw; // => true
 * layer2.random() === draw; // => false
 * Array.from(new RandomStream(0, "shuffle").permutation(3)).sort(); // => [0, 1, 2]
 */
export class RandomStream {
  private readonly seed: number;
  private readonly purpose: number;
  private readonly layer: number;
  private readonly step: number;
  private readonly words = new Uint32Array(4);
  private block = 0;
  private used = 4;
  private readonly normals = new PolarMethod(() => this.random());

  constructor(seed: number, purpose: StreamPurpose, layer = 0, step = 0) {
    requireKey("RandomStream()", seed, layer, step);
    this.seed = seed;
    this.purpose = purposes[requireName("RandomStream(): purpose", purpose, purposeNames)];
    this.layer = layer;
    this.step = step;
  }

  /** The next 32 bits, 0 … 2³²−1. A stream holds 2³⁴ of them. */
  uint32(): number {
    if (this.used === 4) {
      if (this.block === 2 ** 32) throw new RangeError("RandomStream: all 2³⁴ numbers are drawn; take another step");
      philox(this.block, this.step | 0, upperHalf(this.step), this.layer, this.seed, this.purpose, this.words);
      this.block++;
      this.used = 0;
    }
    return this.words[this.used++];
  }

  /** A number drawn uniformly from [0, 1), a multiple of 2⁻⁵³. */
  random(): number {
    const upper = this.uint32() >>> 5;
    const lower = this.uint32() >>> 6;
    return (upper * 67108864 + lower) / 9007199254740992;
  }

  /** A number from N(0, 1), by the polar method; the same in every JavaScript engine. */
  normal(): number {
    return this.normals.next();
  }

  /**
   * A whole number drawn uniformly from 0, …, n − 1.
   *
   * @throws OptionError when n is not a whole number from 1 to 2³²
   */
  below(n: number): number {
    if (!(Number.isInteger(n) && n >= 1 && n <= 2 ** 32)) {
      throw new OptionError(
        `RandomStream.below(): n must be a whole number of at least 1 and of at most 2³², got ${n}`,
      );
    }
    // The remainders of a multiple of n are all alike; what lies beyond the last one is drawn again.
    const usable = 2 ** 32 - (2 ** 32 % n);
    let value = this.uint32();
    while (value >= usable) value = this.uint32();
    return value % n;
  }

  /**
   * The numbers 0, …, n − 1 in random order (Fisher & Yates, from the end).
   *
   * @throws OptionError when n is not a whole number from 0 to 2³² − 1
   */
  permutation(n: number): Uint32Array {
    requireNumber("RandomStream.permutation(): n", n, word);
    const order = Uint32Array.from({ length: n }, (_, k) => k);
    for (let i = n - 1; i > 0; i--) {
      const j = this.below(i + 1);
      const value = order[i];
      order[i] = order[j];
      order[j] = value;
    }
    return order;
  }
}

/**
 * Fills a dropout mask: each of the first `length` entries is 1 with probability `keep`, otherwise 0, from the bits of
 * the stream (seed, "dropout", layer, step). Allocates nothing.
 *
 * Entry i compares 40 bits with `keep` · 2⁴⁰, so `keep` is met to within 2⁻⁴¹. Eight of them, sixteen entries a block,
 * decide all but one entry in 256, which then gets 32 more, found by its index.
 *
 * @param mask what lies beyond `length` is left alone
 * @param keep probability to keep a unit, 0 … 1
 * @throws OptionError when `keep`, the seed, the layer or the step is out of range; RangeError when the mask is too short
 *
 * @example
 * import { fillMask } from "gradproof/random";
 * const mask = new Uint8Array(10_000);
 * fillMask(mask, 10_000, 0.8, 1, 2, 0); // seed 1, layer 2, step 0
 * const kept = mask.reduce((sum, entry) => sum + entry, 0);
 * Math.abs(kept - 8000) < 200; // => true
 */
export function fillMask(
  mask: Uint8Array,
  length: number,
  keep: number,
  seed: number,
  layer: number,
  step: number,
): void {
  requireKey("fillMask()", seed, layer, step);
  requireBytes("fillMask(): mask", mask);
  requireNumber("fillMask(): keep", keep, probability);
  if (!(length <= mask.length)) {
    throw new RangeError(`fillMask(): the mask has ${mask.length} entries, fewer than the ${length} to fill`);
  }
  const threshold = Math.round(keep * 2 ** 40);
  if (threshold === 2 ** 40) {
    mask.fill(1, 0, length);
    return;
  }
  const first = Math.floor(threshold / 2 ** 32);
  const rest = threshold - first * 2 ** 32;
  const stepHigh = upperHalf(step);
  for (let i = 0, block = 0; i < length; block++) {
    philox(block, step | 0, stepHigh, layer, seed, purposes.dropout, words);
    const end = Math.min(i + 16, length);
    for (let bit = 0; i < end; i++, bit += 8) {
      const byte = (words[bit >>> 5] >>> (bit & 31)) & 0xff;
      // 1 where byte < first: then the difference is negative.
      let entry = (byte - first) >>> 31;
      if (byte === first) {
        philox(i, step | 0, stepHigh, layer, seed, purposes.dropoutTie, tieWords);
        entry = tieWords[0] < rest ? 1 : 0;
      }
      mask[i] = entry;
    }
  }
}

/**
 * The order of the training examples in an epoch: depends on the seed and the epoch alone.
 *
 * @throws OptionError when the seed or the epoch is out of range
 */
export function shuffledIndices(examples: number, seed: number, epoch: number): Uint32Array {
  return new RandomStream(seed, "shuffle", 0, epoch).permutation(examples);
}

/** One block each of mask bits and of bits for ties, kept so that filling a mask allocates nothing. */
const words = new Uint32Array(4);
const tieWords = new Uint32Array(4);

const word = { kind: "number", what: "32 bits", whole: true, min: 0, max: 2 ** 32 - 1 } as const;
const counter = { kind: "number", what: "53 bits", whole: true, min: 0 } as const;
const probability = { kind: "number", what: "probability to keep a unit", min: 0, max: 1 } as const;

function requireKey(where: string, seed: number, layer: number, step: number): void {
  if (isWord(seed) && isWord(layer) && Number.isSafeInteger(step) && step >= 0) return;
  requireNumber(`${where}: seed`, seed, word);
  requireNumber(`${where}: layer`, layer, word);
  requireNumber(`${where}: step`, step, counter);
}

function isWord(value: number): boolean {
  return value >>> 0 === value;
}

function upperHalf(step: number): number {
  return Math.floor(step / 2 ** 32);
}
