import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { edgeOf } from "../../src/training/histogram.js";
import { histogramOf } from "../histograms.js";

describe("a histogram", () => {
  it("counts in 24 bins of equal width, by hand", () => {
    // From −12 to 12, bins of width 1: −12 and −11.5 are in the first, 0 starts the 13th, 12 belongs to the last.
    const counts = new Array<number>(24).fill(0);
    counts[0] = 2;
    counts[12] = 1;
    counts[13] = 1;
    counts[23] = 2;
    expect(histogramOf([0, -12, 12, -11.5, 1, 11])).toEqual({ from: -12, to: 12, counts });
  });

  it("counts as NumPy does", () => {
    // numpy 2.4: x = np.sin(np.arange(1000.0) ** 2); np.histogram(x, bins=24)[0]
    const values = Float64Array.from({ length: 1000 }, (_, k) => Math.sin(k ** 2));
    expect(histogramOf(values).counts).toEqual([
      133, 58, 42, 35, 35, 33, 30, 23, 32, 28, 22, 30, 30, 25, 26, 33, 26, 28, 26, 37, 39, 39, 55, 135,
    ]);
  });

  it("has one bin for equal values, and none where there is nothing finite", () => {
    expect(histogramOf([3, 3, 3])).toEqual({ from: 3, to: 3, counts: [3] });
    expect(histogramOf([-0, 0])).toEqual({ from: 0, to: 0, counts: [2] });
    const none = { from: 0, to: 0, counts: [] };
    expect(histogramOf([])).toEqual(none);
    expect(histogramOf([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])).toEqual(none);
  });

  it("leaves out what is not finite", () => {
    const finite = [1, 2, 5];
    const more = [Number.NaN, ...finite, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    expect(histogramOf(more)).toEqual(histogramOf(finite));
  });

  it("counts every finite value once, between the smallest and the largest, whatever their size", () => {
    fc.assert(
      fc.property(fc.array(fc.double(), { maxLength: 60 }), (values) => {
        const { from, to, counts } = histogramOf(values);
        const finite = values.filter(Number.isFinite);
        expect(counts.reduce((sum, n) => sum + n, 0)).toBe(finite.length);
        if (finite.length === 0) return;
        expect([from, to]).toEqual([Math.min(...finite) + 0, Math.max(...finite) + 0]);
        expect(counts.length).toBe(from < to ? 24 : 1);
        expect(counts[0]).toBeGreaterThan(0);
        expect(counts[counts.length - 1]).toBeGreaterThan(0);
      }),
    );
  });

  it("is the same in any order, and comes back from JSON as it was", () => {
    fc.assert(
      fc.property(fc.array(fc.double(), { maxLength: 60 }), (values) => {
        const histogram = histogramOf(values);
        expect(histogramOf(values.slice().reverse())).toEqual(histogram);
        expect(JSON.parse(JSON.stringify(histogram))).toEqual(histogram);
      }),
    );
  });

  it("moves and grows with its values: powers of two change no count", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 60 }),
        fc.integer({ min: -20, max: 20 }),
        (values, power) => {
          const scaled = histogramOf(values.map((value) => value * 2 ** power));
          expect(scaled.counts).toEqual(histogramOf(values).counts);
        },
      ),
    );
  });

  it("has edges from its beginning to its end, by hand", () => {
    const histogram = { from: -1, to: 3, counts: [1, 2, 1, 2] };
    expect([0, 1, 2, 3, 4].map((i) => edgeOf(histogram, i))).toEqual([-1, 0, 1, 2, 3]);
    const widest = { from: -Number.MAX_VALUE, to: Number.MAX_VALUE, counts: [1, 2] };
    expect([0, 1, 2].map((i) => edgeOf(widest, i))).toEqual([widest.from, 0, widest.to]);
  });
});
