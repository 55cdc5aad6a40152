import { describe, expect, it } from "vitest";
import { digits } from "../../../src/data/generators/digits.js";

describe("digits()", () => {
  it("draws ink on paper, each class in turn", () => {
    const { X, Y, featureNames, classNames } = digits({ examples: 200, noise: 0, seed: 1 });
    expect([X.shape, Y.shape, featureNames?.length, classNames?.length]).toEqual([[784, 200], [10, 200], 784, 10]);
    expect(Array.from(X.data).reduce((a, b) => Math.min(a, b))).toBe(0);
    expect(Array.from(X.data).reduce((a, b) => Math.max(a, b))).toBe(1);
    for (let j = 0; j < 200; j++) {
      const image = Array.from(X.selectColumns([j]).data);
      const ink = image.reduce((sum, value) => sum + value, 0);
      // A thin 1 of height 14 has some 20 pixels of ink; half the paper black would be no digit.
      expect(ink).toBeGreaterThan(15);
      expect(ink).toBeLessThan(392);
      expect(Array.from(Y.selectColumns([j]).data)).toEqual(
        Array.from({ length: 10 }, (_, k) => (k === j % 10 ? 1 : 0)),
      );
    }
  });

  it("depends on the seed and the image's number alone", () => {
    const { X } = digits({ examples: 30, seed: 4 });
    expect(digits({ examples: 30, seed: 4 }).X.data).toEqual(X.data);
    expect(digits({ examples: 12, seed: 4 }).X.data).toEqual(
      X.selectColumns(Array.from({ length: 12 }, (_, j) => j)).data,
    );
    expect(digits({ examples: 30, seed: 5 }).X.data).not.toEqual(X.data);
  });

  it("refuses what makes no sense", () => {
    expect(() => digits({ examples: 1 })).toThrow("digits(): examples must be a whole number of at least 2");
    expect(() => digits({ noise: -1 })).toThrow("digits(): noise must be");
  });
});
