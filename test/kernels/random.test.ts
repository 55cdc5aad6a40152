import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fillMask, shuffledIndices } from "../../src/random/streams.js";
import { kernelParts } from "./parts.js";

const parts = kernelParts();
const at = 65_536;
const word = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const step = fc.oneof(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 2 ** 32 - 2, max: 2 ** 40 }));
const high = (value: number): number => Math.floor(value / 2 ** 32);

function maskByKernel(length: number, keep: number, seed: number, layer: number, iteration: number): Uint8Array {
  const threshold = Math.round(keep * 2 ** 40);
  const first = high(threshold);
  parts.call("fillMask", at, length, first, (threshold % 2 ** 32) | 0, seed | 0, layer, iteration | 0, high(iteration));
  return new Uint8Array(parts.memory.buffer, at, length).slice();
}

describe("random streams of the kernels", () => {
  it("fill the masks of src/random, bit for bit", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.constantFrom(0, 1, 15, 16, 17, 63, 64, 65, 4853), fc.integer({ min: 0, max: 500 })),
        fc.oneof(
          fc.constantFrom(1e-12, 0.5, 0.86, 1 - 1e-12, 1 - 1e-13, 0.25),
          fc.double({ min: 0.001, max: 0.999, noNaN: true }),
        ),
        word,
        fc.integer({ min: 0, max: 100 }),
        step,
        (length, keep, seed, layer, iteration) => {
          const expected = new Uint8Array(length);
          fillMask(expected, length, keep, seed, layer, iteration);
          expect(maskByKernel(length, keep, seed, layer, iteration)).toEqual(expected);
        },
      ),
      { numRuns: 300 },
    );
  });

  it("draw the ties of a mask's bytes too: with keep = 1/256 + 2⁻³³ every entry kept by less than a byte is one", () => {
    const keep = 1 / 256 + 2 ** -33;
    const expected = new Uint8Array(100_000);
    fillMask(expected, expected.length, keep, 3, 1, 0);
    expect(maskByKernel(expected.length, keep, 3, 1, 0)).toEqual(expected);
  });

  it("shuffle as src/random does, bit for bit", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 300 }), word, step, (n, seed, epoch) => {
        parts.call("shuffle", at, n, seed | 0, epoch | 0, high(epoch));
        expect(new Uint32Array(parts.memory.buffer, at, n).slice()).toEqual(shuffledIndices(n, seed, epoch));
      }),
      { numRuns: 200 },
    );
    parts.call("shuffle", at, 50_000, 7, 1, 0);
    expect(new Uint32Array(parts.memory.buffer, at, 50_000).slice()).toEqual(shuffledIndices(50_000, 7, 1));
  });
});
