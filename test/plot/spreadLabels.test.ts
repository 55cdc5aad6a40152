import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { spreadLabels } from "../../src/plot/spreadLabels.js";

describe("spreadLabels, by hand", () => {
  it("leaves alone what is far enough apart", () =>
    expect(spreadLabels([10, 50, 30], 16, 0, 100)).toEqual([10, 50, 30]));

  it("moves two that collide apart by half each", () => {
    // 40 and 44 want to be 16 apart around their middle, 42.
    expect(spreadLabels([44, 40], 16, 0, 100)).toEqual([50, 34]);
  });

  it("keeps inside at both ends", () => {
    expect(spreadLabels([0, 0], 16, 0, 100)).toEqual([0, 16]);
    expect(spreadLabels([100, 100], 16, 0, 100)).toEqual([84, 100]);
  });

  it("shares the room where there is too little of it", () => {
    expect(spreadLabels([5, 5, 5], 16, 0, 20)).toEqual([0, 10, 20]);
  });

  it("takes none and one", () => {
    expect(spreadLabels([], 16, 0, 100)).toEqual([]);
    expect(spreadLabels([120], 16, 0, 100)).toEqual([100]);
  });
});

it("labels that fit keep their distance and their order, and stay inside", () => {
  const positions = fc.array(fc.double({ min: 0, max: 300, noNaN: true }), { minLength: 1, maxLength: 15 });
  fc.assert(
    fc.property(positions, (wanted) => {
      const placed = spreadLabels(wanted, 16, 0, 300);
      // 1e-9: a few roundings of numbers up to 300.
      const sorted = wanted.map((y, i) => ({ y, at: placed[i] })).sort((a, b) => a.at - b.at);
      for (let k = 1; k < sorted.length; k++) {
        expect(sorted[k].at - sorted[k - 1].at).toBeGreaterThan(16 - 1e-9);
        expect(sorted[k].y).toBeGreaterThanOrEqual(sorted[k - 1].y);
      }
      expect(sorted[0].at).toBeGreaterThan(-1e-9);
      expect(sorted[sorted.length - 1].at).toBeLessThan(300 + 1e-9);
    }),
  );
});

it("no other arrangement is nearer to where the labels want to be", () => {
  const positions = fc.array(fc.integer({ min: 20, max: 80 }), { minLength: 2, maxLength: 3 });
  fc.assert(
    fc.property(positions, (wanted) => {
      const cost = (placed: readonly number[]): number => placed.reduce((sum, y, i) => sum + (y - wanted[i]) ** 2, 0);
      const order = wanted.map((_, i) => i).sort((a, b) => wanted[a] - wanted[b]);
      let best = Number.POSITIVE_INFINITY;
      // Every arrangement on a grid of 1 pixel with gaps of exactly 16 or more.
      const place = (rank: number, from: number, placed: number[]): void => {
        if (rank === order.length) best = Math.min(best, cost(placed));
        else
          for (let y = from; y <= 100; y++) place(rank + 1, y + 16, Object.assign([...placed], { [order[rank]]: y }));
      };
      place(0, 0, new Array(wanted.length).fill(0));
      expect(cost(spreadLabels(wanted, 16, 0, 100))).toBeLessThanOrEqual(best + 1e-9);
    }),
    { numRuns: 20 },
  );
});
