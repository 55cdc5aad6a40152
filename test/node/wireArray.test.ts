import { Buffer } from "node:buffer";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FormatError } from "../../src/data/formatError.js";
import { writeNpy } from "../../src/data/readers/npyArray.js";
import { decodeArray, encodeArray, isWireArray, type WireArray } from "../../src/node/wireArray.js";

const npy = (bytes: Uint8Array): object => ({ npy: Buffer.from(bytes).toString("base64") });

/** A `.npy` file with this dictionary and these bytes behind it. */
function file(dictionary: string, data: Uint8Array = new Uint8Array()): Uint8Array {
  const header = Buffer.from(`${dictionary.padEnd(117)}\n`, "latin1");
  return Buffer.concat([Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, header.length, 0]), header, data]);
}

const shapes = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 5 });
const entries = {
  float64: fc.double({ noNaN: true, noDefaultInfinity: true }),
  float32: fc.float({ noNaN: true, noDefaultInfinity: true }),
  int: fc.maxSafeInteger(),
  bool: fc.constantFrom(0, 1),
};
const arrays: fc.Arbitrary<WireArray> = fc
  .tuple(shapes, fc.constantFrom("float64", "float32", "int", "bool"))
  .chain(([shape, dtype]) => {
    const length = shape.reduce((product, size) => product * size, 1);
    const data = fc.array<number>(entries[dtype], { minLength: length, maxLength: length });
    return data.map((numbers) => ({ shape, dtype, data: Float64Array.from(numbers) }));
  });

describe("an array on the wire", () => {
  it("comes back from the bytes of a .npy file with its shape, its dtype and every bit", () => {
    fc.assert(
      fc.property(arrays, (array) => {
        const { form, ...back } = decodeArray("x", JSON.parse(JSON.stringify(encodeArray(array, "npy"))));
        expect(form).toBe("npy");
        expect(back).toStrictEqual(array);
      }),
    );
  });

  it("comes back from nested lists, where a size of 0 hides those behind it", () => {
    fc.assert(
      fc.property(arrays, (array) => {
        const { form, shape, dtype, data } = decodeArray("x", JSON.parse(JSON.stringify(encodeArray(array, "lists"))));
        expect(form).toBe("lists");
        const seen = array.shape.slice(0, array.shape.includes(0) ? array.shape.indexOf(0) + 1 : undefined);
        expect(shape).toEqual(seen);
        expect(dtype).toBe(array.dtype === "bool" && data.length > 0 ? "bool" : "float64");
        // JSON writes −0 as 0.
        expect(data).toEqual(array.data.map((value) => value + 0));
      }),
    );
  });

  it("is read in Fortran order too, as numpy.save writes a transpose", () => {
    const data = Float64Array.of(0, 3, 1, 4, 2, 5);
    const dictionary = "{'descr': '<f8', 'fortran_order': True, 'shape': (2, 3), }";
    expect(decodeArray("x", npy(file(dictionary, new Uint8Array(data.buffer)))).data).toEqual(
      Float64Array.of(0, 1, 2, 3, 4, 5),
    );
    // a[i, j, k] = 100 i + 10 j + k of shape (2, 3, 2), the first index running fastest
    const cube = Uint8Array.of(0, 100, 10, 110, 20, 120, 1, 101, 11, 111, 21, 121);
    const { data: read, dtype } = decodeArray(
      "x",
      npy(file("{'descr': '|u1', 'fortran_order': True, 'shape': (2, 3, 2), }", cube)),
    );
    expect(Array.from(read)).toEqual([0, 1, 10, 11, 20, 21, 100, 101, 110, 111, 120, 121]);
    expect(dtype).toBe("int");
  });

  it.each([
    ["a number", 3],
    ["a truth value", true],
    ["a list", [[1]]],
    ["npy", { npy: "" }],
  ])("is told from an object of arrays: %s", (_, value) => {
    expect(isWireArray(value)).toBe(true);
  });

  it.each([{ npy: 3 }, { npy: "x", w: [1] }, { w: [1] }, null, "text"])("is none: %j", (value) => {
    expect(isWireArray(value)).toBe(false);
  });

  it.each([
    ["a text", "abc", /^x: expected a number, nested lists of numbers or \{"npy": "…"\}, got "abc"$/],
    ["null among numbers", [1, null], /^x\[1\]: expected a number.*got null$/],
    ["a truth value among numbers", [1, true], /^x\[1\]: expected a number.*got true$/],
    ["rows of different lengths", [[1, 2], [3]], /^x\[1\]: expected a list of 2, .* got one of 1$/],
    ["a number among rows", [[1], 2], /^x\[1\]: expected a list of 1, .* got 2$/],
    ["lists without end", JSON.parse("[".repeat(70) + "]".repeat(70)), /^x: it has more than 64 dimensions$/],
    ["no base64", { npy: "####" }, /^x: the text of its npy is no base64$/],
    ["base64 with an end in the middle", { npy: "AA==AAAA" }, /^x: the text of its npy is no base64$/],
    ["bytes of something else", { npy: "AAAA" }, /^x: \.npy: .* does not begin with \\x93NUMPY/],
    [
      "a header that claims 8 EB",
      npy(file("{'descr': '<f8', 'fortran_order': False, 'shape': (1000000, 1000000, 1000000), }")),
      /^x: \.npy.*1000000 × 1000000 × 1000000/,
    ],
    [
      "a size of 0 beside a pickle",
      npy(file("{'descr': '|O', 'fortran_order': False, 'shape': (0,), }")),
      /^x: \.npy.*dtype "\|O" is not supported/,
    ],
    ["bytes left over", npy(Buffer.concat([writeNpy([2], [1, 2], "<f8"), Buffer.alloc(1)])), /^x: \.npy/],
    [
      "too many dimensions",
      npy(file(`{'descr': '|u1', 'fortran_order': False, 'shape': (${"1,".repeat(70)}), }`, Uint8Array.of(1))),
      /^x: it has more than 64 dimensions$/,
    ],
  ])("is refused with its name: %s", (_, value, message) => {
    expect(() => decodeArray("x", value)).toThrow(FormatError);
    expect(() => decodeArray("x", value)).toThrow(message);
  });

  it("whatever a program sends, is read or refused, and never takes memory that a header merely claims", () => {
    const sound = Buffer.from(writeNpy([2, 3], [1, 2, 3, 4, 5, 6], "<f8"));
    const damaged = fc.array(fc.tuple(fc.nat(sound.length - 1), fc.nat(255)), { maxLength: 4 }).map((changes) => {
      const bytes = Buffer.from(sound);
      for (const [at, byte] of changes) bytes[at] = byte;
      return npy(bytes);
    });
    const texts = fc.string().map((text) => ({ npy: text }));
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), damaged, texts), (value) => {
        try {
          const { shape, data } = decodeArray("x", value);
          expect(data.length).toBe(shape.reduce((product, size) => product * size, 1));
          expect(data.length).toBeLessThanOrEqual(JSON.stringify(value).length);
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError);
        }
      }),
      { numRuns: 500 },
    );
  });
});
