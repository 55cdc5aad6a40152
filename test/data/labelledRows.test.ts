import { describe, expect, it } from "vitest";
import { FormatError } from "../../src/data/formatError.js";
import { labelledRows, numberedAsWhole } from "../../src/data/labelledRows.js";
import { parseCsv } from "../../src/data/readers/csv.js";
import type { Table } from "../../src/data/table.js";
import { TableEncoder } from "../../src/data/tableEncoder.js";
import { prepare } from "../../src/pipeline/prepare.js";

/** Forty rows, of which every tenth has no target. */
const table = parseCsv(
  [
    "x,colour,y",
    ...Array.from({ length: 40 }, (_, i) => `${i},${i % 3 === 0 ? "red" : "blue"},${i % 10 === 4 ? "" : i % 2}`),
  ].join("\n"),
);

describe("labelledRows", () => {
  it("leaves out the rows without a target, and says where the others stood", () => {
    const labelled = labelledRows(table, "y");
    expect([labelled.rows, labelled.partOf?.rows]).toEqual([36, 40]);
    expect(Array.from(labelled.partOf?.numbers ?? []).slice(0, 6)).toEqual([1, 2, 3, 4, 6, 7]);
    expect(labelled.columns[0].values.slice(3, 6)).toEqual(Float64Array.of(3, 5, 6));
    expect(labelled.columns[1].values.slice(3, 6)).toEqual(["red", "blue", "red"]);
    // Rows of rows: the numbers are those of the whole table.
    const again = labelledRows(
      {
        ...labelled,
        columns: labelled.columns.map((c) => (c.name === "x" ? { ...c, values: gap(c.values) } : c)),
      } as Table,
      "x",
    );
    expect([again.rows, again.partOf?.rows, again.partOf?.numbers[4]]).toEqual([35, 40, 7]);
  });

  it("is the table itself where every row has one, none has, or no column is called so", () => {
    expect(labelledRows(table, "x")).toBe(table);
    expect(labelledRows(table, "z")).toBe(table);
    const empty = parseCsv("x,y\n1,\n2,\n");
    expect(labelledRows(empty, "y")).toBe(empty);
  });

  it("is what a configuration of today trains on; up to version 3 a missing target is an error", () => {
    expect(prepare(table, { data: { target: "y" } }).train.X.columns).toBe(36);
    expect(() => prepare(table, { version: 3, data: { target: "y" } })).toThrow(
      'row 5, column "y": the target is missing',
    );
    expect(() => TableEncoder.fit(table, { target: "y", version: 4 })).toThrow("the target is missing");
  });

  it("keeps the numbers of rows in errors", () => {
    const far = {
      ...table,
      columns: table.columns.map((c) => (c.name === "x" ? { ...c, values: farAt(c.values, 30) } : c)),
    };
    let thrown: unknown;
    try {
      prepare(far as Table, { data: { target: "y" } });
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(FormatError);
    const error = thrown as FormatError;
    expect(error.message).toMatch(/^row 31, column "x": /);
    expect(error.message).not.toMatch(/row 28/);
    expect(error.details.at?.[0]).toMatchObject({ numbers: { row: 31 } });
    const other = new RangeError("of something else");
    expect(() =>
      numberedAsWhole(labelledRows(table, "y"), () => {
        throw other;
      }),
    ).toThrow(other);
  });
});

function gap(values: ArrayLike<number | string | null>): Float64Array {
  return Float64Array.from(values as ArrayLike<number>, (value, i) => (i === 0 ? Number.NaN : value));
}

function farAt(values: ArrayLike<number | string | null>, at: number): Float64Array {
  return Float64Array.from(values as ArrayLike<number>, (value, i) => (i === at ? Number.POSITIVE_INFINITY : value));
}
