import { describe, expect, it } from "vitest";
import { type ChartPoint, sample, thin } from "../../src/plot/thin.js";

const wave = (count: number): ChartPoint[] => Array.from({ length: count }, (_, i) => [i, Math.sin(i / 50)] as const);

describe("thin", () => {
  it("keeps a short curve as it is", () => expect(thin(wave(1000))).toEqual(wave(1000)));

  it("keeps at most 1,000 points of a long one, in order, the ends among them", () => {
    const points = thin(wave(100_000));
    expect(points.length).toBeLessThanOrEqual(1000);
    expect(points.length).toBeGreaterThan(500);
    expect(points[0][0]).toBe(0);
    expect(points.at(-1)?.[0]).toBe(99_999);
    for (let k = 1; k < points.length; k++) expect(points[k][0]).toBeGreaterThan(points[k - 1][0]);
  });

  it("loses no spike and no gap", () => {
    const points = wave(50_000).map((point, i): ChartPoint => {
      if (i === 12_345) return [i, 99];
      if (i === 23_456) return [i, -99];
      return i === 34_567 ? [i, Number.NaN] : point;
    });
    const kept = thin(points).map(([x]) => x);
    expect(kept).toContain(12_345);
    expect(kept).toContain(23_456);
    expect(kept).toContain(34_567);
  });

  it("holds to its limit where every other point is a gap", () => {
    const points = wave(50_000).map(([x, y]): ChartPoint => [x, x % 2 === 0 ? y : Number.POSITIVE_INFINITY]);
    expect(thin(points).length).toBeLessThanOrEqual(1000);
  });
});

describe("sample", () => {
  it("takes evenly, with both ends", () => expect(sample([0, 1, 2, 3, 4, 5, 6], 3)).toEqual([0, 3, 6]));
  it("takes all where there are few", () => expect(sample([1, 2], 3)).toEqual([1, 2]));
});
