import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { OptionError } from "../../src/constraint/constraint.js";
import { FormatError } from "../../src/data/formatError.js";
import { Normalizer } from "../../src/data/normalizer.js";
import type { Column, Table } from "../../src/data/table.js";
import { TableEncoder, type TableEncoderOptions } from "../../src/data/tableEncoder.js";
import { UnknownTally } from "../../src/data/unknownCells.js";

/** The rules of version 4 of configurations. */
const fitted = (table: Table, options: Partial<TableEncoderOptions> = {}): TableEncoder =>
  TableEncoder.fit(table, { target: "y", version: 4, ...options });
const numeric = (name: string, values: readonly number[]): Column => ({
  kind: "numeric",
  name,
  values: Float64Array.from(values),
});
const categorical = (name: string, values: readonly (string | null)[]): Column => ({
  kind: "categorical",
  name,
  values,
});
const dates = (name: string, texts: readonly (string | null)[], time = false): Column => ({
  kind: "date",
  name,
  values: Float64Array.from(texts, (text) => (text === null ? Number.NaN : Date.parse(text))),
  time,
});
const tableOf = (...columns: readonly Column[]): Table => ({ rows: columns[0].values.length, columns });
const repeated = <T>(...runs: readonly (readonly [T, number])[]): T[] =>
  runs.flatMap(([value, times]) => Array<T>(times).fill(value));
const y = (rows: number): Column =>
  numeric(
    "y",
    Array.from({ length: rows }, (_, i) => i % 2),
  );

describe("numbers of version 4", () => {
  it("have the median in place of missing ones, and a flag beside them", () => {
    const table = tableOf(numeric("x", [1, Number.NaN, 2, 9]), y(4));
    const encoder = fitted(table);
    expect(encoder.featureNames).toEqual(["x", "x=(missing)"]);
    expect(encoder.featureKinds).toEqual(["number", "missing"]);
    expect(encoder.encode(table).X.toArray()).toEqual([
      [1, 2, 2, 9],
      [0, 1, 0, 0],
    ]);
  });

  it("are counted where they are missing and none was, or refused on request", () => {
    const encoder = fitted(tableOf(numeric("x", [1, 4, 2, 9]), y(4)));
    const later = tableOf(numeric("x", [Number.NaN, 5, Number.NaN]));
    const unknown = new UnknownTally();
    expect(encoder.encodeFeatures(later, unknown).toArray()).toEqual([[3, 5, 3]]);
    expect(unknown.columns).toEqual([{ column: "x", cells: 2, values: [null] }]);
    expect(() => encoder.encodeFeatures(later, "error")).toThrow('row 1, column "x": the value is missing');
  });

  it("have a median of 0 where it is −0, which JSON does not know", () => {
    const encoder = fitted(tableOf(numeric("x", [-0, Number.NaN, -0, 0, -7, 9]), y(6)));
    expect(TableEncoder.fromJSON(JSON.parse(JSON.stringify(encoder))).toJSON()).toEqual(encoder.toJSON());
  });

  it("that are 0 and 1 alone are no numbers to be scaled", () => {
    expect(fitted(tableOf(numeric("x", [0, 1, 1, 0]), y(4))).featureKinds).toEqual(["indicator"]);
  });
});

describe("categories of version 4", () => {
  const colours = categorical("c", repeated(["red", 6], ["green", 5], ["blue", 4], [null, 5], ["pink", 1]));

  it("of fewer than 5 rows share a feature with those that training did not have", () => {
    const encoder = fitted(tableOf(colours, y(21)));
    expect(encoder.featureNames).toEqual(["c=green", "c=red", "c=(missing)", "c=(rare)"]);
    const unknown = new UnknownTally();
    const X = encoder.encodeFeatures(tableOf(categorical("c", ["blue", "violet", "red", null])), unknown);
    expect(X.toArray()).toEqual([
      [0, 0, 0, 0],
      [0, 0, 1, 0],
      [0, 0, 0, 1],
      [1, 1, 0, 0],
    ]);
    // blue was there, if rarely.
    expect(unknown.columns).toEqual([{ column: "c", cells: 1, values: ["violet"] }]);
    expect([...unknown.rows]).toEqual([1]);
    expect(() => encoder.encodeFeatures(tableOf(categorical("c", ["violet"])), "error")).toThrow('"violet"');
  });

  it("have codes where they are asked for, the last for rare and unknown ones", () => {
    const encoder = fitted(tableOf(colours, y(21)), { categories: "codes" });
    expect(encoder.featureKinds).toEqual(["code"]);
    const X = encoder.encodeFeatures(tableOf(categorical("c", ["green", "red", null, "pink", "violet"])));
    expect(X.toArray()).toEqual([[0, 1, 2, 3, 3]]);
  });

  it("are 0 in every feature where none is rare; of two categories one feature is half-way", () => {
    const three = fitted(tableOf(categorical("c", repeated(["a", 5], ["b", 5], ["c", 5])), y(15)));
    expect(three.encodeFeatures(tableOf(categorical("c", ["d", null, "b"]))).toArray()).toEqual([
      [0, 0, 0],
      [0, 0, 1],
      [0, 0, 0],
    ]);
    const two = fitted(tableOf(categorical("c", repeated(["a", 5], ["b", 5])), y(10)));
    expect(two.featureNames).toEqual(["c=b"]);
    expect(two.encodeFeatures(tableOf(categorical("c", ["a", "b", "d", null]))).toArray()).toEqual([[0, 1, 0.5, 0.5]]);
  });

  it("all count in a table so small that most rows would lose theirs", () => {
    const table = tableOf(categorical("a", ["0", "0", "1", "1"]), categorical("b", ["0", "1", "0", "1"]), y(4));
    expect(fitted(table).featureNames).toEqual(["a=1", "b=1"]);
  });

  it("above 32 are codes where the network embeds them, else features", () => {
    const many = tableOf(
      categorical(
        "c",
        Array.from({ length: 33 * 5 }, (_, i) => `c${i % 33}`),
      ),
      y(33 * 5),
    );
    expect(fitted(many, { embeds: true }).featureKinds).toEqual(["code"]);
    expect(fitted(many).featureNames).toHaveLength(33);
    const fewer = tableOf(
      categorical(
        "c",
        Array.from({ length: 32 * 5 }, (_, i) => `c${i % 32}`),
      ),
      y(32 * 5),
    );
    expect(fitted(fewer, { embeds: true }).featureNames).toHaveLength(32);
  });
});

describe("columns that are left out", () => {
  const rows = 30;
  const of = <T>(value: (i: number) => T): T[] => Array.from({ length: rows }, (_, i) => value(i));
  const table = tableOf(
    numeric(
      "PassengerId",
      of((i) => i + 1),
    ),
    categorical(
      "name",
      of((i) => `name ${i}`),
    ),
    numeric(
      "same",
      of(() => 7),
    ),
    numeric(
      "none",
      of(() => Number.NaN),
    ),
    numeric(
      "customer_id",
      of((i) => (i * 7919) % 10007),
    ),
    numeric(
      "x",
      of((i) => Math.sqrt(i)),
    ),
    y(rows),
  );

  it("number the rows, hardly repeat, have one value or none; each can be kept by name", () => {
    const encoder = fitted(table);
    expect(encoder.featureNames).toEqual(["x"]);
    expect(encoder.leftOut).toEqual([
      { name: "PassengerId", why: "identifier" },
      { name: "name", why: "texts" },
      { name: "same", why: "constant" },
      { name: "none", why: "empty" },
      { name: "customer_id", why: "identifier" },
    ]);
    expect(TableEncoder.fromJSON(JSON.parse(JSON.stringify(encoder))).leftOut).toEqual(encoder.leftOut);
    expect(fitted(table, { keep: ["same", "PassengerId"] }).featureNames).toEqual(["PassengerId", "same", "x"]);
  });

  it("are taken where there is nothing else", () => {
    expect(
      fitted(
        tableOf(
          numeric(
            "x",
            of((i) => i),
          ),
          y(rows),
        ),
      ).featureNames,
    ).toEqual(["x"]);
    expect(() =>
      fitted(
        tableOf(
          numeric(
            "x",
            of(() => 1),
          ),
          y(rows),
        ),
      ),
    ).toThrow("no column is left to predict from");
  });
});

describe("dates", () => {
  it("become the parts that vary: by hand", () => {
    const table = tableOf(dates("day", ["2024-01-01", "2024-02-05", "2024-03-02", null]), y(4));
    const encoder = fitted(table);
    // All of one year, without a time of day. 1 January 2024 was a Monday, 2 March a Saturday; 31 + 29 + 1 = 61 days later.
    expect(encoder.featureNames).toEqual(["day.month", "day.weekday", "day.days", "day=(missing)"]);
    expect(encoder.encode(table).X.toArray()).toEqual([
      [1, 2, 3, 2],
      [1, 1, 6, 1],
      [0, 35, 61, 35],
      [0, 0, 0, 1],
    ]);
    expect(encoder.encodeFeatures(tableOf(dates("day", ["2025-01-01"]))).toArray()).toEqual([[1], [3], [366], [0]]);
    expect(encoder.csvOptions("features").date).toEqual(["day"]);
    expect(() => encoder.encodeFeatures(tableOf(categorical("day", ["soon"])))).toThrow(
      'row 1, column "day": expected a date, got "soon"',
    );
  });

  it("have an hour where a time of day varies", () => {
    const table = tableOf(dates("t", ["2024-01-01T06:30Z", "2024-01-01T18:00Z"], true), y(2));
    expect(fitted(table).encode(table).X.toArray()).toEqual([
      [6.5, 18],
      [0, 11.5 / 24],
    ]);
  });
});

describe("targets of version 4", () => {
  const x = numeric("x", [0.5, 1.5, 2.25, 3]);
  it.each<[string, number[], string, string[] | undefined]>([
    ["−1 and 1", [-1, 1, 1, -1], "binary", ["-1", "1"]],
    ["1 and 2", [2, 1, 2, 1], "binary", ["1", "2"]],
    ["2 and 4", [4, 2, 2, 4], "binary", ["2", "4"]],
    ["two fractions", [0.5, 2.5, 0.5, 2.5], "binary", ["0.5", "2.5"]],
    ["0, 1, 2", [0, 1, 2, 1], "multiclass", ["0", "1", "2"]],
    ["a rating from 1", [1, 2, 3, 1], "regression", undefined],
  ])("%s", (_, values, task, classes) => {
    const table = tableOf(x, numeric("y", values));
    const encoder = fitted(table);
    expect([encoder.task, encoder.classNames]).toEqual([task, classes]);
    const again = TableEncoder.fromJSON(JSON.parse(JSON.stringify(encoder)));
    expect(again.encode(table)).toEqual(encoder.encode(table));
  });

  it("are what the task says", () => {
    expect(fitted(tableOf(x, numeric("y", [-1, 1, 1, -1])), { task: "regression" }).task).toBe("regression");
    expect(() => fitted(tableOf(x, numeric("y", [1, 2, 3, 1])), { task: "binary" })).toThrow("has 3 classes");
  });
});

describe("an encoder of version 4, whatever the table,", () => {
  const rows = 12;
  const cells = <T>(cell: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(cell, { minLength: rows, maxLength: rows });
  const time = fc.oneof(
    fc.constant(null),
    fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  );
  const column = (name: string): fc.Arbitrary<Column> =>
    fc.oneof(
      cells(fc.oneof(fc.double(), fc.constantFrom(0, -0, 1, 1e308, -1e308, Number.NaN))).map((v) => numeric(name, v)),
      cells(fc.constantFrom(0, 1, 2)).map((v) => numeric(name, v)),
      cells(fc.oneof(fc.constant(null), fc.constantFrom("a", "b", "c"), fc.string())).map((v) => categorical(name, v)),
      cells(time).map((v) => dates(name, v)),
    );

  it("gives finite numbers, scaled ones too, or an error that says why; and comes back from JSON the same", () => {
    const options = fc.record({ categories: fc.constantFrom("auto", "oneHot", "codes"), embeds: fc.boolean() });
    const any = fc.tuple(column("a"), column("b"), column("c"));
    fc.assert(
      fc.property(any, any, fc.oneof(column("y"), fc.constant(y(rows))), options, (columns, later, target, given) => {
        let encoder: TableEncoder;
        const table = tableOf(...columns, target);
        try {
          encoder = fitted(table, given);
        } catch (error) {
          if (!(error instanceof FormatError || error instanceof OptionError)) throw error;
          return;
        }
        const { X, Y } = encoder.encode(table);
        expect(X.rows).toBe(encoder.featureKinds.length);
        expect([...X.data, ...Y.data].every(Number.isFinite)).toBe(true);
        const normalizer = Normalizer.robust(X, { kinds: encoder.featureKinds });
        expect(normalizer.apply(X).data.every(Number.isFinite)).toBe(true);
        const again = TableEncoder.fromJSON(JSON.parse(JSON.stringify(encoder)));
        expect(again.toJSON()).toEqual(encoder.toJSON());
        expect(again.encodeFeatures(table)).toEqual(X);
        try {
          expect(encoder.encodeFeatures(tableOf(...later)).data.every(Number.isFinite)).toBe(true);
        } catch (error) {
          if (!(error instanceof FormatError)) throw error;
        }
      }),
      { numRuns: 300 },
    );
  });
});
