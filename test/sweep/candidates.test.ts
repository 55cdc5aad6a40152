import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { candidates, valueAt } from "../../src/sweep/candidates.js";
import { halvingRungs } from "../../src/sweep/rungs.js";

const space = {
  rate: { from: 1e-4, to: 1, scale: "log" },
  units: { from: 1, to: 4, whole: true },
  init: ["he", "xavier"],
} as const;

describe("candidates", () => {
  it("of a grid are all combinations, the last name fastest", () => {
    expect(candidates({ a: [1, 2], b: ["x", "y"] }, "grid", 0, 0)).toEqual([
      { a: 1, b: "x" },
      { a: 1, b: "y" },
      { a: 2, b: "x" },
      { a: 2, b: "y" },
    ]);
    expect(() => candidates(space, "grid", 0, 0)).toThrow("a grid needs lists: rate is a range");
    const wide = Object.fromEntries(
      ["a", "b", "c", "d"].map((name) => [name, Array.from({ length: 30 }, (_, i) => i)]),
    );
    expect(() => candidates(wide, "grid", 0, 0)).toThrow("over 100000 points");
  });

  it.each(["random", "sobol"] as const)(
    "drawn by %s are the same for a seed, others for another, all different",
    (sampler) => {
      const drawn = candidates(space, sampler, 30, 1);
      expect(drawn).toHaveLength(30);
      expect(candidates(space, sampler, 30, 1)).toEqual(drawn);
      expect(candidates(space, sampler, 30, 2)).not.toEqual(drawn);
      expect(new Set(drawn.map((point) => JSON.stringify(point))).size).toBe(30);
      // A longer list begins with the shorter one: more trials can be added to a search.
      expect(candidates(space, sampler, 40, 1).slice(0, 30)).toEqual(drawn);
    },
  );

  it("end where a space of lists holds no more", () => {
    expect(candidates({ a: [1, 2], b: [1, 2] }, "random", 30, 0)).toHaveLength(4);
  });

  it("take each value and each order of magnitude equally often", () => {
    // Sobol: of 64 points, 16 in each of four equal slices of an axis. Rounding to 4 digits moves none across 10^-k.
    const drawn = candidates(space, "sobol", 64, 3);
    for (const exponent of [-4, -3, -2, -1]) {
      const inside = drawn.filter(({ rate }) => Number(rate) >= 10 ** exponent && Number(rate) < 10 ** (exponent + 1));
      expect(inside.length).toBe(16);
    }
    expect(drawn.filter(({ init }) => init === "he").length).toBe(32);
    for (const units of [1, 2, 3, 4]) expect(drawn.filter((point) => point.units === units).length).toBeGreaterThan(8);
  });

  it("stay within their range", () => {
    const bounds = fc.tuple(
      fc.double({ min: 1e-9, max: 1e9, noNaN: true }),
      fc.double({ min: 1e-9, max: 1e9, noNaN: true }),
    );
    const u = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(bounds, u, fc.constantFrom("linear" as const, "log" as const), ([a, b], at, scale) => {
        const [from, to] = a < b ? [a, b] : [b, a];
        const value = Number(valueAt({ from, to, scale }, at));
        expect(value >= from && value <= to).toBe(true);
      }),
    );
  });
});

describe("whole numbers of a logarithmic range", () => {
  // exp(log(8)) is 7.999…: of whole numbers that would be one too small.
  it("stay within it from its very start", () => {
    for (let from = 1; from < 1000; from++) {
      const [first, last] = [0, 1 - 2 ** -53].map((u) => valueAt({ from, to: from + 9, scale: "log", whole: true }, u));
      expect([first, last]).toEqual([from, from + 9]);
    }
  });
});

describe("successive halving", () => {
  it("gives a third of the trials three times the budget, to the full one", () => {
    expect(halvingRungs(27)).toEqual([
      { trials: 27, budget: 1 / 27 },
      { trials: 9, budget: 1 / 9 },
      { trials: 3, budget: 1 / 3 },
      { trials: 1, budget: 1 },
    ]);
    expect(halvingRungs(10).map(({ trials }) => trials)).toEqual([10, 3, 1]);
    expect(halvingRungs(3)).toEqual([
      { trials: 3, budget: 1 / 3 },
      { trials: 1, budget: 1 },
    ]);
  });
});
