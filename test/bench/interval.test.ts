import { describe, expect, it } from "vitest";
import { medianInterval } from "../../bench/interval.js";
import { RandomState } from "../../src/random/randomState.js";

const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1);

describe("medianInterval()", () => {
  // 2 · P(Binomial(n, ½) < k) ≤ 5 %: n = 6, k = 1: 2/64 = 3.1 %; n = 9, k = 2: 2 · 10/512 = 3.9 %;
  // n = 12, k = 3: 2 · (1 + 12 + 66)/4096 = 3.9 %, where k = 4 would leave out 14.6 %.
  it.each([
    [6, 3.5, 1, 6],
    [8, 4.5, 1, 8],
    [9, 5, 2, 8],
    [12, 6.5, 3, 10],
    [20, 10.5, 6, 15],
  ])("of 1 … %i has the median %d between %i and %i", (n, median, low, high) => {
    expect(medianInterval(upTo(n).reverse())).toEqual({ median, low, high });
  });

  it("is not moved by one value that is far off", () => {
    const values = upTo(12);
    values[11] = 1e9;
    expect(medianInterval(values)).toEqual(medianInterval(upTo(12)));
  });

  it("holds the median of a distribution in at least 95 of 100 samples", () => {
    const random = new RandomState(1);
    const samples = 4000;
    let held = 0;
    for (let k = 0; k < samples; k++) {
      // The median of exp of standard normal numbers is 1.
      const { low, high } = medianInterval(Array.from(random.randn(1, 12).data, Math.exp));
      if (low <= 1 && 1 <= high) held++;
    }
    // 96.1 % by the formula above.
    expect(held / samples).toBeGreaterThan(0.95);
    expect(held / samples).toBeLessThan(0.975);
  });

  it("refuses fewer values than can bound a median", () => {
    expect(() => medianInterval([1, 2, 3, 4, 5])).toThrow("takes at least 6 values, got 5");
  });
});
