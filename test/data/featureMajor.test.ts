import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { transposeInto } from "../../src/array/transposeInto.js";
import { featureMajor, numericColumns, sharedMatrix } from "../../src/data/featureMajor.js";
import { Normalizer } from "../../src/data/normalizer.js";
import { TableEncoder } from "../../src/data/tableEncoder.js";

describe("transposeInto()", () => {
  it("puts every entry where the definition says, within blocks and at their edges", () => {
    const sizes = fc.integer({ min: 1, max: 70 });
    fc.assert(
      fc.property(sizes, sizes, fc.boolean(), (rows, columns, bytes) => {
        const numbers = Array.from({ length: rows * columns }, (_, k) => (k * 7) % 251);
        const target = new Float64Array(numbers.length);
        transposeInto(target, bytes ? Uint8Array.from(numbers) : numbers, rows, columns);
        for (let k = 0; k < numbers.length; k++) {
          const [i, j] = [Math.floor(k / columns), k % columns];
          expect(target[j * rows + i]).toBe(numbers[k]);
        }
      }),
      { numRuns: 50 },
    );
  });
});

/** A table of 3 examples with features a and b in one buffer, the target apart. */
function tableOf(numbers: readonly number[]) {
  const values = featureMajor(numbers, 3, 2, "examples");
  const target = { kind: "numeric", name: "y", values: Float64Array.of(0, 1, 0) } as const;
  return { values, table: { rows: 3, columns: [...numericColumns(values, 3, ["a", "b"]), target] } };
}

describe("TableEncoder.encodeFeatures()", () => {
  it("takes columns of one buffer as X, without a copy", () => {
    const { values, table } = tableOf([1, 2, 3, 4, 5, 6]);
    const X = TableEncoder.fit(table, { target: "y" }).encodeFeatures(table);
    expect(X.toArray()).toEqual([
      [1, 3, 5],
      [2, 4, 6],
    ]);
    expect(X.data.buffer).toBe(values.buffer);
  });

  it("copies where a value is missing, and leaves the table as it was", () => {
    const { values, table } = tableOf([1, 2, Number.NaN, 4, 5, 6]);
    const X = TableEncoder.fit(table, { target: "y" }).encodeFeatures(table);
    expect(X.toArray()).toEqual([
      [1, 3, 5],
      [2, 4, 6],
    ]);
    expect(X.data.buffer).not.toBe(values.buffer);
    expect(values[1]).toBeNaN();
  });

  it("copies columns in another order than the model's, or with another between them", () => {
    const { values, table } = tableOf([1, 2, 3, 4, 5, 6]);
    const encoder = TableEncoder.fit(table, { target: "y" });
    const [a, b, y] = table.columns;
    expect(encoder.encodeFeatures({ rows: 3, columns: [b, y, a] }).data.buffer).toBe(values.buffer);
    const turned = TableEncoder.fit({ rows: 3, columns: [b, a, y] }, { target: "y" });
    expect(turned.encodeFeatures(table).toArray()).toEqual([
      [2, 4, 6],
      [1, 3, 5],
    ]);
    const apart = { kind: "numeric", name: "b", values: new Float64Array(b.values as Float64Array) } as const;
    expect(encoder.encodeFeatures({ rows: 3, columns: [a, apart] }).data.buffer).not.toBe(values.buffer);
    expect(sharedMatrix([], 3)).toBeUndefined();
  });

  it("names the row of an infinite value", () => {
    const { table } = tableOf([1, 2, 3, 4, 5, 6]);
    const encoder = TableEncoder.fit(table, { target: "y" });
    expect(() => encoder.encodeFeatures(tableOf([1, 2, 3, -Infinity, 5, 6]).table)).toThrow('row 2, column "b"');
  });
});

describe("Normalizer of some examples", () => {
  it("has the bits of the same examples copied out first", () => {
    const { table } = tableOf([0.1, 2, 0.3, -4, 1e-9, 6]);
    const X = TableEncoder.fit(table, { target: "y" }).encodeFeatures(table);
    fc.assert(
      fc.property(
        fc.array(fc.nat(2), { minLength: 1, maxLength: 6 }),
        fc.constantFrom("float32", "float64"),
        (examples, dtype) => {
          const copied = X.selectColumns(examples);
          const normalizer = Normalizer.fit(X, examples);
          expect(normalizer.toJSON()).toEqual(Normalizer.fit(copied).toJSON());
          expect(normalizer.apply(X, { examples, dtype })).toEqual(normalizer.apply(copied).as(dtype));
          expect(X.selectColumns(examples, dtype)).toEqual(copied.as(dtype));
        },
      ),
    );
    const normalizer = Normalizer.fit(X);
    expect(() => normalizer.apply(X, { examples: [3] })).toThrow(RangeError);
    expect(() => Normalizer.fit(X, [])).toThrow("has no examples");
  });
});
