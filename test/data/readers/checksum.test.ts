import { describe, expect, it } from "vitest";
import { adler32, crc32 } from "../../../src/data/readers/checksum.js";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe("crc32()", () => {
  it("is 0 of nothing, and the published check value of 123456789", () => {
    expect(crc32(new Uint8Array(0))).toBe(0);
    expect(crc32(bytes("123456789"))).toBe(0xcbf43926);
  });
});

describe("adler32()", () => {
  it("is 1 of nothing, and sums as RFC 1950 says", () => {
    expect(adler32(new Uint8Array(0))).toBe(1);
    // "abc" is 97, 98, 99: a = 1 + 294 = 295 = 0x127, b = 98 + 196 + 295 = 589 = 0x24d.
    expect(adler32(bytes("abc"))).toBe(0x024d0127);
  });

  it("keeps its sums small on the way without changing them", () => {
    // Python 3: zlib.adler32(b"\xff" * 100_000)
    expect(adler32(new Uint8Array(100_000).fill(255))).toBe(345649196);
  });
});
