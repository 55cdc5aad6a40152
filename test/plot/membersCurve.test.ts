import { describe, expect, it } from "vitest";
import { membersCurve } from "../../src/plot/membersCurve.js";

describe("membersCurve()", () => {
  it("is the mean of the members that have a point, with the members behind it", () => {
    const curves = [
      [[0, 1] as const, [10, 3] as const, [20, 8] as const],
      [[0, 3] as const, [10, 5] as const, [15, 7] as const],
    ];
    const { points, behind } = membersCurve(curves);
    expect(points).toEqual([
      [0, 2],
      [10, 4],
      [15, 7],
      [20, 8],
    ]);
    expect(behind).toEqual(curves);
  });

  it("of one member is its curve, and of many draws at most 32", () => {
    const one = [[0, 1] as const];
    expect(membersCurve([one])).toEqual({ points: one });
    const { points, behind } = membersCurve(Array.from({ length: 100 }, (_, k) => [[0, k] as const]));
    expect(points).toEqual([[0, 49.5]]);
    expect([behind?.length, behind?.[0], behind?.at(-1)]).toEqual([32, [[0, 0]], [[0, 99]]]);
  });
});
