import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Matrix } from "../../src/array/matrix.js";
import { ShapeError } from "../../src/array/shapeError.js";
import { OptionError } from "../../src/constraint/constraint.js";
import type { Dataset } from "../../src/data/dataset.js";
import { split, splitIndices } from "../../src/data/split.js";

const seed = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const fraction = fc.double({ min: 0.05, max: 0.45, noNaN: true });

/** A dataset whose one feature is the index of the example. */
function numbered(Y: Matrix): Dataset {
  return { X: Matrix.row(Array.from({ length: Y.columns }, (_, j) => j)), Y, featureNames: ["index"] };
}

describe("splitIndices()", () => {
  it("puts every index into exactly one part, in order, of the size asked for", () => {
    fc.assert(
      fc.property(fc.integer({ min: 30, max: 300 }), fraction, fraction, seed, (m, validation, test, s) => {
        const parts = splitIndices(m, { validation, test }, s);
        const all = [...parts.train, ...parts.validation, ...parts.test];
        expect(all.sort((a, b) => a - b)).toEqual(Array.from({ length: m }, (_, i) => i));
        for (const [part, share] of [
          [parts.train, 1 - validation - test],
          [parts.validation, validation],
          [parts.test, test],
        ] as const) {
          expect(Math.abs(part.length - share * m)).toBeLessThan(1);
          expect(part.every((index, i) => i === 0 || index > part[i - 1])).toBe(true);
        }
      }),
    );
  });

  it("gives every part its share of each class to within one example, and of all to within two", () => {
    const labels = fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 30, maxLength: 200 });
    fc.assert(
      fc.property(labels, fraction, fraction, seed, (classes, validation, test, s) => {
        const parts = splitIndices(classes.length, { validation, test }, s, classes);
        for (const [part, share] of [
          [parts.train, 1 - validation - test],
          [parts.validation, validation],
          [parts.test, test],
        ] as const) {
          for (const k of new Set(classes)) {
            const members = classes.filter((label) => label === k).length;
            const dealt = Array.from(part).filter((index) => classes[index] === k).length;
            expect(Math.abs(dealt - share * members)).toBeLessThan(1 + 1e-9);
          }
          // What a class falls short the next makes up for, so that the error does not add up over the classes.
          expect(Math.abs(part.length - share * classes.length)).toBeLessThan(2);
        }
      }),
    );
  });

  it("has exactly the share where it is whole", () => {
    // 20 of a and 10 of b: validation gets 4 + 2, test 2 + 1, training 14 + 7.
    const labels = [...Array<string>(20).fill("a"), ...Array<string>(10).fill("b")];
    const parts = splitIndices(30, { validation: 0.2, test: 0.1 }, 5, labels);
    const ofA = (part: Uint32Array): number => part.filter((index) => index < 20).length;
    expect([parts.validation.length, ofA(parts.validation)]).toEqual([6, 4]);
    expect([parts.test.length, ofA(parts.test)]).toEqual([3, 2]);
    expect([parts.train.length, ofA(parts.train)]).toEqual([21, 14]);
  });

  it("holds out a fifth unless told otherwise, the same for the same seed, another for another", () => {
    const { train, validation, test } = splitIndices(100);
    expect([train.length, validation.length, test]).toEqual([80, 20, undefined]);
    expect(splitIndices(100, {}, 0).validation).toEqual(validation);
    expect(splitIndices(100, {}, 1).validation).not.toEqual(validation);
  });

  it("draws each example alike", () => {
    const counts = new Float64Array(10);
    for (let s = 0; s < 2000; s++)
      for (const index of splitIndices(10, { validation: 0.3 }, s).validation) counts[index]++;
    // 5 standard deviations of a binomial of 2000 and 0.3.
    for (const count of counts) expect(Math.abs(count - 600)).toBeLessThan(5 * Math.sqrt(2000 * 0.3 * 0.7));
  });

  it.each<[string, () => unknown, string]>([
    [
      "no validation part",
      () => splitIndices(10, { validation: 0 }),
      "split(): validation must be a finite number above 0",
    ],
    ["everything held out", () => splitIndices(10, { validation: 1 }), "got 1"],
    ["a negative test part", () => splitIndices(10, { test: -0.1 }), "split(): test"],
    [
      "nothing left for training",
      () => splitIndices(10, { validation: 0.9, test: 0.1 }),
      "validation 0.9 and test 0.1 must leave something for training",
    ],
    [
      "a validation part that would be empty",
      () => splitIndices(4, { validation: 0.1 }),
      "split(): 0.1 of 4 examples leaves the validation part empty; give it a larger share or more examples",
    ],
    ["a test part that would be empty", () => splitIndices(10, { test: 0.01 }), "leaves the test part empty"],
    [
      "a training part that would be empty",
      () => splitIndices(1, { validation: 0.6 }),
      "leaves the training part empty",
    ],
    ["no examples", () => splitIndices(0), "0.2 of 0 examples"],
    ["half an example", () => splitIndices(1.5), "number of examples"],
    ["a broken seed", () => splitIndices(10, {}, -1), "seed"],
  ])("rejects %s", (_, call, message) => {
    expect(call).toThrow(OptionError);
    expect(call).toThrow(message);
  });

  it("rejects labels of another number", () => {
    expect(() => splitIndices(3, {}, 0, [0, 1])).toThrow(ShapeError);
    expect(() => splitIndices(3, {}, 0, [0, 1])).toThrow("3 examples need 3 labels, got 2");
  });
});

describe("split()", () => {
  const binary = numbered(Matrix.row(Array.from({ length: 50 }, (_, j) => (j < 10 ? 1 : 0))));

  it("keeps examples with their targets and names", () => {
    const { train, validation } = split(binary, { seed: 3 });
    expect([train.X.columns, validation.X.columns]).toEqual([40, 10]);
    for (const part of [train, validation]) {
      expect(part.featureNames).toEqual(["index"]);
      expect(Array.from(part.Y.data)).toEqual(Array.from(part.X.data, (index) => (index < 10 ? 1 : 0)));
    }
  });

  it("stratifies by 0 and 1, and by one-hot classes", () => {
    const ones = ({ Y }: Dataset): number => Array.from(Y.data).reduce((sum, y) => sum + y, 0);
    const parts = split(binary, { validation: 0.3, test: 0.2, stratify: true });
    expect([parts.train, parts.validation, parts.test].map(ones)).toEqual([5, 3, 2]);
    const oneHot = numbered(
      Matrix.from([0, 1, 2].map((k) => Array.from({ length: 30 }, (_, j) => (j % 3 === k ? 1 : 0)))),
    );
    const { validation } = split(oneHot, { stratify: true });
    expect(validation.Y.toArray().map((row) => row.reduce((sum, y) => sum + y, 0))).toEqual([2, 2, 2]);
  });

  it.each<[string, () => unknown, string]>([
    [
      "to stratify numbers",
      () => split(numbered(Matrix.row([0, 1, 2.5, 1])), { stratify: true }),
      "split(): stratify needs classes, 0 and 1 or one-hot, but the target of example 2 is 2.5",
    ],
    [
      "to stratify examples of two classes",
      () =>
        split(
          numbered(
            Matrix.from([
              [0, 1],
              [1, 1],
            ]),
          ),
          { stratify: true },
        ),
      "the target of example 1 is 1, 1",
    ],
    [
      "to stratify examples of no class",
      () =>
        split(
          numbered(
            Matrix.from([
              [0, 1],
              [0, 0],
            ]),
          ),
          { stratify: true },
        ),
      "the target of example 0 is 0, 0",
    ],
    ["a typing error", () => split(binary, JSON.parse('{"validaton": 0.1}')), "did you mean validation?"],
  ])("rejects %s", (_, call, message) => {
    expect(call).toThrow(OptionError);
    expect(call).toThrow(message);
  });

  it("rejects X and Y of different lengths", () => {
    expect(() => split({ X: Matrix.zeros(1, 3), Y: Matrix.zeros(1, 2) })).toThrow("X has 3 examples");
  });
});
