import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { foldIndices } from "../../src/data/folds.js";

describe("foldIndices", () => {
  it("holds each example out exactly once, in parts and classes that are even to within one", () => {
    const labels = fc.array(fc.constantFrom("a", "b", "c"), { minLength: 2, maxLength: 60 });
    fc.assert(
      fc.property(labels, fc.nat(), fc.nat(1000), (classes, pick, seed) => {
        const m = classes.length;
        const k = 2 + (pick % (m - 1));
        const folds = foldIndices(m, k, seed, classes);
        const held = folds.flatMap(({ validation }) => [...validation]);
        expect([...held].sort((a, b) => a - b)).toEqual(Array.from({ length: m }, (_, i) => i));
        for (const { train, validation } of folds) {
          const all = [...train, ...validation].sort((a, b) => a - b);
          expect(all).toEqual(Array.from({ length: m }, (_, i) => i));
          expect(Math.abs(validation.length - m / k)).toBeLessThan(1);
          for (const name of ["a", "b", "c"]) {
            const whole = classes.filter((label) => label === name).length;
            const part = [...validation].filter((i) => classes[i] === name).length;
            expect(Math.abs(part - whole / k)).toBeLessThan(1);
          }
        }
      }),
    );
  });

  it("refuses more folds than examples, one fold, and labels of another length", () => {
    expect(() => foldIndices(3, 4)).toThrow("3 examples cannot be dealt into 4 folds");
    expect(() => foldIndices(3, 1)).toThrow("k must be a whole number of at least 2");
    expect(() => foldIndices(3, 2, 0, ["a"])).toThrow("3 examples need 3 labels, got 1");
  });
});
