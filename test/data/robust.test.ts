import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Matrix } from "../../src/array/matrix.js";
import { Normalizer } from "../../src/data/normalizer.js";
import { median, quantile } from "../../src/data/quantile.js";
import { smoothClip, undoSmoothClip } from "../../src/data/smoothClip.js";

/*
 * import numpy as np
 * x = np.array([-3.2, 0.1, 0.4, 1.7, 2.9, 8.8, 40.5])
 * print([np.percentile(x, q) for q in (25, 50, 75)], [np.percentile(x[:6], q) for q in (25, 75)], np.median(x[:6]))
 */
const x = [-3.2, 0.1, 0.4, 1.7, 2.9, 8.8, 40.5];

describe("quantiles", () => {
  it("are those of numpy.percentile and numpy.median (NumPy 2.4.6)", () => {
    expect([0.25, 0.5, 0.75].map((q) => quantile(x, q))).toEqual([0.25, 1.7, 5.8500000000000005]);
    expect([0.25, 0.75].map((q) => quantile(x.slice(0, 6), q))).toEqual([0.17500000000000002, 2.6]);
    expect([median(x), median(x.slice(0, 6)), median([5])]).toEqual([1.7, 1.05, 5]);
    expect(median([Number.MAX_VALUE / 1.5, Number.MAX_VALUE])).toBeLessThan(Number.MAX_VALUE);
  });
});

describe("smoothClip()", () => {
  it("is u / √(1 + (u/3)²): by hand", () => {
    // u = 4: √(1 + 16/9) = 5/3, 4 / (5/3) = 2.4.
    expect([0, 4, -4].map(smoothClip)).toEqual([0, 2.4, -2.4]);
    expect([1e9, 1e200, Number.POSITIVE_INFINITY].map(smoothClip)).toEqual([3, 3, 3]);
  });

  it("rises, stays within ±3, and comes back where it has not leveled off", () => {
    fc.assert(
      fc.property(fc.double({ min: -100, max: 100, noNaN: true }), (u) => {
        const v = smoothClip(u);
        expect(Math.abs(v)).toBeLessThan(3);
        // The clip's slope is (1 + (u/3)²)^−1.5, 2.7e-5 at 100: a rounding of v, 2⁻⁵², becomes at most 2⁻⁵² · 3 / 2.7e-5 of u.
        expect(Math.abs(undoSmoothClip(v) - u)).toBeLessThan(1e-10 * (1 + Math.abs(u)));
      }),
    );
  });
});

describe("Normalizer.robust()", () => {
  it("goes by median and quartiles, half the range where these coincide, 1 where there is nothing: by hand", () => {
    const X = Matrix.from([
      [1, 2, 3, 4, 1000], // median 3, quartiles 2 and 4
      [0, 0, 0, 0, 8], // quartiles 0 and 0, half the range 4
      [7, 7, 7, 7, 7],
    ]);
    expect(Normalizer.robust(X).toJSON()).toEqual({ center: [3, 0, 7], scale: [2, 4, 1], clip: [true, true, true] });
    // (11 − 3)/2 = 4, clipped 2.4; 16/4 = 4; 7 + 4 − 7 = 4.
    const twoPointFour = [2.4];
    expect(
      Normalizer.robust(X)
        .apply(Matrix.column([11, 16, 11]))
        .toArray(),
    ).toEqual([twoPointFour, twoPointFour, twoPointFour]);
  });

  it("leaves indicators and codes alone, and takes no quartiles of what stands in for missing values", () => {
    const X = Matrix.from([
      [1, 2, 3, 2, 2, 2, 2, 2], // 1, 2, 3 and five that are missing
      [0, 0, 0, 1, 1, 1, 1, 1],
      [0, 1, 2, 3, 4, 5, 6, 7],
    ]);
    const kinds = ["number", "missing", "code"] as const;
    expect(Normalizer.robust(X, { kinds }).toJSON()).toEqual({
      center: [2, 0, 0],
      scale: [1, 1, 1],
      clip: [true, false, false],
    });
    expect(Normalizer.robust(X, { kinds }).apply(X).rowData(2)).toEqual(X.rowData(2));
  });

  it("gives finite numbers for any finite ones, and comes back from JSON the same", () => {
    const number = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer());
    fc.assert(
      fc.property(
        fc.array(number, { minLength: 1, maxLength: 30 }),
        fc.array(number, { minLength: 1 }),
        (train, more) => {
          const normalizer = Normalizer.robust(Matrix.row(train));
          const again = Normalizer.fromJSON(JSON.parse(JSON.stringify(normalizer)));
          const applied = normalizer.apply(Matrix.row(more));
          expect(applied.data.every((value) => Math.abs(value) <= 3)).toBe(true);
          expect(again.apply(Matrix.row(more))).toEqual(applied);
        },
      ),
    );
  });

  it.each([
    [{ center: [1], scale: [0], clip: [true] }, "normalizer.scale[0] must be a finite number above 0"],
    [{ center: [1], scale: [1] }, "normalizer.clip must be a list of true and false"],
    [{ center: [1], scale: [1, 2], clip: [true] }, "normalizer: 1 centers but 2 scales"],
    [{ center: [1], scale: [1], clip: [] }, "normalizer: 1 centers but 0 clips"],
    [{ center: [1], scale: [1], clip: [true], mean: [1] }, 'unknown option "mean"'],
  ])("refuses %j", (json, message) => {
    expect(() => Normalizer.fromJSON(json)).toThrow(message);
  });
});
