import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Matrix } from "../../src/array/matrix.js";
import { transpose } from "../../src/array/product.js";
import { selectExamples } from "../../src/data/dataset.js";
import { featureMajor, numericColumns } from "../../src/data/featureMajor.js";
import { Normalizer } from "../../src/data/normalizer.js";
import type { Table } from "../../src/data/table.js";
import { TableEncoder } from "../../src/data/tableEncoder.js";
import { imageNormalizer } from "../../src/pipeline/imageNormalizer.js";
import { prepare, prepareRows } from "../../src/pipeline/prepare.js";

const rows = { train: [5, 0, 3, 1, 6], validation: [2, 4, 7] };
const names = ["a", "b", "c", "d"];

/** Eight examples of four features, which lie in one buffer or each in its own, some of them missing. */
const tables = fc
  .record({
    numbers: fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 32, maxLength: 32 }),
    missing: fc.constantFrom(-1, -1, 9, 20),
    together: fc.boolean(),
    classes: fc.boolean(),
  })
  .map(({ numbers, missing, together, classes }): Table => {
    const data = numbers.map((value, k) => (k === missing ? Number.NaN : value));
    const columns = numericColumns(featureMajor(data, 8, 4, "examples"), 8, names);
    const apart = columns.map((column) => ({ ...column, values: new Float64Array(column.values) }));
    const values = Float64Array.from({ length: 8 }, (_, j) => (classes ? j % 2 : j + 0.5));
    return { rows: 8, columns: [...(together ? columns : apart), { kind: "numeric", name: "y", values }] };
  });

/** The steps one after the other, each a copy: encode, choose the rows, normalize, round. */
function stepByStep(table: Table, image: boolean, dtype: "float32" | "float64") {
  const encoder = TableEncoder.fit(table, { target: "y", rows: rows.train });
  const data = encoder.encode(table);
  const [train, validation] = [rows.train, rows.validation].map((part) => selectExamples(data, part));
  const normalizer = image ? imageNormalizer(train.X, { height: 2, width: 2 }) : Normalizer.fit(train.X);
  const target = encoder.task === "regression" ? Normalizer.fit(train.Y) : undefined;
  const ready = (A: Matrix, by: Normalizer | undefined): Matrix => (by?.apply(A) ?? A).as(dtype);
  const parts = [train, validation].map(({ X, Y }) => ({ X: ready(X, normalizer), Y: ready(Y, target) }));
  return { raw: { train, validation }, parts, normalizer, target };
}

describe("prepareRows()", () => {
  it("comes in one pass to the bits of its steps one after the other", () => {
    fc.assert(
      fc.property(tables, fc.boolean(), fc.constantFrom("float32", "float64"), (table, image, dtype) => {
        const before = structuredClone(table);
        const size = image ? { image: { height: 2, width: 2 } } : {};
        const prepared = prepareRows(table, { version: 3, data: { target: "y", ...size }, network: { dtype } }, rows);
        const expected = stepByStep(table, image, dtype);
        expect(prepared.train).toMatchObject(expected.parts[0]);
        expect(prepared.validation).toMatchObject(expected.parts[1]);
        expect(prepared.raw.train).toEqual(expected.raw.train);
        expect(prepared.raw.validation).toEqual(expected.raw.validation);
        expect(prepared.normalizer?.toJSON()).toEqual(expected.normalizer.toJSON());
        expect(prepared.targetNormalizer?.toJSON()).toEqual(expected.target?.toJSON());
        expect(table).toEqual(before);
      }),
    );
  });

  it("leaves features as they are without normalization, and copies the raw parts once", () => {
    const [table] = fc.sample(tables, { numRuns: 1, seed: 1 });
    const { train, raw } = prepareRows(
      table,
      { data: { target: "y", normalize: false }, network: { dtype: "float64" } },
      rows,
    );
    expect(train.X).toEqual(raw.train.X);
    expect(raw.train).toBe(raw.train);
  });
});

describe("prepare() of arrays", () => {
  const examples = fc
    .array(fc.tuple(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.double({ min: -9, max: 9, noNaN: true })), {
      minLength: 20,
      maxLength: 40,
    })
    .map((rows) => rows.map((row) => [...row]));

  it("is that of a table with the same numbers, as a list of examples or as a matrix", () => {
    fc.assert(
      fc.property(examples, fc.constantFrom("classes", "texts", "numbers"), fc.boolean(), (rows, labels, matrix) => {
        const numbers = rows.map((_, j) => (labels === "numbers" ? Math.sqrt(j) : j % 2));
        const y = labels === "texts" ? numbers.map((label) => (label === 0 ? "no" : "yes")) : numbers;
        const X = transpose(Matrix.from(rows)); // (features × examples)
        const column = (name: string, values: readonly number[]) =>
          ({ kind: "numeric", name, values: Float64Array.from(values) }) as const;
        const target =
          labels === "texts"
            ? ({ kind: "categorical", name: "label", values: y.map(String) } as const)
            : column("label", numbers);
        const table: Table = {
          rows: rows.length,
          columns: [
            column(
              "x0",
              rows.map(([a]) => a),
            ),
            column(
              "x1",
              rows.map(([, b]) => b),
            ),
            target,
          ],
        };
        const data = { seed: 3 };
        const got = prepare({ X: matrix ? X : rows, y }, { data });
        const expected = prepare(table, { data: { ...data, target: "label" } });
        for (const part of ["train", "validation"] as const) {
          expect(got[part]).toEqual(expected[part]);
          expect(got.raw[part]).toEqual(expected.raw[part]);
        }
        expect(got.encoder).toEqual(expected.encoder);
        expect(got.normalizer).toEqual(expected.normalizer);
        expect(got.targetNormalizer).toEqual(expected.targetNormalizer);
      }),
      { numRuns: 50 },
    );
  });

  it("names the target as the configuration does", () => {
    const rows = Array.from({ length: 20 }, (_, j) => [j, -j]);
    const { encoder } = prepare({ X: rows, y: rows.map(([j]) => j % 2) }, { data: { target: "odd" } });
    expect(encoder.target.name).toBe("odd");
  });

  it("refuses labels of another number, with what X should be", () => {
    const rows = Array.from({ length: 20 }, (_, j) => [j, -j]);
    const y = rows.map(([j]) => j % 2);
    expect(() => prepare({ X: rows, y: [0, 1, 0] }, {})).toThrow(
      "X has 20 examples and y 3 labels; expected one label",
    );
    expect(() => prepare({ X: Matrix.from(rows), y }, {})).toThrow("a matrix X is features × examples");
  });
});

describe("a column that looks like none to learn from", () => {
  const columns = [
    { kind: "numeric", name: "id", values: Float64Array.from({ length: 24 }, (_, i) => i + 1) },
    { kind: "numeric", name: "x", values: Float64Array.from({ length: 24 }, (_, i) => (i * 7) % 5) },
    { kind: "categorical", name: "y", values: Array.from({ length: 24 }, (_, i) => (i % 2 ? "a" : "b")) },
  ] as const;
  const featuresOf = (reading: object): readonly string[] =>
    prepare({ rows: 24, columns }, { data: { target: "y", reading } }).encoder.featureNames;

  it("is a feature where its kind is said, by name or number", () => {
    expect(featuresOf({})).toEqual(["x"]);
    expect(featuresOf({ numeric: ["id"] })).toEqual(["id", "x"]);
    expect(featuresOf({ numeric: ["1"] })).toEqual(["id", "x"]);
  });
});
