import fc from "fast-check";
import { OptionError } from "gradproof";
import { generatorNames, type PointSource, parsePoints, plainPoints, pointsOf, shapeOf } from "gradproof/pipeline";
import { describe, expect, it } from "vitest";
import { anySource, own } from "./anySource.js";

const plain = (source: PointSource): unknown => JSON.parse(JSON.stringify(plainPoints(source)));

const circles = { kind: "circles", examples: 40, test: 20, noise: 0.05, seed: 1 } as const;

describe("a source of points", () => {
  it("is plain data that comes back as it was", () => {
    fc.assert(
      fc.property(anySource, (source) => {
        expect(parsePoints("data", plain(source))).toEqual(source);
      }),
    );
  });

  it("gives the same points again", () => {
    fc.assert(
      fc.property(anySource, (source) => {
        expect(pointsOf(parsePoints("data", plain(source)))).toEqual(pointsOf(source));
      }),
      { numRuns: 30 },
    );
  });

  it("has a shape that is known before they are drawn", () => {
    fc.assert(
      fc.property(anySource, (source) => {
        const { features, classes, outputs } = shapeOf(source);
        for (const { X, Y, classNames } of Object.values(pointsOf(source))) {
          expect([X.rows, Y.rows, classNames?.length]).toEqual([features, outputs, classes]);
        }
      }),
      { numRuns: 50 },
    );
  });

  it("of every generator draws as many training and test points as it says", () => {
    for (const kind of generatorNames) {
      const { train, validation } = pointsOf({ kind, examples: 31, test: 12, noise: 0.1, seed: 3 });
      expect([kind, train.X.columns, validation.X.columns]).toEqual([kind, 31, 12]);
      expect(validation.X.data.slice(0, 12)).not.toEqual(train.X.data.slice(0, 12));
    }
  });

  it("moves, thins and mixes its points as it says", () => {
    const before = pointsOf(circles).train;
    const moved = pointsOf({ ...circles, scale: [10, 1], offset: [0, 3] }).train;
    expect(moved.X.get(0, 7)).toBe(10 * before.X.get(0, 7));
    expect(moved.X.get(1, 7)).toBe(before.X.get(1, 7) + 3);
    const rare = pointsOf({ ...circles, rare: 0 }).train;
    expect(rare.Y.data.every((y) => y === 0)).toBe(true);
    expect(rare.X.columns).toBe(before.Y.data.filter((y) => y === 0).length);
    const leaked = pointsOf({ ...circles, leaked: 0.25 });
    for (let j = 0; j < 5; j++) expect(leaked.validation.X.get(0, j)).toBe(leaked.train.X.get(0, j));
    expect(leaked.validation.X.get(0, 5)).toBe(pointsOf(circles).validation.X.get(0, 5));
  });

  it("of one's own is split by its seed, classes with their shares", () => {
    const { train, validation } = pointsOf({ ...own, test: 0.34 });
    expect([train.X.shape, validation.X.shape]).toEqual([
      [2, 4],
      [2, 2],
    ]);
    expect(Array.from(validation.Y.data).sort()).toEqual([0, 1]);
  });

  const wrong: readonly [string, unknown, string][] = [
    ["a set that no machine holds", { ...circles, examples: 1e15 }, "data: examples must be"],
    ["an unknown generator", { ...circles, kind: "constructor" }, "data: kind must be one of"],
    ["an unknown key", { ...circles, url: "https://example.org" }, 'unknown option "url"'],
    ["digits on another scale", { ...circles, kind: "digits", scale: [1, 2] }, "data of digits: unknown option"],
    ["one factor for two features", { ...circles, scale: [1] }, "scale must hold two numbers"],
    ["labels that are not shuffled", { ...circles, shuffled: false }, "shuffled must be true"],
    ["classes beyond their names", { ...own, targets: [0, 1, 2, 3, 4, 5] }, "targets must be"],
    ["one class", { ...own, classNames: ["only"] }, "at least two classes"],
    ["features of another length", { ...own, features: [[1], [2]] }, "one number a point"],
    ["a feature twice", { ...own, featureNames: ["a", "a"] }, 'featureNames must differ, got "a" twice'],
    ["too few names", { ...own, featureNames: ["a"] }, "a list of 2 names"],
    ["numbers that are none", { ...own, features: [Array(6).fill("x"), Array(6).fill(null)] }, "features[0] must be"],
    ["a name that is none", { ...own, name: 3 }, "name must be a text"],
  ];
  it.each(wrong)("is not %s", (_, value, message) => {
    expect(() => parsePoints("data", value)).toThrow(message);
    expect(() => parsePoints("data", value)).toThrow(OptionError);
  });

  it("is refused with an error that is meant for the reader, whatever it is", () => {
    const attempt = (value: unknown): void => {
      try {
        parsePoints("data", value);
      } catch (error) {
        expect(error).toBeInstanceOf(OptionError);
      }
    };
    fc.assert(fc.property(fc.anything(), attempt));
    fc.assert(
      fc.property(anySource, fc.nat(), fc.jsonValue(), (source, at, value) => {
        const keys = Object.keys(source);
        attempt({ ...(plain(source) as object), [keys[at % keys.length]]: value });
      }),
    );
  });
});
