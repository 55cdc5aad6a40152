import fc from "fast-check";
import { zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { Matrix } from "../../../src/array/matrix.js";
import { FormatError } from "../../../src/data/formatError.js";
import { formatNpy, formatNpz, parseNpy, parseNpz } from "../../../src/data/readers/npy.js";
import { fixture } from "./fixture.js";
import { damaged, readsOrRejects } from "./hostile.js";

const A = [
  [1, 2.5, -3],
  [4, 1e-300, 0.1],
];

/** An .npy file with any header. */
function npy(header: string, data: ArrayLike<number> = [], version = 1): Uint8Array {
  const text = new TextEncoder().encode(header);
  const length = version === 1 ? [text.length & 255, text.length >> 8] : [text.length & 255, text.length >> 8, 0, 0];
  return new Uint8Array([
    0x93,
    ...new TextEncoder().encode("NUMPY"),
    version,
    0,
    ...length,
    ...text,
    ...Array.from(data),
  ]);
}

describe("parseNpy()", () => {
  it.each([
    ["float64.npy", A],
    ["fortran.npy", A],
    ["version2.npy", A],
    ["version3.npy", A],
    ["float32.npy", [[Math.fround(0.1), -2.5]]],
    [
      "bigEndian.npy",
      [
        [1, -2],
        [300, -32768],
      ],
    ],
    ["int64.npy", [[-1, 2 ** 53, 7]]],
    ["bool.npy", [[1, 0]]],
    ["scalar.npy", [[0.1]]],
  ])("reads %s", (name, expected) => {
    expect(parseNpy(fixture(name)).toArray()).toEqual(expected);
  });

  it("keeps float32 and makes everything else float64", () => {
    expect(parseNpy(fixture("float32.npy")).dtype).toBe("float32");
    expect(parseNpy(fixture("bigEndian.npy")).dtype).toBe("float64");
  });

  it("reads a view into a larger buffer, as Node's small files are", () => {
    const file = fixture("float64.npy");
    const buffer = new Uint8Array(file.length + 3);
    buffer.set(file, 3);
    expect(parseNpy(buffer.subarray(3)).toArray()).toEqual(A);
  });

  it("reads headers written by others: other order, quotes and blanks, no trailing comma", () => {
    const header = `{ "shape":(1,2) ,"descr" : "|u1", 'fortran_order':True}  \n`;
    expect(parseNpy(npy(header, [7, 8])).toArray()).toEqual([[7, 8]]);
  });

  it("reads any true byte of a boolean array as 1", () => {
    expect(parseNpy(npy("{'descr': '|b1', 'fortran_order': False, 'shape': (2,)}", [0, 2])).toArray()).toEqual([
      [0, 1],
    ]);
  });

  const of = (entries: string, data: number[] = []): Uint8Array => npy(`{${entries}}`, data);
  it.each<[string, Uint8Array, string]>([
    ["an empty file", new Uint8Array(0), ".npy: byte 0: the file does not begin with \\x93NUMPY; it is no .npy file"],
    [
      "another file",
      new TextEncoder().encode("x,y\n1,2\n"),
      ".npy: byte 0: the file does not begin with \\x93NUMPY; it is no .npy file",
    ],
    [
      "a truncated header",
      fixture("float64.npy").subarray(0, 60),
      ".npy: byte 10: the header needs 118 bytes but 50 are left; the file is truncated or damaged",
    ],
    [
      "truncated data",
      fixture("float64.npy").subarray(0, 170),
      ".npy: byte 128: an array of 2 × 3 needs 48 bytes but 42 follow; the file is damaged",
    ],
    [
      "data behind the array",
      new Uint8Array([...fixture("float64.npy"), 0]),
      ".npy: byte 128: an array of 2 × 3 needs 48 bytes but 49 follow; the file is damaged",
    ],
    ["version 4", npy("{}", [], 4), ".npy: byte 6: version 4.0 is unknown; expected 1.0, 2.0 or 3.0"],
    [
      "a huge header",
      npy(" ".repeat(10_001), [], 2),
      ".npy: byte 12: the header is 10001 bytes long; expected at most 10,000",
    ],
    [
      "a huge claimed shape",
      of("'descr': '<f8', 'fortran_order': False, 'shape': (999999999999999, 999999999999999)"),
      ".npy: byte 95: an array of 999999999999999 × 999999999999999 needs 7.999999999999984e+30 bytes but 0 follow; the file is damaged",
    ],
    [
      "an empty array",
      of("'descr': '<f8', 'fortran_order': False, 'shape': (0, 3)"),
      ".npy: byte 67: the array is empty, 0 × 3",
    ],
    [
      "pickled objects",
      fixture("objects.npy"),
      ".npy: byte 128: dtype \"|O\" is not supported; expected real numbers, such as array.astype('float64')",
    ],
    [
      "no byte order",
      of("'descr': '|f8', 'fortran_order': False, 'shape': (1,)", [0, 0, 0, 0, 0, 0, 0, 0]),
      ".npy: byte 65: dtype \"|f8\" is not supported; expected real numbers, such as array.astype('float64')",
    ],
    [
      "three dimensions",
      fixture("threeDimensions.npy"),
      ".npy: byte 128: the array has 3 dimensions; expected at most 2, such as array.reshape(len(array), -1)",
    ],
    [
      "records",
      fixture("records.npy"),
      ".npy: byte 11: the header is no dictionary of descr, fortran_order and shape, or it describes records",
    ],
    [
      "an integer that float64 cannot hold",
      fixture("uint64.npy"),
      ".npy: byte 128: the integer 9007199254740993 cannot be held exactly by a 64-bit float",
    ],
    ["a negative dimension", of("'shape': (-1,)"), ".npy: byte 11: the shape (-1,) is no tuple of whole numbers"],
    ["a fractional dimension", of("'shape': (1.5,)"), ".npy: byte 11: the shape (1.5,) is no tuple of whole numbers"],
    [
      "a missing entry",
      of("'descr': '<f8', 'shape': (1,)"),
      ".npy: byte 10: the header lacks descr, fortran_order or shape",
    ],
    [
      "an entry given twice",
      of("'shape': (1,), 'shape': (2,)"),
      ".npy: byte 26: the entry \"'shape': (2,)\" of the header is unknown, repeated or of the wrong type",
    ],
    [
      "an unknown entry",
      of("'__proto__': (1,)"),
      ".npy: byte 11: the entry \"'__proto__': (1,)\" of the header is unknown, repeated or of the wrong type",
    ],
    ["no dictionary", npy("import os"), ".npy: byte 10: the header is no Python dictionary"],
    ["text behind the dictionary", npy("{} # hi"), ".npy: byte 12: text follows the dictionary of the header"],
  ])("rejects %s", (_, file, message) => {
    expect(() => parseNpy(file)).toThrow(new FormatError(message));
  });
});

describe("formatNpy()", () => {
  it("writes what numpy.save writes, byte for byte", () => {
    expect(formatNpy(Matrix.from(A))).toEqual(fixture("float64.npy"));
    expect(formatNpy(Matrix.from([[0.1, -2.5]], "float32"))).toEqual(fixture("float32.npy"));
  });

  it("is read back bit for bit", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5 }),
        fc.array(fc.double(), { minLength: 1, maxLength: 5 }),
        fc.boolean(),
        (rows, row, single) => {
          const matrix = Matrix.from(new Array(rows).fill(row), single ? "float32" : "float64");
          const read = parseNpy(formatNpy(matrix));
          expect(read.shape).toEqual(matrix.shape);
          expect(read.data).toEqual(matrix.data);
        },
      ),
    );
  });
});

describe("parseNpz()", () => {
  it("reads numpy.savez", () => {
    const arrays = parseNpz(fixture("stored.npz"));
    expect([...arrays.keys()]).toEqual(["X", "y"]);
    expect(arrays.get("X")?.toArray()).toEqual(A);
    expect(arrays.get("y")?.toArray()).toEqual([[0, 1, 1]]);
  });

  it("reads numpy.savez_compressed", () => {
    const arrays = parseNpz(fixture("deflated.npz"));
    expect(arrays.get("X")?.toArray()).toEqual(A);
    expect(arrays.get("zeros")).toEqual(Matrix.zeros(50, 40));
  });

  it("reads names such as __proto__ as names", () => {
    const arrays = parseNpz(
      formatNpz(
        new Map([
          ["__proto__", Matrix.row([1])],
          ["constructor", Matrix.row([2])],
        ]),
      ),
    );
    expect([...arrays].map(([name, matrix]) => [name, matrix.get(0, 0)])).toEqual([
      ["__proto__", 1],
      ["constructor", 2],
    ]);
  });

  /** The archive with `change` made to the bytes from the first occurrence of a signature on. */
  function patched(file: Uint8Array, signature: number, offset: number, values: number[], last = false): Uint8Array {
    const copy = file.slice();
    const view = new DataView(copy.buffer);
    const places = Array.from({ length: copy.length - 3 }, (_, i) => i).filter(
      (i) => view.getUint32(i, true) === signature,
    );
    copy.set(values, (last ? places[places.length - 1] : places[0]) + offset);
    return copy;
  }
  const directory = 0x02014b50;
  const local = 0x04034b50;
  const end = 0x06054b50;
  it("passes over what is no matrix of numbers, and says what it is where there is nothing else", () => {
    const X = formatNpy(Matrix.row([1, 2]));
    const others = Object.fromEntries(
      ["objects.npy", "records.npy", "threeDimensions.npy"].map((name) => [name, fixture(name)]),
    );
    expect([...parseNpz(zipSync({ ...others, "X.npy": X })).keys()]).toEqual(["X"]);
    expect(() => parseNpz(zipSync(others))).toThrow('.npz, file "objects.npy": byte 128: dtype "|O" is not supported');
    // Damage is no other kind of array.
    expect(() => parseNpz(zipSync({ "X.npy": X, "y.npy": X.subarray(0, 130) }))).toThrow('file "y.npy"');
  });

  const stored = fixture("stored.npz");
  const deflated = fixture("deflated.npz");

  it.each<[string, Uint8Array, RegExp]>([
    ["an empty file", new Uint8Array(0), /^\.npz: no zip directory at the end of the file/],
    ["a truncated file", stored.subarray(0, 400), /^\.npz: no zip directory at the end of the file/],
    [
      "a flipped bit in the numbers",
      patched(stored, local, 200, [0x55]),
      /file "X.npy": byte \d+: the data do not match their length or checksum/,
    ],
    [
      "a claimed length of 4 GB",
      patched(deflated, directory, 24, [0xfe, 0xff, 0xff, 0xff]),
      /"X.npy" cannot hold 4294967294 bytes in \d+$/,
    ],
    [
      "a claimed length a little too long",
      patched(deflated, directory, 24, [0xff, 0x00]),
      /do not match their length or checksum/,
    ],
    ["a claimed length too short", patched(deflated, directory, 24, [0x10, 0x00]), /expand to more than 16 bytes/],
    ["a stored file of two lengths", patched(stored, directory, 24, [0x01]), /"X.npy" cannot hold \d+ bytes in \d+$/],
    [
      "a file outside the archive",
      patched(stored, directory, 42, [0, 0, 0, 0x10]),
      /the local header is at byte 268435456, outside/,
    ],
    [
      "a directory outside the archive",
      patched(stored, end, 16, [0, 0, 0, 0x10]),
      /the directory is at byte 268435456, outside/,
    ],
    ["a directory of the wrong count", patched(stored, end, 8, [9, 0, 9]), /expected a directory entry/],
    ["a wrong local header", patched(stored, local, 0, [0]), /expected a local header/],
    ["an encrypted file", patched(stored, directory, 8, [1]), /"X.npy" is encrypted/],
    ["another compression method", patched(stored, directory, 10, [14]), /"X.npy" uses compression method 14/],
    ["zip64", patched(stored, end, 16, [0xff, 0xff, 0xff, 0xff]), /zip64/],
    ["damaged compressed data", patched(deflated, local, 60, [0xff, 0xff, 0xff]), /X.npy/],
    ["a name twice", patched(stored, directory, 46, [0x79], false), /two files are named "y.npy"/],
    [
      "a file that is no array",
      zipSync({ "readme.txt": new Uint8Array(3) }),
      /^\.npz, file "readme.txt": byte 0: the name does not end in \.npy/,
    ],
    [
      "a file that is no array by content",
      zipSync({ "a.npy": new Uint8Array(3) }),
      /^\.npz, file "a.npy": byte 0: the file does not begin with/,
    ],
  ])("rejects %s", (_, file, message) => {
    expect(() => parseNpz(file)).toThrow(message);
    readsOrRejects(() => parseNpz(file));
  });

  it("rejects files that overlap, which could expand a small archive without bound", () => {
    // Forty directory entries for the same compressed kilobyte of zeros.
    const one = zipSync({ "a.npy": new Uint8Array(1_000_000) });
    const directoryStart = new DataView(one.buffer).getUint32(one.length - 6, true);
    const entry = one.subarray(directoryStart, one.length - 22);
    const entries = Array.from({ length: 40 }, (_, i) => {
      const copy = entry.slice();
      copy[46] = 48 + i;
      return [...copy];
    });
    const tail = one.slice(one.length - 22);
    new DataView(tail.buffer).setUint16(8, 40, true);
    new DataView(tail.buffer).setUint16(10, 40, true);
    const bomb = new Uint8Array([...one.subarray(0, directoryStart), ...entries.flat(), ...tail]);
    expect(() => parseNpz(bomb)).toThrow(/the files overlap/);
  });
});

describe("formatNpz()", () => {
  it("writes the same bytes for the same matrices", () => {
    const matrices = new Map([["X", Matrix.from(A)]]);
    expect(formatNpz(matrices)).toEqual(formatNpz(matrices));
  });

  it("rejects a name without characters", () => {
    expect(() => formatNpz(new Map([["", Matrix.zeros(1, 1)]]))).toThrow(
      "formatNpz(): a name must have 1 to 1,000 characters",
    );
  });
});

describe("parseNpy() and parseNpz(), whatever the input,", () => {
  const names = [
    "float64",
    "fortran",
    "bigEndian",
    "int64",
    "bool",
    "scalar",
    "version2",
    "threeDimensions",
    "records",
  ];
  const arrays = names.map((name) => fixture(`${name}.npy`));

  it("read or reject damaged files", () => {
    fc.assert(
      fc.property(damaged(arrays), (file) => readsOrRejects(() => parseNpy(file))),
      { numRuns: 2000 },
    );
    fc.assert(
      fc.property(damaged([fixture("stored.npz"), fixture("deflated.npz")]), (file) =>
        readsOrRejects(() => parseNpz(file)),
      ),
      { numRuns: 2000 },
    );
  });

  it("read or reject any header", () => {
    const token = fc.constantFrom(
      "{",
      "}",
      "'descr'",
      "'shape'",
      "'fortran_order'",
      ":",
      ",",
      " ",
      "(",
      ")",
      "'<f8'",
      "True",
      "1",
      "[",
      "\n",
      '"',
      "'",
    );
    fc.assert(
      fc.property(fc.array(token), fc.uint8Array({ maxLength: 16 }), (tokens, data) =>
        readsOrRejects(() => parseNpy(npy(tokens.join(""), data))),
      ),
      { numRuns: 2000 },
    );
  });

  it("read or reject any bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array(), (file) => {
        readsOrRejects(() => parseNpy(file));
        readsOrRejects(() => parseNpz(file));
      }),
    );
  });

  it("give a changed bit of an archive no way to change a name or a number", () => {
    const original = parseNpz(deflatedFile);
    fc.assert(
      fc.property(fc.nat(deflatedFile.length * 8 - 1), (bit) => {
        const file = deflatedFile.slice();
        file[bit >> 3] ^= 1 << (bit & 7);
        readsOrRejects(() => {
          expect(parseNpz(file)).toEqual(original);
        });
      }),
      { numRuns: 2000 },
    );
  });
  const deflatedFile = fixture("deflated.npz");
});
