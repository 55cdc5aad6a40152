import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Matrix } from "../../../../src/array/matrix.js";
import { transpose } from "../../../../src/array/product.js";
import { FormatError } from "../../../../src/data/formatError.js";
import { arrayFormatOf } from "../../../../src/data/readers/arrays/arrayFormat.js";
import { type ArrayOptions, type ArrayTable, parseArrays } from "../../../../src/data/readers/arrays/parseArrays.js";
import { formatNpy, formatNpz } from "../../../../src/data/readers/npy.js";
import type { Table } from "../../../../src/data/table.js";
import { matFile } from "../../../cli/mat.js";
import { damaged, readsOrRejects } from "../hostile.js";
import { MatWriter } from "../matWriter.js";

const rowsOf = ({ rows, columns }: Table): unknown[][] =>
  Array.from({ length: rows }, (_, j) => columns.map(({ values }) => values[j]));
const notesOf = ({ notes }: ArrayTable): string[] => notes.map(({ message }) => message);
const X = [
  [1, 2],
  [3, 4],
  [5, 6],
];
const y = [[0], [1], [0]];
const transposed = (rows: readonly (readonly number[])[]): number[][] =>
  rows[0].map((_, j) => rows.map((row) => row[j]));
const examples = X.map((row, j) => [...row, ...y[j]]);

/** An .npy file of unsigned bytes with any shape, in C or Fortran order. */
function npyBytes(shape: readonly number[], numbers: readonly number[], fortran = false): Uint8Array {
  const order = fortran ? "True" : "False";
  const header = `{'descr': '|u1', 'fortran_order': ${order}, 'shape': (${shape.join(", ")},), }`.padEnd(117);
  return new Uint8Array([
    0x93,
    ...new TextEncoder().encode("NUMPY"),
    1,
    0,
    118,
    0,
    ...ascii(`${header}\n`),
    ...numbers,
  ]);
}
const ascii = (text: string): number[] => [...new TextEncoder().encode(text)];

const mat = (variables: Readonly<Record<string, readonly (readonly number[])[]>>, options?: ArrayOptions) =>
  parseArrays({ name: "data.mat", bytes: matFile(variables) }, options);
const npz = (arrays: Readonly<Record<string, readonly (readonly number[])[]>>) =>
  parseArrays({
    name: "data.npz",
    bytes: formatNpz(new Map(Object.entries(arrays).map(([name, rows]) => [name, Matrix.from(rows)]))),
  });

describe("arrayFormatOf()", () => {
  it("knows a MAT-file by its name", () => {
    expect(["a.mat", "b.MAT", "a.mat.csv", "mat"].map(arrayFormatOf)).toEqual(["mat", "mat", undefined, undefined]);
  });
});

describe("parseArrays() of a MAT-file", () => {
  it("takes an example a row or an example a column, whichever there is a label for", () => {
    const byRow = mat({ X, y });
    expect([rowsOf(byRow.table), byRow.notes]).toEqual([examples, []]);
    const byColumn = mat({ X: transposed(X), y: transposed(y) });
    expect(rowsOf(byColumn.table)).toEqual(examples);
    expect(notesOf(byColumn)).toEqual(["X is 2 × 3: an example a column"]);
    expect(rowsOf(mat({ X: transposed(X), y }).table)).toEqual(examples);
  });

  it("takes the orientation that a model's features fit where there are no labels", () => {
    const features = X.map((row) => [...row]);
    expect(rowsOf(mat({ X }, { features: 2 }).table)).toEqual(features);
    expect(rowsOf(mat({ X: transposed(X) }, { features: 2 }).table)).toEqual(features);
    expect(rowsOf(mat({ X }).table)).toEqual(features);
    // Neither fits: the rows are taken, and whoever has the model says what it expects.
    expect(mat({ X }, { features: 7 }).table.rows).toBe(3);
  });

  it("refuses a square matrix, in which an example may be a row or a column", () => {
    const square = [
      [1, 2],
      [3, 4],
    ];
    expect(() => mat({ X: square, y: [[0], [1]] })).toThrow(
      new FormatError(
        "data.mat: X is 2 × 2, so an example may be a row or a column; write a table: " +
          "writetable(array2table([X y(:)]), 'data.csv') where it is a row, and with X' where it is a column",
      ),
    );
    expect(() => mat({ X: square }, { features: 2 })).toThrow(
      "leave one example out, such as X(1:end-1, :) where it is a row and X(:, 1:end-1) where it is a column",
    );
  });

  it("names places and gives advice as MATLAB writes them", () => {
    expect(() => mat({ X, y: [[0, 1, 1, 0]] })).toThrow(
      "data.mat: X is 3 × 2, and there are 4 labels; expected one label",
    );
    expect(() =>
      mat({
        X: [
          [1, 2],
          [3, Number.NaN],
          [5, 6],
        ],
        y,
      }),
    ).toThrow("data.mat: entry (2, 2) of X is NaN");
    expect(() =>
      mat({
        X: transposed([
          [1, 2],
          [3, Infinity],
          [5, 6],
        ]),
        y,
      }),
    ).toThrow("entry (2, 2) of X is Infinity; replace it, or leave the column out");
    expect(() => mat({ X, y: [[0], [Number.NaN], [1]] })).toThrow("entry (2) of y is NaN");
    expect(() =>
      mat({
        X,
        y: [
          [0, 1],
          [1, 0],
          [0, 1],
        ],
      }),
    ).toThrow("such as [~, y] = max(Y, [], 2) of one-hot rows");
  });

  it("takes the fields of one struct, and refuses two", () => {
    const writer = new MatWriter(true);
    const struct = (name: string) =>
      writer.struct(name, {
        X: { name: "", shape: [3, 2], values: [1, 3, 5, 2, 4, 6] },
        y: { name: "", class: 9, shape: [3, 1], storage: 2, values: [0, 1, 0] },
      });
    const one = parseArrays({ name: "s.mat", bytes: writer.file([struct("data")]) });
    expect([rowsOf(one.table), notesOf(one)]).toEqual([examples, ["takes data.X as X and data.y as y"]]);
    const two = writer.file([struct("a"), struct("b")]);
    expect(() => parseArrays({ name: "s.mat", bytes: two })).toThrow(
      "s.mat: \"a.X\", \"b.X\" may each be the examples; save the struct to train on alone, such as save('one.mat', '-struct', 'a')",
    );
    const beside = writer.file([struct("a"), writer.variable({ name: "X", shape: [1, 2], values: [7, 8] })]);
    expect(notesOf(parseArrays({ name: "s.mat", bytes: beside }))).toEqual(['takes X, leaves "a" alone']);
  });

  it("takes labels of a file of their own: y, or the only array there is", () => {
    const file = { name: "X.mat", bytes: matFile({ X }) };
    for (const variables of [{ y, other: X }, { classes: y }]) {
      const labels = { name: "labels.mat", bytes: matFile(variables) };
      expect(rowsOf(parseArrays(file, { labels }).table)).toEqual(examples);
    }
    const neither = { name: "labels.mat", bytes: matFile({ a: y, b: y }) };
    expect(() => parseArrays(file, { labels: neither })).toThrow(
      'labels.mat: there is no array y of labels; the file has "a", "b"',
    );
  });

  it("reads the numbers that were written, whatever the orientation", () => {
    const cases = fc
      .tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }))
      .filter(([m, n]) => m !== n)
      .chain(([m, n]) =>
        fc.tuple(
          fc.array(fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: n, maxLength: n }), {
            minLength: m,
            maxLength: m,
          }),
          fc.boolean(),
        ),
      );
    fc.assert(
      fc.property(cases, ([rows, byColumn]) => {
        const labels = rows.map((_, j) => [j]);
        const { table } = mat({ X: byColumn ? transposed(rows) : rows, y: labels });
        expect(rowsOf(table)).toEqual(rows.map((row, j) => [...row, j]));
      }),
    );
  });
});

describe("parseArrays() of an archive", () => {
  it("takes X and y and leaves what else there is alone, unread", () => {
    const names = npyBytes([2, 2, 2, 2, 2], []); // damaged: nobody looks
    const bytes = formatNpz(
      new Map([
        ["X", Matrix.from(X)],
        ["y", Matrix.from(y)],
        ["Z", Matrix.from(y)],
      ]),
    );
    const read = parseArrays({ name: "data.npz", bytes });
    expect([rowsOf(read.table), notesOf(read)]).toEqual([examples, ['takes X and y, leaves "Z" alone']]);
    expect(() => parseArrays({ name: "names.npy", bytes: names })).toThrow(FormatError);
  });

  it.each([
    ["x_train", "y_train", "x_test"],
    ["trainX", "trainY", "testX"],
    ["Xtrain", "ytrain", "Xval"],
  ])("takes the training part %s, %s", (train, labels, other) => {
    const read = npz({ [other]: [[9]], [train]: X, [labels]: y });
    expect(rowsOf(read.table)).toEqual(examples);
    expect(notesOf(read)).toEqual([`takes ${train} as X and ${labels} as y, leaves "${other}" alone`]);
  });

  it("refuses two spellings of one name, and an archive without examples", () => {
    expect(() => npz({ x_train: X, X_train: X })).toThrow('"x_train", "X_train" may each be X; save one as X');
    expect(() => npz({ data: X })).toThrow(
      'data.npz: there is no array X; the file has "data". Save the examples as X',
    );
  });

  it("takes arrays of three and four dimensions for images", () => {
    const images = parseArrays({ name: "i.npy", bytes: npyBytes([2, 1, 2], [1, 2, 3, 4]) });
    expect([images.image, rowsOf(images.table)]).toEqual([
      "1x2",
      [
        [1, 2],
        [3, 4],
      ],
    ]);
    expect(images.table.columns.map(({ name }) => name)).toEqual(["p0_0", "p0_1"]);
    expect(() => parseArrays({ name: "i.npy", bytes: npyBytes([2, 1, 2], [1, 2, 3, 4], true) })).toThrow(
      "i.npy: the images are in Fortran's order; save them as numpy.ascontiguousarray(images)",
    );
    const matrix = parseArrays({ name: "m.npy", bytes: npyBytes([3, 2], [1, 3, 5, 2, 4, 6], true) });
    expect(rowsOf(matrix.table)).toEqual(X);
  });
});

describe("parseArrays()", () => {
  it("gives columns that lie one after the other in one buffer", () => {
    for (const file of [
      { name: "a.npy", bytes: formatNpy(Matrix.from(X)) },
      { name: "a.mat", bytes: matFile({ X }) },
      { name: "a.mat", bytes: matFile({ X: transpose(Matrix.from(X)).toArray() }) },
    ]) {
      const { columns } = parseArrays(file, { features: 2 }).table;
      const places = columns.map(({ values }) => (values instanceof Float64Array ? values.byteOffset : Number.NaN));
      expect(places[1] - places[0]).toBe(3 * 8);
    }
  });

  it("reads or rejects whatever is in an archive or a MAT-file, with the file's name", () => {
    const writer = new MatWriter(false);
    const struct = writer.struct("d", {
      X: { name: "", shape: [2, 1], values: [1, 2] },
      y: { name: "", shape: [1, 2], values: [0, 1] },
    });
    const files = [
      { name: "a.mat", bytes: matFile({ X, y }) },
      { name: "b.mat", bytes: writer.file([writer.compressed(struct), struct.slice(0, 0)]) },
      { name: "c.mat", bytes: writer.file([struct]) },
      {
        name: "d.npz",
        bytes: formatNpz(
          new Map([
            ["x_train", Matrix.from(X)],
            ["other", Matrix.from(y)],
          ]),
        ),
      },
      { name: "e.npy", bytes: npyBytes([2, 2, 2], [1, 2, 3, 4, 5, 6, 7, 8]) },
    ];
    for (const { name, bytes } of files) {
      fc.assert(
        fc.property(
          damaged([bytes]),
          fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
          (broken, features) =>
            readsOrRejects(() => {
              const options = features === undefined ? {} : { features };
              const { table } = parseArrays({ name, bytes: broken }, options);
              for (const { values } of table.columns) {
                expect(values.length).toBe(table.rows);
                expect(values.every((value) => Number.isFinite(value))).toBe(true);
              }
            }),
        ),
        { numRuns: 300 },
      );
    }
  });
});
