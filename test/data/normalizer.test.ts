import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Matrix } from "../../src/array/matrix.js";
import { ShapeError } from "../../src/array/shapeError.js";
import { OptionError } from "../../src/constraint/constraint.js";
import { momentsOf } from "../../src/data/moments.js";
import { Normalizer } from "../../src/data/normalizer.js";
import type { LogMoments } from "../../src/data/normalizerJson.js";

/** Whole numbers times a scale, at least two of them different. */
const feature = (m: number): fc.Arbitrary<number[]> =>
  fc
    .tuple(
      fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: m, maxLength: m }),
      fc.constantFrom(1e-6, 1, 1e6),
      fc.constantFrom(0, 1000, -1e5),
    )
    .map(([values, scale, offset]) => [0, 1, ...values].map((x) => (x + offset) * scale));

describe("Normalizer.log()", () => {
  it("takes mean and variance of the logarithms", () => {
    // ln 1 = 0, ln e² = 2: mean 1, variance 1.
    const normalizer = Normalizer.log(Matrix.row([1, Math.E ** 2]));
    const { shift, least, mean, variance } = normalizer.toJSON() as LogMoments;
    expect([shift, least]).toEqual([[0], [1]]);
    expect([mean[0], variance[0]]).toEqual([expect.closeTo(1, 14), expect.closeTo(1, 14)]);
    expect(normalizer.apply(Matrix.row([Math.E])).get(0, 0)).toBeCloseTo(0, 14);
    expect(normalizer.invert(Matrix.row([0])).get(0, 0)).toBeCloseTo(Math.E, 14);
  });

  it("adds the first quartile of the positive values where there are zeros", () => {
    // Of 1, 2, 3, 4, 5 it is 2; the first feature has no zero, the third nothing else.
    const normalizer = Normalizer.log(
      Matrix.from([
        [1, 1, 1, 1, 1, 2],
        [0, 5, 4, 3, 2, 1],
        [0, 0, 0, 0, 0, 0],
      ]),
    );
    expect(normalizer.toJSON()).toMatchObject({ shift: [0, 2, 1], least: [1, 0, 0] });
  });

  it("brings any training set to mean 0 and variance 1, and back, one by one to the same bits", () => {
    const values = fc.array(fc.oneof(fc.constant(0), fc.double({ min: 1e-9, max: 1e150, noNaN: true })), {
      minLength: 2,
      maxLength: 40,
    });
    fc.assert(
      fc.property(values, (row) => {
        const normalizer = Normalizer.log(Matrix.row(row));
        const B = normalizer.apply(Matrix.row(row));
        const mean = Array.from(B.data).reduce((sum, x) => sum + x, 0) / row.length;
        const variance = Array.from(B.data).reduce((sum, x) => sum + x * x, 0) / row.length;
        // Of numbers that differ by less than their logarithms' roundings the variance is not 1.
        if ((normalizer.toJSON() as LogMoments).variance[0] > 1e-12)
          expect([mean, variance]).toEqual([expect.closeTo(0, 6), expect.closeTo(1, 6)]);
        const back = normalizer.invert(B);
        const [shift] = (normalizer.toJSON() as LogMoments).shift;
        // eᵘ has a relative error of some |u| roundings, |u| ≤ 347, and the shift is taken off it.
        for (const [j, x] of row.entries()) expect(Math.abs(back.data[j] - x)).toBeLessThanOrEqual(1e-12 * (x + shift));
        const one = Float64Array.of(row[0]);
        normalizer.applyOne(one);
        expect(one[0]).toBe(B.data[0]);
        normalizer.invertOne(one);
        expect(one[0]).toBe(back.data[0]);
        expect(Normalizer.fromJSON(JSON.parse(JSON.stringify(normalizer)))).toEqual(normalizer);
      }),
    );
  });

  it("takes what lies below the least value for that one, and comes back to 0 … 5 · 10¹⁵⁰", () => {
    const normalizer = Normalizer.log(Matrix.row([0, 1, 10, 100]));
    expect(normalizer.apply(Matrix.row([-5])).data).toEqual(normalizer.apply(Matrix.row([0])).data);
    const [low, high] = normalizer.invert(Matrix.row([-1e30, 1e30])).data;
    expect(low).toBe(0);
    expect(high).toBeGreaterThan(1e150);
    expect(high).toBeLessThan(6e150);
  });

  it("refuses negative values", () => {
    expect(() => Normalizer.log(Matrix.row([3, -2]))).toThrow(
      new RangeError("Normalizer.log(): feature 0 of example 1 is -2; expected none below 0"),
    );
  });

  it.each([
    [{ shift: [0], least: [0] }, "normalizer.least[0] + shift[0] must be"],
    [{ shift: [0, 1], least: [1] }, "normalizer: 1 means but 2 shifts"],
    [{ shift: [0] }, "normalizer.least must be a list"],
    [{ shift: [-1], least: [2] }, "normalizer.shift[0] must be"],
  ])("refuses %j in a file", (part, message) => {
    expect(() => Normalizer.fromJSON({ mean: [0], variance: [1], ...part })).toThrow(message);
  });
});

describe("Normalizer.fit()", () => {
  it("takes mean and variance of each feature over the examples", () => {
    // Feature 0: (2 + 4 + 4 + 6) / 4 = 4; ((−2)² + 0 + 0 + 2²) / 4 = 2. Feature 1: 0; (1 + 1 + 9 + 9) / 4 = 5.
    const normalizer = Normalizer.fit(
      Matrix.from([
        [2, 4, 4, 6],
        [-1, 1, 3, -3],
      ]),
    );
    expect(normalizer.features).toBe(2);
    expect(normalizer.toJSON()).toEqual({ mean: [4, 0], variance: [2, 5] });
    const result = normalizer.apply(Matrix.column([6, 5]));
    expect(result.toArray()).toEqual([[2 / Math.sqrt(2)], [5 / Math.sqrt(5)]]);
  });

  it("brings any training set to mean 0 and variance 1, and back", () => {
    const X = fc
      .integer({ min: 0, max: 40 })
      .chain((m) => fc.array(feature(m), { minLength: 1, maxLength: 5 }).map((rows) => Matrix.from(rows)));
    fc.assert(
      fc.property(X, (A) => {
        const normalizer = Normalizer.fit(A);
        const B = normalizer.apply(A);
        for (let i = 0; i < B.rows; i++) {
          const row = Array.from(B.rowData(i));
          const mean = row.reduce((sum, x) => sum + x, 0) / row.length;
          const variance = row.reduce((sum, x) => sum + x * x, 0) / row.length;
          // x − μ carries the rounding of x, |x| ≤ 10⁵ steps of the smallest difference; σ is at least 0.15 of them.
          expect(Math.abs(mean)).toBeLessThan(1e-9);
          expect(Math.abs(variance - 1)).toBeLessThan(1e-9);
        }
        const back = normalizer.invert(B);
        // A few roundings of numbers no larger than the largest.
        const largest = Array.from(A.data).reduce((max, x) => Math.max(max, Math.abs(x)), 0);
        for (const [k, x] of A.data.entries()) expect(Math.abs(back.data[k] - x)).toBeLessThan(1e-14 * largest);
      }),
    );
  });

  it.each([1e150, 1e-150])("neither overflows nor underflows at values of %d", (scale) => {
    // μ = 0, σ² = (4 + 1 + 1 + 4)/4 · scale² = 2.5 · scale².
    const X = Matrix.row([-2, -1, 1, 2].map((x) => x * scale));
    const normalizer = Normalizer.fit(X);
    expect(normalizer.scale[0] ** 2 / scale / scale).toBeCloseTo(2.5, 14);
    const normalized = Array.from(normalizer.apply(X).data);
    // Three roundings: square, root and quotient.
    for (const [j, x] of [-2, -1, 1, 2].entries()) expect(normalized[j]).toBeCloseTo(x / Math.sqrt(2.5), 14);
  });

  it("applies what the training set taught to other examples, whose own mean and variance do not matter", () => {
    const normalizer = Normalizer.fit(Matrix.row([1, 3])); // μ = 2, σ = 1
    expect(normalizer.apply(Matrix.row([10, 20, 30])).toArray()).toEqual([[8, 18, 28]]);
  });

  it("keeps its digits where the mean is large beside the spread", () => {
    // The textbook's one-pass Σx² − (Σx)²/m gives 0 or even less here: x² has 18 digits and float64 16.
    const X = Matrix.row([1e9, 1e9 + 1, 1e9 + 2]);
    const { mean, variance } = momentsOf("test", X, undefined);
    expect(mean[0]).toBe(1e9 + 1);
    expect(variance[0]).toBeCloseTo(2 / 3, 14);
    // Neighbouring numbers: deviations from the rounded mean 1 are 0 and 2⁻⁵²; the variance of two numbers that far
    // apart is (2⁻⁵² / 2)² = 2⁻¹⁰⁶.
    expect(momentsOf("test", Matrix.row([1, 1 + 2 ** -52]), undefined).variance[0]).toBe(2 ** -106);
  });

  it("does not divide a constant feature by zero, even one whose mean rounds", () => {
    // 0.1 added up three times and divided by 3 is 0.10000000000000002: σ of that would be 1e-17, and 0.2 would become 7e15.
    const normalizer = Normalizer.fit(Matrix.row([0.1, 0.1, 0.1]));
    expect(normalizer.toJSON()).toEqual({ mean: [0.1], variance: [0] });
    expect(normalizer.scale[0]).toBe(1);
    expect(normalizer.apply(Matrix.row([0.1, 0.2])).toArray()).toEqual([[0, 0.1]]);
    expect(normalizer.invert(Matrix.row([0])).toArray()).toEqual([[0.1]]);
    expect(
      Normalizer.fit(Matrix.row([5]))
        .apply(Matrix.row([7]))
        .toArray(),
    ).toEqual([[2]]);
  });

  it("works on float32 in float64, and gives float32 back", () => {
    const X = Matrix.from([[1, 2, 3]], "float32");
    const normalizer = Normalizer.fit(X);
    expect(normalizer.apply(X).dtype).toBe("float32");
    expect(normalizer.scale[0] ** 2).toBeCloseTo(2 / 3, 15);
  });

  it("leaves its input alone", () => {
    const X = Matrix.row([1, 2, 3]);
    const normalizer = Normalizer.fit(X);
    normalizer.apply(X);
    normalizer.invert(X);
    expect(X.toArray()).toEqual([[1, 2, 3]]);
  });
});

describe("Normalizer as plain data", () => {
  it("is the same after JSON, to the last bit", () => {
    fc.assert(
      fc.property(feature(10), (row) => {
        const X = Matrix.row(row);
        const normalizer = Normalizer.fit(X);
        const again = Normalizer.fromJSON(JSON.parse(JSON.stringify(normalizer)));
        expect(again.apply(X)).toEqual(normalizer.apply(X));
      }),
    );
  });

  it.each<[string, string, string]>([
    ["a number", "1", "normalizer must be an object, got 1"],
    ["null", "null", "normalizer must be an object"],
    ["a list", "[1]", "normalizer must be an object"],
    ["no mean", '{"variance": [1]}', "normalizer.mean must be a list of at least one number, got undefined"],
    ["no features", '{"mean": [], "variance": []}', "normalizer.mean must be a list of at least one number"],
    ["a text", '{"mean": ["1"], "variance": [1]}', 'normalizer.mean[0] must be a finite number, got "1"'],
    ["an infinite mean", '{"mean": [1e999], "variance": [1]}', "normalizer.mean[0]"],
    [
      "a negative variance",
      '{"mean": [0], "variance": [-1]}',
      "normalizer.variance[0] must be a finite number of at least 0",
    ],
    ["lists of different lengths", '{"mean": [0, 1], "variance": [1]}', "normalizer: 2 means but 1 variances"],
    ["an unknown key", '{"mean": [0], "variance": [1], "std": [1]}', 'unknown option "std"'],
    ["a poisoned prototype", '{"__proto__": {"mean": [0], "variance": [1]}}', 'unknown option "__proto__"'],
    ["a list that pretends", '{"mean": {"length": 1, "0": 1}, "variance": [1]}', "normalizer.mean must be a list"],
  ])("rejects %s", (_, json, message) => {
    expect(() => Normalizer.fromJSON(JSON.parse(json))).toThrow(OptionError);
    expect(() => Normalizer.fromJSON(JSON.parse(json))).toThrow(message);
  });

  it("meets any JSON with a normalizer or an OptionError", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), fc.jsonValue(), (whole, mean, variance) => {
        for (const value of [whole, { mean, variance }]) {
          try {
            expect(Normalizer.fromJSON(value)).toBeInstanceOf(Normalizer);
          } catch (error) {
            expect(error).toBeInstanceOf(OptionError);
          }
        }
      }),
    );
  });
});

describe("Normalizer rejects", () => {
  const normalizer = Normalizer.fit(
    Matrix.from([
      [1, 2],
      [3, 4],
    ]),
  );

  it.each<[string, () => unknown, string]>([
    ["nothing to learn from", () => Normalizer.fit(Matrix.zeros(2, 0)), "a 2 × 0 matrix has no examples"],
    [
      "another number of features",
      () => normalizer.apply(Matrix.zeros(3, 5)),
      "Normalizer.apply(): fitted on 2 features, got a 3 × 5 matrix; features are rows, examples are columns",
    ],
    [
      "another number to invert",
      () => normalizer.invert(Matrix.zeros(1, 5)),
      "Normalizer.invert(): fitted on 2 features",
    ],
  ])("%s", (_, call, message) => {
    expect(call).toThrow(ShapeError);
    expect(call).toThrow(message);
  });

  it.each<[string, () => unknown, string]>([
    [
      "NaN",
      () =>
        Normalizer.fit(
          Matrix.from([
            [1, 2, 3],
            [1, Number.NaN, 3],
          ]),
        ),
      "Normalizer.fit(): feature 1 of example 1 is NaN",
    ],
    [
      "Infinity",
      () => Normalizer.fit(Matrix.row([1, Number.NEGATIVE_INFINITY])),
      "feature 0 of example 1 is -Infinity",
    ],
    [
      "NaN to normalize",
      () => normalizer.apply(Matrix.column([1, Number.NaN])),
      "Normalizer.apply(): feature 1 of example 0",
    ],
    [
      "numbers too large to square",
      () => Normalizer.fit(Matrix.row([1e200, -1e200])),
      "the variance of feature 0 overflows",
    ],
    ["numbers too large to subtract", () => Normalizer.fit(Matrix.row([1.7e308, -1.7e308, 1.7e308])), "overflows"],
  ])("%s", (_, call, message) => {
    expect(call).toThrow(RangeError);
    expect(call).toThrow(message);
  });
});
