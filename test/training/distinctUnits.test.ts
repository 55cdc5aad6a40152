import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Matrix } from "../../src/array/matrix.js";
import { distinctUnits } from "../../src/training/distinctUnits.js";

/** The definition: each unit against each before it that was unlike all before. */
function pairwise(W: Matrix, b: Matrix): number {
  const units = Array.from({ length: W.rows }, (_, i) => [b.data[i], ...W.rowData(i)]);
  const size = (unit: number[]): number => Math.hypot(...unit);
  const kept: number[][] = [];
  for (const unit of units) {
    const isLike = (other: number[]): boolean =>
      size(unit.map((w, j) => w - other[j])) <= 1e-5 * Math.max(size(unit), size(other));
    if (!kept.some(isLike)) kept.push(unit);
  }
  return kept.length;
}

describe("distinct units", () => {
  it("count units that are alike once", () => {
    const W = Matrix.from([
      [1, 2],
      [1, 2],
      [1, 2.1],
      [0, 0],
      [0, 0],
    ]);
    expect(distinctUnits(W, Matrix.zeros(5, 1))).toBe(3);
    expect(distinctUnits(W, Matrix.column([0, 1, 0, 0, 0]))).toBe(4);
  });

  it("are those found by comparing each with each, also where many are nearly the same", () => {
    // A step of 0.9e-5 is within the limit and two are not, so what a unit is compared with matters.
    const step = fc.constantFrom(0, 0, 0.9e-5, -0.9e-5, 1.1e-5, 1);
    const unit = fc.tuple(fc.constantFrom(0, 1, -1, 3), fc.array(step, { minLength: 4, maxLength: 4 }));
    fc.assert(
      fc.property(fc.array(unit, { minLength: 1, maxLength: 20 }), (units) => {
        const rows = units.map(([scale, steps]) => steps.map((s, j) => scale * (j === 0 ? 1 + s : s)));
        const W = Matrix.from(rows.map((row) => row.slice(1)));
        expect(distinctUnits(W, Matrix.column(rows.map(([b]) => b)))).toBe(
          pairwise(W, Matrix.column(rows.map(([b]) => b))),
        );
      }),
      { numRuns: 500 },
    );
  });

  it("that are not finite are like no other", () => {
    const W = Matrix.from([[Number.NaN], [Number.NaN], [1e200], [1e200], [1], [1]]);
    expect(distinctUnits(W, Matrix.zeros(6, 1))).toBe(5);
  });

  it("of thousands that are all the same are one, and are told quickly", () => {
    expect(distinctUnits(Matrix.zeros(5000, 3), Matrix.zeros(5000, 1))).toBe(1);
  });
});
