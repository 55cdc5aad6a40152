import { describe, expect, it } from "vitest";
import { meanInterval, ranksOf, standardError, tQuantile } from "../../../bench/tabular/ranks.js";

describe("ranksOf()", () => {
  it("gives the least value rank 1", () => {
    expect(ranksOf([0.3, 0.1, 0.2])).toEqual([3, 1, 2]);
  });

  it("shares the ranks of equal values", () => {
    expect(ranksOf([5, 1, 5, 5])).toEqual([3, 1, 3, 3]);
    expect(ranksOf([2, 2])).toEqual([1.5, 1.5]);
  });

  it("puts a method without a score last, and two of them beside each other", () => {
    expect(ranksOf([undefined, 7, 9])).toEqual([3, 1, 2]);
    expect(ranksOf([undefined, 7, undefined])).toEqual([2.5, 1, 2.5]);
  });
});

describe("tQuantile()", () => {
  // Student's table, two-sided 5 %.
  it.each([
    [1, 12.706],
    [2, 4.303],
    [3, 3.182],
    [4, 2.776],
    [15, 2.131],
    [30, 2.042],
  ])("of %i degrees of freedom is %d", (freedom, t) => {
    expect(tQuantile(freedom)).toBeCloseTo(t, 3);
  });
});

describe("meanInterval()", () => {
  it("is the mean and t standard errors on either side", () => {
    // s² = 2, s / √n = 1, t(1) = 12.706
    const { mean, low, high } = meanInterval([1, 3]);
    expect(standardError([1, 3])).toBe(1);
    expect(mean).toBe(2);
    expect(low).toBeCloseTo(2 - 12.706, 3);
    expect(high).toBeCloseTo(2 + 12.706, 3);
  });

  it("knows nothing from one value", () => {
    expect(meanInterval([2])).toEqual({ mean: 2, low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY });
  });
});
