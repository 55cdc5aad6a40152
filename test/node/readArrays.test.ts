import { writeFileSync } from "node:fs";
import fc from "fast-check";
import { gzipSync } from "fflate";
import { afterAll, describe, expect, it } from "vitest";
import { Matrix } from "../../src/array/matrix.js";
import { FormatError } from "../../src/data/formatError.js";
import { formatNpz } from "../../src/data/readers/npy.js";
import type { Table } from "../../src/data/table.js";
import { FileError } from "../../src/node/fileError.js";
import { isArrayFile, readArrays } from "../../src/node/readArrays.js";
import { readTable } from "../../src/node/readTable.js";
import { idx, npy } from "../cli/arrays.js";
import { TestFolder } from "../cli/tables.js";
import { expectData } from "../constraint/catalogues.js";
import { damaged } from "../data/readers/hostile.js";

const folder = new TestFolder();
afterAll(() => folder.remove());

const namesOf = ({ columns }: Table): string[] => columns.map(({ name }) => name);
const rowsOf = ({ rows, columns }: Table): unknown[][] =>
  Array.from({ length: rows }, (_, j) => columns.map(({ values }) => values[j]));

describe("isArrayFile()", () => {
  it.each([
    ["X.npy", true],
    ["both.NPZ", true],
    ["train-images-idx3-ubyte", true],
    ["train-images-idx3-ubyte.gz", true],
    ["train-images.idx3-ubyte", true],
    ["t10k-labels.idx1-ubyte.gz", true],
    ["images.idx", true],
    ["data.csv", false],
    ["idx.csv", false],
    ["idx3.npy.csv", false],
    ["npy", false],
    ["data.idx/points.csv", false],
  ])("of %s is %s", (path, expected) => {
    expect(isArrayFile(path)).toBe(expected);
  });
});

describe("readArrays()", () => {
  it("takes the rows of a .npy file for examples", async () => {
    const X = folder.file(
      "X.npy",
      npy([
        [1, 2, 3],
        [4, 5, 6],
      ]),
    );
    const y = folder.file("y.npy", npy([[7], [8]]));
    const { table, image, classes } = await readArrays(X, { labels: y });
    expect([namesOf(table), rowsOf(table)]).toEqual([
      ["x0", "x1", "x2", "label"],
      [
        [1, 2, 3, 7],
        [4, 5, 6, 8],
      ],
    ]);
    expect([image, classes]).toEqual([undefined, false]);
    // A one-dimensional array of labels is a row to the reader.
    const row = folder.file("row.npy", npy([[7, 8]]));
    expect((await readArrays(X, { labels: row })).table).toEqual(table);
    expect(namesOf((await readArrays(X)).table)).toEqual(["x0", "x1", "x2"]);
  });

  it("takes X and y from an archive", async () => {
    const arrays = new Map([
      [
        "X",
        Matrix.from([
          [1, 2],
          [3, 4],
        ]),
      ],
      ["y", Matrix.row([0, 1])],
    ]);
    const both = folder.file("both.npz", formatNpz(arrays));
    const { table } = await readArrays(both);
    expect([namesOf(table), rowsOf(table)]).toEqual([
      ["x0", "x1", "label"],
      [
        [1, 2, 0],
        [3, 4, 1],
      ],
    ]);
    const y = folder.file("other.npy", npy([[0], [1]]));
    await expect(readArrays(both, { labels: y })).rejects.toThrow(
      "both.npz holds the labels itself, as y; leave other.npy out",
    );
    const labelled = await readArrays(y, { labels: both });
    expect(rowsOf(labelled.table)).toEqual([
      [0, 0],
      [1, 1],
    ]);
    const wrong = folder.file("wrong.npz", formatNpz(new Map([["data", Matrix.row([1, 2])]])));
    await expect(readArrays(wrong)).rejects.toThrow('wrong.npz: there is no array X; the file has "data"');
  });

  it("takes the first index of an IDX file for the examples, and names pixels by their place", async () => {
    const labels = folder.file("labels.idx1-ubyte", idx([2], [9, 0]));
    const grey = folder.file("grey.idx3-ubyte.gz", gzipSync(idx([2, 1, 2], [1, 2, 3, 4])));
    const { table, image, classes } = await readArrays(grey, { labels: labels });
    expect([namesOf(table), rowsOf(table)]).toEqual([
      ["p0_0", "p0_1", "label"],
      [
        [1, 2, 9],
        [3, 4, 0],
      ],
    ]);
    expect([image, classes]).toEqual(["1x2", true]);
    const colour = await readArrays(folder.file("colour.idx4-ubyte", idx([1, 2, 1, 3], [1, 2, 3, 4, 5, 6])));
    expect(namesOf(colour.table)).toEqual(["p0_0_0", "p0_0_1", "p0_0_2", "p1_0_0", "p1_0_1", "p1_0_2"]);
    expect(colour.image).toBe("2x1x3");
    const flat = await readArrays(folder.file("flat.idx", idx([2, 2], [1, 2, 3, 4])));
    expect([namesOf(flat.table), flat.image]).toEqual([["x0", "x1"], undefined]);
  });

  it.each([
    ["labels for images", "one dimension, as labels have", idx([2], [0, 1]), idx([2], [0, 1])],
    [
      "images for labels",
      "labels have one dimension, these numbers 3 (2 × 1 × 1)",
      idx([2, 1, 1], [0, 1]),
      idx([2, 1, 1], [0, 1]),
    ],
    [
      "labels of another length",
      "images.idx has 2 examples, labels.idx 3 labels; expected one label per example",
      idx([2, 1, 1], [0, 1]),
      idx([3], [0, 1, 2]),
    ],
    [
      "floating-point labels",
      "labels.idx: labels of an IDX file are the whole numbers of classes",
      idx([2, 1, 1], [0, 1]),
      idx([2], [0, 1], 0x0d),
    ],
    ["channels first", "their channels seem to come first", idx([1, 3, 1, 5], new Uint8Array(15)), idx([1], [0])],
    ["five dimensions", "the array has 5 dimensions", idx([1, 1, 1, 1, 1], [0]), idx([1], [0])],
    [
      "pixels that are no numbers",
      "images.idx: entry [1, 0] is NaN",
      idx([2, 1, 1], [0, Number.NaN], 0x0d),
      idx([2], [0, 1]),
    ],
  ])("refuses %s", async (_, message, images, labels) => {
    const read = readArrays(folder.file("images.idx", images), { labels: folder.file("labels.idx", labels) });
    await expect(read).rejects.toThrow(FormatError);
    await expect(read).rejects.toThrow(message);
  });

  it.each([
    [
      "one-hot labels",
      "y.npy: the array is 2 × 2; expected one label per example, such as labels.argmax(axis=1)",
      [
        [1, 2],
        [3, 4],
      ],
      [
        [0, 1],
        [1, 0],
      ],
    ],
    [
      "examples as columns",
      "transpose the array",
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
      [[0, 1, 0]],
    ],
    ["infinite features", "X.npy: entry [1, 0] is Infinity", [[1], [Number.POSITIVE_INFINITY]], [[0], [1]]],
    ["missing labels", "y.npy: entry [1] is NaN", [[1], [2]], [[0], [Number.NaN]]],
  ])("refuses %s", async (_, message, X, y) => {
    const read = readArrays(folder.file("X.npy", npy(X)), { labels: folder.file("y.npy", npy(y)) });
    await expect(read).rejects.toThrow(FormatError);
    await expect(read).rejects.toThrow(message);
  });

  it("names a file of another kind, and one that is not there", async () => {
    const csv = folder.file("labels.csv", "label\n1\n");
    const X = folder.file("X.npy", npy([[1]]));
    await expect(readArrays(X, { labels: csv })).rejects.toThrow(
      `${csv} is no file of arrays; expected .npy, .npz, .mat or IDX`,
    );
    await expect(readArrays(folder.join("none.npy"))).rejects.toThrow(FileError);
    await expect(readTable(folder.file("i.idx", idx([1], [1])))).rejects.toThrow('parseIdx of "gradproof/idx"');
  });

  it("rejects damaged files with a message, whatever they hold", async () => {
    const files = {
      ".npy": npy([
        [1, 2],
        [3, 4],
      ]),
      ".npz": formatNpz(
        new Map([
          ["X", Matrix.from([[1], [2]])],
          ["y", Matrix.row([0, 1])],
        ]),
      ),
      ".idx": idx([2, 2, 2], [1, 2, 3, 4, 5, 6, 7, 8]),
    };
    const file = fc
      .constantFrom(...(Object.keys(files) as (keyof typeof files)[]))
      .chain((name) => damaged([files[name]]).map((bytes) => ({ name, bytes })));
    await fc.assert(
      fc.asyncProperty(file, async ({ name, bytes }) => {
        const path = folder.join(`damaged${name}`);
        writeFileSync(path, bytes);
        try {
          const { table } = await readArrays(path);
          // What is read is whole: every column has a finite number a row.
          for (const { values } of table.columns) {
            expect(values.length).toBe(table.rows);
            for (const value of values) expect(Number.isFinite(value)).toBe(true);
          }
        } catch (error) {
          if (!(error instanceof FormatError)) throw error;
          expectData(error);
          expect(error.message).toContain(`damaged${name}`);
        }
      }),
      { numRuns: 300 },
    );
  });
});
