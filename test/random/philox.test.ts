import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { philox } from "../../src/random/philox.js";

type Words = [number, number, number, number];

function run(counter: Words, key: [number, number]): number[] {
  const output = new Uint32Array(4);
  philox(...counter, ...key, output);
  return Array.from(output);
}

/** The paper's definition (§3.3, with its constants), in whole numbers of any size. */
function oracle(counter: Words, key: [number, number]): number[] {
  let [c0, c1, c2, c3] = counter.map(BigInt);
  let [k0, k1] = key.map(BigInt);
  const word = 0xffffffffn;
  for (let round = 0; round < 10; round++) {
    const product0 = 0xd2511f53n * c0;
    const product1 = 0xcd9e8d57n * c2;
    [c0, c1, c2, c3] = [(product1 >> 32n) ^ c1 ^ k0, product1 & word, (product0 >> 32n) ^ c3 ^ k1, product0 & word];
    k0 = (k0 + 0x9e3779b9n) & word;
    k1 = (k1 + 0xbb67ae85n) & word;
  }
  return [c0, c1, c2, c3].map(Number);
}

describe("philox()", () => {
  // Known answers of the authors' library Random123, tests/kat_vectors, "philox4x32 10".
  it.each<[Words, [number, number], Words]>([
    [
      [0, 0, 0, 0],
      [0, 0],
      [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
    ],
    [
      [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
      [0xffffffff, 0xffffffff],
      [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
    ],
    [
      [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
      [0xa4093822, 0x299f31d0],
      [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
    ],
  ])("knows the published answers: counter %j, key %j", (counter, key, expected) => {
    expect(run(counter, key)).toEqual(expected);
  });

  it("follows the definition for any counter and key", () => {
    const word = fc.integer({ min: 0, max: 0xffffffff });
    fc.assert(
      fc.property(fc.tuple(word, word, word, word), fc.tuple(word, word), (counter, key) => {
        expect(run(counter, key)).toEqual(oracle(counter, key));
      }),
      { numRuns: 500 },
    );
  });
});
