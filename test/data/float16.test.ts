import { describe, expect, it } from "vitest";
import { fromBfloat16, fromFloat16 } from "../../src/data/float16.js";

describe("fromFloat16()", () => {
  it.each([
    [0x0000, 0],
    [0x8000, -0],
    [0x0001, 2 ** -24], // the least subnormal number
    [0x03ff, 1023 * 2 ** -24],
    [0x0400, 2 ** -14],
    [0x3555, 0.333251953125], // np.float16(1 / 3)
    [0x3c00, 1],
    [0xc000, -2],
    [0x7bff, 65_504],
    [0x7c00, Number.POSITIVE_INFINITY],
    [0xfc00, Number.NEGATIVE_INFINITY],
    [0x7e00, Number.NaN],
  ])("%i is %d", (bits, value) => {
    expect(fromFloat16(bits)).toBe(value);
  });

  it("gives larger numbers for larger bits, each a float32, and their negatives with the sign", () => {
    for (let bits = 1; bits < 0x7c00; bits++) {
      const value = fromFloat16(bits);
      if (!(value > fromFloat16(bits - 1) && Math.fround(value) === value && fromFloat16(bits | 0x8000) === -value)) {
        expect.fail(`${bits} is ${value}`);
      }
    }
  });
});

describe("fromBfloat16()", () => {
  it("gives the float32 of which the bits are the upper half", () => {
    const float = new Float32Array(1);
    const word = new Uint32Array(float.buffer);
    for (let bits = 0; bits < 0x10000; bits++) {
      word[0] = bits * 0x10000;
      if (!Object.is(fromBfloat16(bits), float[0])) expect.fail(`${bits} is ${fromBfloat16(bits)}`);
    }
    expect([fromBfloat16(0x3f80), fromBfloat16(0xc049)]).toEqual([1, -3.140625]);
  });
});
