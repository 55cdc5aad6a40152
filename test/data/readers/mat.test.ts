import { existsSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Matrix } from "../../../src/array/matrix.js";
import { FormatError } from "../../../src/data/formatError.js";
import { parseMat } from "../../../src/data/readers/mat.js";
import { fixture } from "./fixture.js";
import { damaged, readsOrRejects } from "./hostile.js";
import { join, MatWriter } from "./matWriter.js";

const little = new MatWriter(true);
const big = new MatWriter(false);

/** What make.py put in. */
const expected: Record<string, number[][]> = {
  double: [
    [1, 2.5, -3],
    [4, 1e-300, 0.1],
  ],
  single: [[Math.fround(0.1), -2.5]],
  int8: [[-128, 127]],
  uint8: [[0], [255]],
  int16: [[-32768]],
  uint16: [[65535]],
  int32: [[-(2 ** 31)]],
  uint32: [[2 ** 32 - 1]],
  int64: [[-(2 ** 53)]],
  uint64: [[2 ** 53]],
  logical: [[1, 0, 1]],
};

describe("parseMat()", () => {
  it.each(["plain.mat", "compressed.mat"])("reads the numeric variables of %s and passes over the others", (name) => {
    const variables = parseMat(fixture(name));
    expect(Object.fromEntries([...variables].map(([key, matrix]) => [key, matrix.toArray()]))).toEqual(expected);
    expect(variables.get("single")?.dtype).toBe("float32");
    expect(variables.get("double")?.dtype).toBe("float64");
    expect(variables.get("int8")?.dtype).toBe("float64");
  });

  it("reads the variables asked for and no others", () => {
    expect([...parseMat(fixture("plain.mat"), ["uint8", "double"]).keys()]).toEqual(["double", "uint8"]);
  });

  it.each([
    ["text", "text", ", such as double(categorical(cellstr(text))) of the names of classes"],
    ["cell", "a cell array", ", such as cell2mat(cell) of numbers, double(categorical(cell)) of the names of classes"],
    ["struct", "a struct", ", such as one of its fields after save('fields.mat', '-struct', 'struct')"],
    ["sparse", "a sparse matrix", ", such as full(sparse)"],
    ["complex", "complex numbers", ", such as real(complex) or abs(complex)"],
    ["cube", "an array of 3 dimensions", ", such as reshape(cube, [], size(cube, 3)) with an example a column"],
    ["nothing", "an empty array, 0 × 3", ""],
  ])("says what %s is when it is asked for, and what MATLAB makes a matrix of it", (name, what, advice) => {
    expect(() => parseMat(fixture("plain.mat"), [name])).toThrow(
      new FormatError(`MAT-file: variable "${name}" is ${what}; expected a real matrix${advice}`),
    );
  });

  it.each([little, big])("reads fields of a struct where they are asked for", (writer) => {
    const X = { name: "", shape: [2, 2], values: [1, 2, 3, 4] };
    const struct = writer.struct("data", { X, title: { name: "", class: 4, shape: [1, 1], storage: 4, values: [65] } });
    const file = writer.file([writer.compressed(struct), writer.variable({ name: "y", shape: [1, 1], values: [5] })]);
    expect(parseMat(file, ["data.X", "y"])).toEqual(
      new Map([
        ["y", Matrix.from([[5]])],
        [
          "data.X",
          Matrix.from([
            [1, 3],
            [2, 4],
          ]),
        ],
      ]),
    );
    expect([...parseMat(file).keys()]).toEqual(["y"]);
    expect(() => parseMat(file, ["data.title"])).toThrow('MAT-file: variable "data.title" is text');
    expect(() => parseMat(file, ["data.Y"])).toThrow('MAT-file: no variable "data.Y"');
  });

  it("names the variables there are when one is missing", () => {
    const file = little.file([
      little.variable({ name: "Xval", shape: [1, 1], values: [1] }),
      little.variable({ name: "y", shape: [1, 1], values: [1] }),
    ]);
    expect(() => parseMat(file, ["y", "Xvla"])).toThrow(
      new FormatError('MAT-file: no variable "Xvla"; the file has "Xval", "y". Did you mean "Xval"?'),
    );
    expect(() => parseMat(little.file([]), ["X"])).toThrow(
      new FormatError('MAT-file: no variable "X"; the file has none'),
    );
  });

  it("says what there is when nothing can be read", () => {
    const file = little.file([little.variable({ name: "t", class: 4, shape: [1, 1], storage: 4, values: [65] })]);
    expect(() => parseMat(file)).toThrow('MAT-file: variable "t" is text; expected a real matrix');
  });

  it("reads a file without variables as none", () => {
    expect(parseMat(little.file([])).size).toBe(0);
  });

  it("passes over MATLAB's own data about objects, which have no name", () => {
    const own = little.variable({ name: "", class: 9, shape: [1, 1], storage: 2, values: [1] });
    expect(parseMat(little.file([own, own])).size).toBe(0);
  });

  it("reads any other logical than 0 as 1", () => {
    const file = little.file([
      little.variable({ name: "x", class: 9, flags: 2, shape: [1, 3], storage: 2, values: [0, 1, 5] }),
    ]);
    expect(parseMat(file).get("x")?.toArray()).toEqual([[0, 1, 1]]);
  });

  it("reads numbers stored in a smaller type than their class", () => {
    const file = big.file([big.variable({ name: "x", class: 7, shape: [1, 3], storage: 3, values: [1, -2, 300] })]);
    const x = parseMat(file).get("x");
    expect(x?.toArray()).toEqual([[1, -2, 300]]);
    expect(x?.dtype).toBe("float32");
  });

  it("holds names such as __proto__ to be names", () => {
    const file = little.file([little.variable({ name: "__proto__", shape: [1, 1], values: [5] })]);
    expect(parseMat(file).get("__proto__")?.toArray()).toEqual([[5]]);
  });

  it("reads what is written, in both byte orders, compressed or not", () => {
    const storages: [number, fc.Arbitrary<number>][] = [
      [9, fc.double()],
      [7, fc.float()],
      [5, fc.integer()],
      [3, fc.integer({ min: -32768, max: 32767 })],
      [1, fc.integer({ min: -128, max: 127 })],
    ];
    const variable = fc
      .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }), fc.constantFrom(...storages))
      .chain(([rows, columns, [storage, number]]) =>
        fc.record({
          rows: fc.constant(rows),
          columns: fc.constant(columns),
          storage: fc.constant(storage),
          values: fc.array(number, { minLength: rows * columns, maxLength: rows * columns }),
          compressed: fc.boolean(),
        }),
      );
    fc.assert(
      fc.property(fc.boolean(), fc.array(variable, { maxLength: 4 }), (isLittle, variables) => {
        const writer = isLittle ? little : big;
        const elements = variables.map(({ rows, columns, storage, values, compressed }, i) => {
          const element = writer.variable({ name: `variable${i}`, shape: [rows, columns], storage, values });
          return compressed ? writer.compressed(element) : element;
        });
        const read = parseMat(writer.file(elements));
        expect(read.size).toBe(variables.length);
        for (const [i, { rows, columns, values }] of variables.entries()) {
          // values holds column after column: entry (r, c) is values[c · rows + r].
          const rowMajor = Array.from({ length: rows }, (_, r) =>
            Array.from({ length: columns }, (_, c) => values[c * rows + r]),
          );
          expect(read.get(`variable${i}`)).toEqual(Matrix.from(rowMajor));
        }
      }),
    );
  });
});

describe("parseMat() rejects", () => {
  const one = little.variable({ name: "x", shape: [1, 1], values: [1] });
  /** The file with one variable x, changed at a byte of that variable. */
  const changed = (at: number, ...bytes: number[]): Uint8Array => {
    const file = little.file([one]);
    file.set(bytes, 128 + at);
    return file;
  };
  // The variable: its tag at 0, flags at 8, dimensions at 24, the name (short) at 40, the numbers at 48.
  it.each<[string, Uint8Array, string]>([
    [
      "an empty file",
      new Uint8Array(0),
      "MAT-file: byte 0: the header needs 124 bytes but 0 are left; the file is truncated or damaged",
    ],
    [
      "another file",
      new TextEncoder().encode("x,y\n".repeat(100)),
      "MAT-file: byte 124: expected version 1.0 and the mark MI or IM; this is no MAT-file of version 5 to 7",
    ],
    [
      "version 4",
      fixture("version4.mat"),
      "MAT-file: version 4, or no MAT-file at all; if it is one, save it again with save(…, '-v7')",
    ],
    [
      "version 7.3",
      join(
        new TextEncoder().encode("MATLAB 7.3 MAT-file".padEnd(512)),
        new Uint8Array([0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a]),
      ),
      "MAT-file: version 7.3 (HDF5) is not supported; save it again with save(…, '-v7')",
    ],
    [
      "a variable of a huge claimed length",
      changed(4, 0xff, 0xff, 0xff, 0xff),
      "MAT-file: byte 136: an element needs 4294967295 bytes but 56 are left; the file is truncated or damaged",
    ],
    [
      "a truncated file",
      little.file([one]).subarray(0, 180),
      "MAT-file: byte 136: an element needs 56 bytes but 44 are left; the file is truncated or damaged",
    ],
    [
      "an element that is no variable",
      changed(0, 9),
      "MAT-file: byte 128: expected a variable, got an element of type 9; the file is damaged",
    ],
    [
      "a short element that is too long",
      changed(2, 5),
      "MAT-file: byte 128: a short element holds at most 4 bytes, not 5",
    ],
    [
      "flags of the wrong type",
      changed(8, 5),
      "MAT-file: byte 152: expected the flags of a variable; the file is damaged",
    ],
    ["an unknown class", changed(16, 99), 'MAT-file: byte 176: variable "x" is of the unknown class 99'],
    [
      "dimensions of the wrong type",
      changed(24, 9),
      "MAT-file: byte 168: expected the dimensions of a variable; the file is damaged",
    ],
    [
      "a single dimension",
      changed(28, 4),
      "MAT-file: byte 168: expected the dimensions of a variable; the file is damaged",
    ],
    ["a negative dimension", changed(35, 0xff), "MAT-file: byte 168: a dimension is negative: -16777215 × 1"],
    [
      "a name of the wrong type",
      changed(40, 9),
      "MAT-file: byte 176: expected the name of a variable; the file is damaged",
    ],
    [
      "a huge claimed shape",
      changed(32, 0xff, 0xff, 0xff, 0x7f, 0xff, 0xff, 0xff, 0x7f),
      'MAT-file: byte 192: variable "x" is 2147483647 × 2147483647 but has 1 numbers; the file is damaged',
    ],
    ["numbers of no type", changed(48, 16), 'MAT-file: byte 192: variable "x" has no numbers; the file is damaged'],
    [
      "numbers that are cut short",
      changed(52, 7),
      'MAT-file: byte 192: variable "x" is 1 × 1 but has 0.875 numbers; the file is damaged',
    ],
    ["two variables of one name", little.file([one, one]), 'MAT-file: byte 192: two variables are named "x"'],
    [
      "an integer that float64 cannot hold",
      little.file([
        little.element(
          14,
          join(
            little.element(6, little.numbers(6, [14, 0])),
            little.element(5, little.numbers(5, [1, 1])),
            little.element(1, new TextEncoder().encode("x")),
            little.element(12, new Uint8Array([1, 0, 0, 0, 0, 0, 0x20, 0])),
          ),
        ),
      ]),
      "MAT-file: byte 184: the integer 9007199254740993 cannot be held exactly by a 64-bit float",
    ],
    [
      "compressed data without a zlib header",
      little.file([join(little.numbers(6, [15, 8]), new Uint8Array(8))]),
      "MAT-file: byte 128: the compressed data do not begin with a zlib header",
    ],
    [
      "compressed data that need a dictionary",
      // 0x7820 is a multiple of 31, so the header is valid but for the dictionary it asks for.
      little.file([join(little.numbers(6, [15, 8]), new Uint8Array([0x78, 0x20, 0, 0, 0, 0, 0, 0]))]),
      "MAT-file: byte 128: the compressed data do not begin with a zlib header",
    ],
    [
      "compressed data that are too short",
      little.file([join(little.numbers(6, [15, 5]), new Uint8Array(5))]),
      "MAT-file: byte 128: a zlib stream has at least 6 bytes, got 5",
    ],
    [
      "a compressed element with its checksum changed",
      little.file([little.compressed(one).map((byte, i, all) => (i === all.length - 1 ? byte ^ 1 : byte))]),
      "MAT-file: byte 128: the compressed data do not match their checksum; the file is damaged",
    ],
    [
      "a compressed element in another",
      little.file([little.compressed(little.compressed(one))]),
      "MAT-file: byte 128: expected a variable, got an element of type 15; the file is damaged",
    ],
    [
      "a compressed element that is cut short within",
      little.file([little.compressed(one.subarray(0, 40))]),
      "MAT-file, inside the compressed element at byte 128: byte 8: an element needs 56 bytes but 32 are left; the file is truncated or damaged",
    ],
  ])("%s", (_, file, message) => {
    expect(() => parseMat(file)).toThrow(new FormatError(message));
  });

  it("nothing but with a FormatError, whatever the bytes", () => {
    const x = big.variable({ name: "longer name", shape: [2, 2], storage: 5, values: [1, 2, 3, 4] });
    const files = [
      fixture("plain.mat"),
      fixture("compressed.mat"),
      little.file([one, little.compressed(one)]),
      big.file([x, big.compressed(x)]),
      little.file([little.struct("s", { X: { name: "", shape: [1, 2], values: [1, 2] } })]),
    ];
    fc.assert(
      fc.property(damaged(files), (file) => {
        readsOrRejects(() => parseMat(file));
        readsOrRejects(() => parseMat(file, ["s.X"]));
      }),
      { numRuns: 3000 },
    );
    fc.assert(fc.property(fc.uint8Array(), (rest) => readsOrRejects(() => parseMat(join(little.file([]), rest)))));
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (file) => readsOrRejects(() => parseMat(file))));
    // Damage below the compression, where a checksum no longer guards.
    fc.assert(
      fc.property(damaged([one, x]), fc.boolean(), (element, isLittle) => {
        const writer = isLittle ? little : big;
        readsOrRejects(() => parseMat(writer.file([writer.compressed(element)])));
      }),
      { numRuns: 1000 },
    );
  });
});

// The points may not be redistributed, so this file lies beside the project where it is at all.
const football = new URL("../../../../shared/data/football.mat", import.meta.url);
const course = new URL("../../../../shared/reference/course.json", import.meta.url);
const hasFootball = existsSync(football) && existsSync(course);
if (!hasFootball) console.log("skipped: ../shared/data/football.mat or ../shared/reference/course.json is not there");

describe.skipIf(!hasFootball)("parseMat() on football.mat", () => {
  it("gives the points that NumPy 1.24 and SciPy gave course.json", () => {
    const variables = parseMat(new Uint8Array(readFileSync(football)), ["X", "y", "Xval", "yval"]);
    const reference = JSON.parse(readFileSync(course, "utf8")).football;
    const transposed = (name: string): number[][] => {
      const matrix = variables.get(name)?.toArray() ?? [];
      return matrix[0].map((_, j) => matrix.map((row) => row[j]));
    };
    expect(transposed("X")).toEqual(reference.trainX);
    expect(transposed("y")).toEqual(reference.trainY);
    expect(transposed("Xval")).toEqual(reference.testX);
    expect(transposed("yval")).toEqual(reference.testY);
  });
});
