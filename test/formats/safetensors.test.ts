import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FormatError } from "../../src/data/formatError.js";
import { readSafetensors, type Tensor, writeSafetensors } from "../../src/formats/safetensors.js";
import { damaged, readsOrRejects } from "../data/readers/hostile.js";

function f64(shape: readonly number[], values: readonly number[]): Tensor {
  return { dtype: "F64", shape, data: new Float64Array(values) };
}

function f32(shape: readonly number[], values: readonly number[]): Tensor {
  return { dtype: "F32", shape, data: new Float32Array(values) };
}

/** A file of any header and data. */
function file(header: string, data: ArrayLike<number> = [], headerLength?: bigint): Uint8Array {
  const text = new TextEncoder().encode(header);
  const bytes = new Uint8Array(8 + text.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, headerLength ?? BigInt(text.length), true);
  bytes.set(text, 8);
  bytes.set(Array.from(data), 8 + text.length);
  return bytes;
}

const none = new Map<string, never>();

describe("writeSafetensors()", () => {
  it("writes the published format, byte for byte", () => {
    const bytes = writeSafetensors({
      tensors: new Map([
        ["b", f32([1], [1])],
        ["W", f64([1, 2], [0.5, -2])],
      ]),
      metadata: new Map([["format", "gradproof"]]),
    });
    // Padded with blanks to a multiple of 8. W comes first: its numbers are the larger ones.
    const header =
      '{"__metadata__":{"format":"gradproof"},' +
      '"W":{"dtype":"F64","shape":[1,2],"data_offsets":[0,16]},' +
      '"b":{"dtype":"F32","shape":[1],"data_offsets":[16,20]}}';
    const padded = header.padEnd(Math.ceil(header.length / 8) * 8);
    expect(bytes).toEqual(
      new Uint8Array([
        ...[padded.length, 0, 0, 0, 0, 0, 0, 0],
        ...new TextEncoder().encode(padded),
        ...[0, 0, 0, 0, 0, 0, 0xe0, 0x3f], // 0.5 = 0x3fe0000000000000
        ...[0, 0, 0, 0, 0, 0, 0, 0xc0], // −2 = 0xc000000000000000
        ...[0, 0, 0x80, 0x3f], // 1 = 0x3f800000
      ]),
    );
  });

  it("writes nothing as a header alone", () => {
    expect(writeSafetensors({ tensors: none, metadata: none })).toEqual(file("{}      "));
  });

  it("leaves the caller's numbers alone", () => {
    const data = new Float64Array([1, 2]);
    const tensors = new Map<string, Tensor>([["x", { dtype: "F64", shape: [2], data }]]);
    const read = readSafetensors(writeSafetensors({ tensors, metadata: none }));
    read.tensors.get("x")?.data.fill(9);
    expect(data).toEqual(new Float64Array([1, 2]));
  });

  it.each<[string, Tensor, string]>([
    [
      "a shape that does not fit",
      f64([2, 2], [1, 2, 3]),
      'writeSafetensors(): tensor "x" of shape [2, 2] has 3 numbers',
    ],
    ["a fractional shape", f64([0.5, 2], [1]), 'writeSafetensors(): tensor "x" of shape [0.5, 2] has 1 numbers'],
    ["a negative shape", f64([-1, -1], [1]), 'writeSafetensors(): tensor "x" of shape [-1, -1] has 1 numbers'],
  ])("rejects %s", (_, tensor, message) => {
    expect(() => writeSafetensors({ tensors: new Map([["x", tensor]]), metadata: none })).toThrow(message);
  });

  it("rejects a tensor named like the metadata", () => {
    expect(() => writeSafetensors({ tensors: new Map([["__metadata__", f64([], [1])]]), metadata: none })).toThrow(
      "a tensor cannot be named __metadata__",
    );
  });
});

describe("readSafetensors()", () => {
  it("reads what other programs write: blanks, any order of keys and tensors, escapes, empty tensors, scalars", () => {
    const header = `{ "a\\u0062" : {"shape":[], "data_offsets": [ 4 , 12 ],\n"dtype":"F64"},
      "c": {"dtype":"F32","shape":[1],"data_offsets":[0,4]}, "none": {"dtype":"F32","shape":[0,3],"data_offsets":[4,4]} }  `;
    const { tensors, metadata } = readSafetensors(file(header, [0, 0, 0x80, 0x3f, 0, 0, 0, 0, 0, 0, 0xe0, 0x3f]));
    expect(metadata.size).toBe(0);
    expect([...tensors]).toEqual([
      ["ab", f64([], [0.5])],
      ["c", f32([1], [1])],
      ["none", f32([0, 3], [])],
    ]);
  });

  it("reads a view into a larger buffer, at an odd place", () => {
    const bytes = writeSafetensors({ tensors: new Map([["x", f64([1], [0.1])]]), metadata: none });
    const buffer = new Uint8Array(bytes.length + 3);
    buffer.set(bytes, 3);
    expect(readSafetensors(buffer.subarray(3)).tensors.get("x")).toEqual(f64([1], [0.1]));
  });

  it("holds names such as __proto__ to be names", () => {
    const tensors = new Map([
      ["__proto__", f64([1], [1])],
      ["constructor", f64([1], [2])],
    ]);
    const metadata = new Map([["__proto__", "text"]]);
    const read = readSafetensors(writeSafetensors({ tensors, metadata }));
    expect(read).toEqual({ tensors, metadata });
    expect(({} as { text?: unknown }).text).toBeUndefined();
  });

  const x = (shape: string, offsets: string, dtype = "F64"): string =>
    `{"x":{"dtype":"${dtype}","shape":${shape},"data_offsets":${offsets}}}`;
  const eight = new Array(8).fill(0);
  it.each<[string, Uint8Array, string]>([
    ["an empty file", new Uint8Array(0), "safetensors: the file has 0 bytes, too few for the length of a header"],
    [
      "a header longer than the file",
      file("{}", [], 3n),
      "safetensors: byte 0: a header of 3 bytes, but 2 follow and 100000000 are allowed",
    ],
    [
      "a header of a huge claimed length",
      file("{}", [], 2n ** 64n - 1n),
      "safetensors: byte 0: a header of 18446744073709551615 bytes, but 2 follow and 100000000 are allowed",
    ],
    [
      "a table of texts",
      new TextEncoder().encode("amount,country\n12.5,NO\n"),
      'safetensors: the file is a text that begins with "amount,country", not a safetensors file',
    ],
    ["an empty header", file("", [0x7b], 0n), "safetensors: header, character 0: expected {"],
    ["a header that does not begin with {", file(" {}"), "safetensors: byte 8: the header does not begin with {"],
    [
      "a header that is not UTF-8",
      new Uint8Array([...file("{}", [], 3n), 0xff]),
      "safetensors: the header is not valid UTF-8",
    ],
    ["a header cut short", file('{"x":'), "safetensors: header, character 5: expected {"],
    ["text behind the header", file("{} {}"), "safetensors: header, character 3: expected the end of the header"],
    [
      "a comma at the end",
      file(`${x("[1]", "[0,8]").slice(0, -1)},}`, eight),
      'safetensors: header, character 54: expected "',
    ],
    ["a number for a tensor", file('{"x":1}'), "safetensors: header, character 5: expected {"],
    [
      "two tensors of one name",
      file(
        '{"x":{"dtype":"F64","shape":[1],"data_offsets":[0,8]},"x":{"dtype":"F64","shape":[1],"data_offsets":[0,8]}}',
        eight,
      ),
      'safetensors: header, character 57: the name "x" occurs twice',
    ],
    [
      "two names that are one once unescaped",
      file('{"__metadata__":{"a":"1","\\u0061":"2"}}'),
      'safetensors: header, character 33: the name "a" occurs twice',
    ],
    [
      "a shape given twice",
      file('{"x":{"shape":[1],"shape":[2]}}'),
      'safetensors: header, character 25: the name "shape" occurs twice',
    ],
    ["metadata that are no texts", file('{"__metadata__":{"a":1}}'), 'safetensors: header, character 21: expected "'],
    ["a text with a bad escape", file('{"\\x":1}'), "safetensors: header, character 1: expected a text"],
    ["a text that does not end", file('{"abc'), "safetensors: header, character 1: expected a text"],
    [
      "a missing entry",
      file('{"x":{"dtype":"F64","shape":[1]}}'),
      "safetensors: header, character 32: a tensor needs dtype, shape and data_offsets: [begin, end]",
    ],
    [
      "three offsets",
      file(x("[1]", "[0,8,8]"), eight),
      "safetensors: header, character 55: a tensor needs dtype, shape and data_offsets: [begin, end]",
    ],
    [
      "an unknown entry",
      file('{"x":{"strides":[1]}}'),
      'safetensors: header, character 16: expected dtype, shape or data_offsets, got "strides"',
    ],
    [
      "another dtype",
      file(x("[1]", "[0,8]", "I64"), eight),
      'safetensors: header, character 19: dtype "I64" is not supported; expected F64, F32, F16 or BF16',
    ],
    [
      "a negative number",
      file(x("[-1]", "[0,8]"), eight),
      "safetensors: header, character 29: expected a whole number of at most 15 digits",
    ],
    [
      "a fraction",
      file(x("[1.0]", "[0,8]"), eight),
      "safetensors: header, character 29: expected a whole number of at most 15 digits",
    ],
    [
      "a number beyond 15 digits",
      file(x("[1]", "[0,9007199254740993]"), eight),
      "safetensors: header, character 50: expected a whole number of at most 15 digits",
    ],
    [
      "offsets outside the file",
      file(x("[2]", "[0,16]"), eight),
      'safetensors: tensor "x" ends at 16, outside the 8 bytes of data',
    ],
    [
      "offsets in the wrong order",
      file(x("[1]", "[0,0]").replace("[0,0]", "[8,0]"), eight),
      'safetensors: tensor "x" lies at 8 … 0; expected it to begin at 0, without gap or overlap',
    ],
    [
      "a gap",
      file(x("[1]", "[8,16]"), [...eight, ...eight]),
      'safetensors: tensor "x" lies at 8 … 16; expected it to begin at 0, without gap or overlap',
    ],
    [
      "an overlap",
      file(
        '{"a":{"dtype":"F64","shape":[1],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}',
        [...eight, 0, 0, 0, 0],
      ),
      'safetensors: tensor "b" lies at 4 … 12; expected it to begin at 8, without gap or overlap',
    ],
    [
      "bytes that belong to no tensor",
      file(x("[1]", "[0,8]"), [...eight, 1]),
      "safetensors: 1 bytes at the end belong to no tensor",
    ],
    [
      "a shape too small",
      file(x("[1]", "[0,16]"), [...eight, ...eight]),
      'safetensors: tensor "x" of shape [1] needs 8 bytes as F64, but has 16',
    ],
    [
      "a shape whose product would wrap around 2⁶⁴",
      // 2³³ · 2³¹ · 8 = 2⁶⁷, which is 0 in 64 bits.
      file(x("[8589934592,2147483648]", "[0,0]")),
      'safetensors: tensor "x" of shape [8589934592, 2147483648] needs 147573952589676410000 bytes as F64, but has 0',
    ],
  ])("rejects %s", (_, bytes, message) => {
    expect(() => readSafetensors(bytes)).toThrow(new FormatError(message));
  });
});

describe("readSafetensors(), whatever the input,", () => {
  const name = fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("__proto__", "1", "0", '"', "\\"));
  const tensor = fc
    .tuple(fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 3 }), fc.boolean())
    .chain(([shape, single]) => {
      const count = shape.reduce((product, size) => product * size, 1);
      return single
        ? fc.float32Array({ minLength: count, maxLength: count }).map((data): Tensor => ({ dtype: "F32", shape, data }))
        : fc
            .float64Array({ minLength: count, maxLength: count })
            .map((data): Tensor => ({ dtype: "F64", shape, data }));
    });

  it("gives back what was written, bit for bit", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(name, tensor)),
        fc.array(fc.tuple(name, fc.string({ unit: "binary" }))),
        (tensors, texts) => {
          const content = {
            tensors: new Map(tensors.filter(([key]) => key !== "__metadata__")),
            metadata: new Map(texts),
          };
          const bytes = writeSafetensors(content);
          // vitest compares −0 with 0 and NaN as Object.is does, and Maps whatever their order.
          expect(readSafetensors(bytes)).toEqual(content);
          expect(Buffer.compare(writeSafetensors(readSafetensors(bytes)), bytes)).toBe(0);
        },
      ),
    );
  });

  const valid = writeSafetensors({
    tensors: new Map([
      ["W1", f64([2, 2], [1, 2, 3, 4])],
      ["b1", f32([2, 1], [1, 2])],
    ]),
    metadata: new Map([["format", "gradproof"]]),
  });

  it("reads or rejects damaged files", () => {
    fc.assert(
      fc.property(damaged([valid]), (bytes) => readsOrRejects(() => readSafetensors(bytes))),
      { numRuns: 3000 },
    );
  });

  it("reads or rejects any header", () => {
    const token = fc.constantFrom(
      ...["{", "}", "[", "]", ",", ":", '"', "\\", " ", "\n", "0", "8", "-", ".5", "1e3", "null"],
      ...[
        '"x"',
        '"__metadata__"',
        '"__proto__"',
        '"dtype"',
        '"shape"',
        '"data_offsets"',
        '"F64"',
        '"F32"',
        "[0,8]",
        "[1]",
      ],
    );
    fc.assert(
      fc.property(fc.array(token), fc.uint8Array({ maxLength: 16 }), (tokens, data) =>
        readsOrRejects(() => readSafetensors(file(`{${tokens.join("")}`, data))),
      ),
      { numRuns: 3000 },
    );
    // Deep or long, a hostile header costs no more than reading it once.
    const long = 1_000_000;
    for (const header of [
      "[".repeat(long),
      `{"a":${'{"a":'.repeat(long)}`,
      `{"${"a".repeat(long)}`,
      `{"${"\\".repeat(long)}`,
      `{${" ".repeat(long)}`,
    ]) {
      readsOrRejects(() => readSafetensors(file(`{${header}`)));
      readsOrRejects(() => readSafetensors(file(header)));
    }
  });

  it("reads or rejects any bytes", () => {
    fc.assert(fc.property(fc.uint8Array(), (bytes) => readsOrRejects(() => readSafetensors(bytes))));
    fc.assert(fc.property(fc.uint8Array(), (bytes) => readsOrRejects(() => readSafetensors(file("{", bytes)))));
  });
});
