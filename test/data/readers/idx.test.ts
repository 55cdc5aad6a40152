import fc from "fast-check";
import { gzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { FormatError } from "../../../src/data/formatError.js";
import { examplesAsColumns, parseIdx } from "../../../src/data/readers/idx.js";
import { gunzip } from "../../../src/data/readers/inflate.js";
import { fixture } from "./fixture.js";
import { damaged, readsOrRejects } from "./hostile.js";

const pixels = new Uint8Array([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);

describe("parseIdx()", () => {
  it("reads images, also compressed", () => {
    const expected = { shape: [2, 2, 3], data: pixels };
    expect(parseIdx(fixture("images.idx"))).toEqual(expected);
    expect(parseIdx(fixture("images.idx.gz"))).toEqual(expected);
  });

  // Big-endian throughout; 0x3fc00000 and 0x3ff8000000000000 are 1.5.
  it.each([
    ["uint8", 0x08, [0x00, 0xff], new Uint8Array([0, 255])],
    ["int8", 0x09, [0x7f, 0x80], new Int8Array([127, -128])],
    ["int16", 0x0b, [0x01, 0x00, 0xff, 0xfe], new Int16Array([256, -2])],
    ["int32", 0x0c, [0, 1, 0, 0, 0xff, 0xff, 0xff, 0xff], new Int32Array([65536, -1])],
    ["float32", 0x0d, [0x3f, 0xc0, 0, 0, 0xbf, 0xc0, 0, 0], new Float32Array([1.5, -1.5])],
    ["float64", 0x0e, [0x3f, 0xf8, 0, 0, 0, 0, 0, 0, 0xbf, 0xf8, 0, 0, 0, 0, 0, 0], new Float64Array([1.5, -1.5])],
  ])("reads %s", (_, type, bytes, data) => {
    expect(parseIdx(new Uint8Array([0, 0, type, 1, 0, 0, 0, 2, ...bytes]))).toEqual({ shape: [2], data });
  });

  it("reads gzip files with a name, a comment, an extra field and a header checksum", () => {
    const plain = fixture("images.idx.gz");
    const header = [...plain.subarray(0, 3), 0b11110, ...plain.subarray(4, 10)];
    const optional = [2, 0, 1, 2, 0x61, 0, 0x62, 0, 9, 9]; // extra field of 2 bytes, "a", "b", the checksum
    // The fixture has no flags set, so its data begin at byte 10.
    expect(plain[3]).toBe(0);
    const file = new Uint8Array([...header, ...optional, ...plain.subarray(10)]);
    expect(parseIdx(file).data).toEqual(pixels);
  });

  const huge = [255, 255, 255, 255];
  it.each<[string, Uint8Array, string]>([
    [
      "an empty file",
      new Uint8Array(0),
      "IDX: byte 0: the magic number needs 2 bytes but 0 are left; the file is truncated or damaged",
    ],
    ["another file", new TextEncoder().encode("x,y\n"), "IDX: byte 0: an IDX file begins with two zero bytes"],
    [
      "an unknown type",
      new Uint8Array([0, 0, 0x0a, 1]),
      "IDX: byte 2: the type 10 is unknown; expected 8, 9, 11, 12, 13 or 14",
    ],
    ["no dimensions", new Uint8Array([0, 0, 8, 0]), "IDX: byte 3: the array has no dimensions"],
    [
      "an empty array",
      new Uint8Array([0, 0, 8, 2, 0, 0, 0, 0, ...huge]),
      "IDX: byte 4: the array is empty, 0 × 4294967295",
    ],
    [
      "truncated dimensions",
      new Uint8Array([0, 0, 8, 2, 0, 0, 0, 1, 0]),
      "IDX: byte 8: a dimension needs 4 bytes but 1 are left; the file is truncated or damaged",
    ],
    [
      "truncated numbers",
      fixture("images.idx").subarray(0, 27),
      "IDX: byte 16: an array of 2 × 2 × 3 needs 12 bytes but 11 follow; the file is damaged",
    ],
    [
      "bytes behind the numbers",
      new Uint8Array([...fixture("images.idx"), 0]),
      "IDX: byte 16: an array of 2 × 2 × 3 needs 12 bytes but 13 follow; the file is damaged",
    ],
    [
      "huge claimed dimensions",
      new Uint8Array([0, 0, 14, 2, ...huge, ...huge]),
      `IDX: byte 12: an array of 4294967295 × 4294967295 needs ${4294967295 * 4294967295 * 8} bytes but 0 follow; the file is damaged`,
    ],
    [
      "more dimensions than float64 can multiply",
      new Uint8Array([0, 0, 8, 255, ...new Array(255).fill(huge).flat()]),
      `IDX: byte 1024: an array of ${new Array(6).fill("4294967295").join(" × ")} × … needs Infinity bytes but 0 follow; the file is damaged`,
    ],
    ["a gzip file cut short", fixture("images.idx.gz").subarray(0, 15), "IDX (gzip): byte 10: the file is truncated"],
    [
      "a gzip file of a changed checksum",
      fixture("images.idx.gz").map((byte, i, all) => (i === all.length - 8 ? byte ^ 1 : byte)),
      "IDX (gzip): byte 10: the data do not match their checksum; the file is damaged or has several members",
    ],
    [
      "a gzip file of a changed length",
      fixture("images.idx.gz").map((byte, i, all) => (i === all.length - 4 ? byte ^ 1 : byte)),
      "IDX (gzip): byte 10: the data do not match their checksum; the file is damaged or has several members",
    ],
    [
      "another method in gzip",
      new Uint8Array([0x1f, 0x8b, 7]),
      "IDX (gzip): byte 2: compression method 7 is unknown; expected 8, DEFLATE",
    ],
  ])("rejects %s", (_, file, message) => {
    expect(() => parseIdx(file)).toThrow(new FormatError(message));
  });

  it("rejects data behind the end of the compressed stream, at once", () => {
    const file = gzipSync(fixture("images.idx"));
    const padded = new Uint8Array(file.length + 10_000_000);
    padded.set(file.subarray(0, -8));
    padded.set(file.subarray(-8), padded.length - 8);
    expect(() => parseIdx(padded)).toThrow("IDX (gzip): byte 10: the compressed data go on after their end");
  });

  it("reads or rejects damaged files and any bytes", () => {
    fc.assert(
      fc.property(damaged([fixture("images.idx"), fixture("images.idx.gz")]), (file) =>
        readsOrRejects(() => parseIdx(file)),
      ),
      { numRuns: 2000 },
    );
    fc.assert(fc.property(fc.uint8Array(), (file) => readsOrRejects(() => parseIdx(file))));
    const prefix = fc.constantFrom([0, 0, 8, 1], [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0]);
    fc.assert(
      fc.property(prefix, fc.uint8Array(), (start, rest) =>
        readsOrRejects(() => parseIdx(new Uint8Array([...start, ...rest]))),
      ),
      { numRuns: 2000 },
    );
  });
});

describe("gunzip()", () => {
  it("stops a bomb at its limit", () => {
    const bomb = gzipSync(new Uint8Array(5_000_000));
    expect(bomb.length).toBeLessThan(6000);
    expect(() => gunzip(bomb, "IDX", 1_000_000)).toThrow(
      "IDX (gzip): byte 10: the compressed data expand to more than 1000000 bytes; store them uncompressed",
    );
    expect(gunzip(bomb, "IDX", 5_000_000)).toHaveLength(5_000_000);
  });

  it("gives back what gzip was given", () => {
    // Long enough to be inflated in several steps, and not compressible to nothing.
    const data = Uint8Array.from({ length: 200_000 }, (_, i) => (i * i * 31 + (i >> 3)) & 255);
    expect(Buffer.compare(gunzip(gzipSync(data), "IDX"), data)).toBe(0);
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(gunzip(gzipSync(bytes), "IDX")).toEqual(bytes);
      }),
    );
  });
});

describe("examplesAsColumns()", () => {
  it("flattens images into columns", () => {
    const X = examplesAsColumns(parseIdx(fixture("images.idx")));
    expect(X.dtype).toBe("float64");
    expect(X.toArray()).toEqual([
      [0, 6],
      [1, 7],
      [2, 8],
      [3, 9],
      [4, 10],
      [5, 11],
    ]);
  });

  it("makes labels a row", () => {
    const Y = examplesAsColumns({ shape: [3], data: new Uint8Array([7, 0, 9]) }, "float32");
    expect(Y.toArray()).toEqual([[7, 0, 9]]);
    expect(Y.dtype).toBe("float32");
  });
});
