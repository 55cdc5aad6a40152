import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { OptionError } from "../../src/constraint/constraint.js";
import { philox } from "../../src/random/philox.js";
import { fillMask, RandomStream, type StreamPurpose, shuffledIndices } from "../../src/random/streams.js";

const word = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const counter = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });

function draws(stream: RandomStream, count: number): number[] {
  return Array.from({ length: count }, () => stream.uint32());
}

function maskOf(length: number, keep: number, seed: number, layer: number, step: number): Uint8Array {
  const mask = new Uint8Array(length);
  fillMask(mask, length, keep, seed, layer, step);
  return mask;
}

function mean(values: ArrayLike<number>): number {
  return Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
}

describe("RandomStream", () => {
  it("is Philox with (seed, purpose) as key and (block, step, step's upper half, layer) as counter", () => {
    const expected = new Uint32Array(8);
    philox(0, 5, 3, 9, 42, 1, expected);
    philox(1, 5, 3, 9, 42, 1, expected.subarray(4));
    expect(draws(new RandomStream(42, "dropout", 9, 3 * 2 ** 32 + 5), 8)).toEqual(Array.from(expected));
  });

  it("repeats under the same name, and shares no number with its neighbours", () => {
    const purposes: StreamPurpose[] = ["dropout", "shuffle", "split", "augment", "data", "check"];
    const seen = new Map<number, string>();
    let repeats = 0;
    for (const purpose of purposes) {
      for (const seed of [0, 1]) {
        for (const layer of [0, 1, 2]) {
          for (const step of [0, 1, 2 ** 32]) {
            const values = draws(new RandomStream(seed, purpose, layer, step), 100);
            expect(draws(new RandomStream(seed, purpose, layer, step), 100)).toEqual(values);
            for (const value of values) {
              if (seen.has(value)) repeats++;
              seen.set(value, `${purpose} ${seed} ${layer} ${step}`);
            }
          }
        }
      }
    }
    // 9,000 numbers of 32 bits meet by chance 9,000² / 2³³ = 0.0094 times.
    expect(repeats).toBe(0);
  });

  it("draws from [0, 1) with mean 1/2, variance 1/12 and no correlation between neighbours", () => {
    const n = 200_000;
    const stream = new RandomStream(1, "data");
    const u = Float64Array.from({ length: n }, () => stream.random());
    expect(u.every((value) => value >= 0 && value < 1)).toBe(true);
    // 5 standard errors: of the mean √(1/12n), of the second moment about 1/2 √(1/180n), of the lag product 1/12 / √n.
    expect(Math.abs(mean(u) - 1 / 2)).toBeLessThan(5 * Math.sqrt(1 / 12 / n));
    expect(Math.abs(mean(u.map((value) => (value - 0.5) ** 2)) - 1 / 12)).toBeLessThan(5 * Math.sqrt(1 / 180 / n));
    const lagged = u.map((value, i) => (value - 0.5) * (u[(i + 1) % n] - 0.5));
    expect(Math.abs(mean(lagged))).toBeLessThan(5 / 12 / Math.sqrt(n));
  });

  it("draws from N(0, 1)", () => {
    const n = 200_000;
    const stream = new RandomStream(2, "data");
    const z = Float64Array.from({ length: n }, () => stream.normal());
    // 5 standard errors of the first four moments 0, 1, 0, 3, whose variances are 1, 2, 15, 96 over n.
    for (const [power, moment, variance] of [
      [1, 0, 1],
      [2, 1, 2],
      [3, 0, 15],
      [4, 3, 96],
    ]) {
      expect(Math.abs(mean(z.map((value) => value ** power)) - moment)).toBeLessThan(5 * Math.sqrt(variance / n));
    }
  });

  it("draws whole numbers below n evenly", () => {
    const stream = new RandomStream(3, "split");
    const counts = new Float64Array(6);
    for (let k = 0; k < 60_000; k++) counts[stream.below(6)]++;
    // χ² with 5 degrees of freedom exceeds 25.7 once in 10,000.
    expect(counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0)).toBeLessThan(25.7);
    // 3·2³⁰ leaves a quarter of all draws over; folded back, they would fall on the numbers below 2³⁰ half of the time.
    let small = 0;
    for (let k = 0; k < 10_000; k++) if (stream.below(3 * 2 ** 30) < 2 ** 30) small++;
    expect(Math.abs(small - 10_000 / 3)).toBeLessThan(5 * Math.sqrt((10_000 * 2) / 9));
    expect(stream.below(1)).toBe(0);
    expect(stream.below(2 ** 32)).toBeLessThan(2 ** 32);
  });

  it("permutes: every number once, every order alike", () => {
    fc.assert(
      fc.property(word, fc.integer({ min: 0, max: 200 }), (seed, n) => {
        const order = new RandomStream(seed, "shuffle").permutation(n);
        expect(Array.from(order).sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, k) => k));
      }),
    );
    const counts = new Map<string, number>();
    for (let seed = 0; seed < 6000; seed++) {
      const order = new RandomStream(seed, "shuffle").permutation(3).join("");
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    // χ² with 5 degrees of freedom, as above.
    expect([...counts.values()].reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0)).toBeLessThan(25.7);
  });

  it.each<[string, () => unknown, string]>([
    [
      "a negative seed",
      () => new RandomStream(-1, "data"),
      "RandomStream(): seed must be a whole number of at least 0",
    ],
    ["half a layer", () => new RandomStream(0, "data", 0.5), "RandomStream(): layer"],
    ["a step beyond 2⁵³", () => new RandomStream(0, "data", 0, 2 ** 53), "RandomStream(): step"],
    ["an unknown purpose", () => new RandomStream(0, JSON.parse('"dropuot"')), "did you mean dropout?"],
    ["no numbers to choose from", () => new RandomStream(0, "data").below(0), "got 0"],
    ["more than 32 bits hold", () => new RandomStream(0, "data").below(2 ** 33), "RandomStream.below(): n"],
    ["a permutation of nothing countable", () => new RandomStream(0, "data").permutation(-1), "permutation(): n"],
  ])("rejects %s", (_, call, message) => {
    expect(call).toThrow(OptionError);
    expect(call).toThrow(message);
  });
});

describe("shuffledIndices()", () => {
  it("gives another order each epoch, the same in every run", () => {
    const order = shuffledIndices(50, 7, 1);
    expect(shuffledIndices(50, 7, 1)).toEqual(order);
    expect(shuffledIndices(50, 7, 2)).not.toEqual(order);
    expect(shuffledIndices(50, 8, 1)).not.toEqual(order);
  });
});

describe("fillMask()", () => {
  /** The definition, entry by entry: byte i of the stream first, then 32 bits found by the index. */
  function entry(i: number, keep: number, seed: number, layer: number, step: number): number {
    const threshold = Math.round(keep * 2 ** 40);
    const stepHigh = Math.floor(step / 2 ** 32);
    const words = new Uint32Array(4);
    philox(i >>> 4, step % 2 ** 32, stepHigh, layer, seed, 1, words);
    const byte = new Uint8Array(words.buffer)[i % 16]; // little-endian
    philox(i, step % 2 ** 32, stepHigh, layer, seed, 6, words);
    return byte * 2 ** 32 + words[0] < threshold ? 1 : 0;
  }

  it("compares 40 bits of each entry with keep, for any name", () => {
    const keep = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 600 }), keep, word, word, counter, (length, p, seed, layer, step) => {
        const expected = Array.from({ length }, (_, i) => entry(i, p, seed, layer, step));
        expect(Array.from(maskOf(length, p, seed, layer, step))).toEqual(expected);
      }),
    );
  });

  it.each([0.01, 0.2, 0.5, 0.86, 0.999])("keeps a share of %s", (keep) => {
    const n = 1_000_000;
    const kept = mean(maskOf(n, keep, 1, 1, 0));
    expect(Math.abs(kept - keep)).toBeLessThan(5 * Math.sqrt((keep * (1 - keep)) / n)); // 5 standard errors
  });

  it("meets keep beyond its first eight bits", () => {
    // 128.5 / 256: eight bits alone would keep 128/256 or 129/256, which lie 0.00195 off; 5 standard errors are 0.00177.
    const n = 2_000_000;
    expect(Math.abs(mean(maskOf(n, 128.5 / 256, 4, 1, 0)) - 128.5 / 256)).toBeLessThan(5 * Math.sqrt(0.25 / n));
  });

  it("is independent between layers, steps, seeds and neighbouring entries", () => {
    const n = 400_000;
    const keep = 0.7;
    const mask = maskOf(n, keep, 1, 1, 10);
    const others = [
      maskOf(n, keep, 1, 2, 10),
      maskOf(n, keep, 1, 1, 11),
      maskOf(n, keep, 2, 1, 10),
      maskOf(n, keep, 1, 1, 2 ** 32 + 10),
      Uint8Array.from(mask, (_, i) => mask[(i + 1) % n]),
      Uint8Array.from(mask, (_, i) => mask[(i + 16) % n]),
    ];
    for (const other of others) {
      let covariance = 0;
      for (let i = 0; i < n; i++) covariance += ((mask[i] - keep) * (other[i] - keep)) / n;
      // The product of two independent centred entries has standard deviation keep (1 − keep).
      expect(Math.abs(covariance)).toBeLessThan((5 * keep * (1 - keep)) / Math.sqrt(n));
    }
  });

  it("repeats, keeps all at 1 and nothing at 0, and leaves what lies beyond the length alone", () => {
    expect(maskOf(100, 0.5, 3, 2, 1)).toEqual(maskOf(100, 0.5, 3, 2, 1));
    expect(maskOf(50, 1, 0, 0, 0)).toEqual(new Uint8Array(50).fill(1));
    expect(maskOf(5000, 0, 0, 0, 0)).toEqual(new Uint8Array(5000));
    for (const keep of [0.5, 1]) {
      const mask = new Uint8Array(40).fill(9);
      fillMask(mask, 21, keep, 0, 0, 0);
      expect(mask.subarray(0, 21).every((value) => value <= 1)).toBe(true);
      expect(mask.subarray(21).every((value) => value === 9)).toBe(true);
    }
  });

  it("gives the same entries however many are asked for", () => {
    expect(maskOf(100, 0.5, 3, 2, 1).subarray(0, 37)).toEqual(maskOf(37, 0.5, 3, 2, 1));
  });

  it.each<[string, () => unknown, string]>([
    ["keep above 1", () => maskOf(3, 1.5, 0, 0, 0), "fillMask(): keep must be a finite number of at least 0"],
    ["no keep", () => maskOf(3, Number.NaN, 0, 0, 0), "got NaN"],
    ["a mask too short", () => fillMask(new Uint8Array(3), 4, 0.5, 0, 0, 0), "3 entries, fewer than the 4 to fill"],
    ["a broken step", () => maskOf(3, 0.5, 0, 0, -1), "fillMask(): step"],
  ])("rejects %s", (_, call, message) => {
    expect(call).toThrow(message);
  });
});
