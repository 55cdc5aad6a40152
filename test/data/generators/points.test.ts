import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { OptionError } from "../../../src/constraint/constraint.js";
import type { Dataset } from "../../../src/data/dataset.js";
import { blobs } from "../../../src/data/generators/blobs.js";
import { circles } from "../../../src/data/generators/circles.js";
import type { GeneratorOptions } from "../../../src/data/generators/generatorOptions.js";
import { moons } from "../../../src/data/generators/moons.js";
import { pitch } from "../../../src/data/generators/pitch.js";
import { spiral } from "../../../src/data/generators/spiral.js";
import { xor } from "../../../src/data/generators/xor.js";

const generators: [string, (options?: GeneratorOptions) => Dataset][] = [
  ["circles", circles],
  ["moons", moons],
  ["spiral", spiral],
  ["xor", xor],
  ["pitch", pitch],
  ["blobs", ({ noise = 1, ...options } = {}) => blobs({ ...options, spread: noise })],
];
const seed = fc.integer({ min: 0, max: 2 ** 32 - 1 });

/** How many examples each class has. */
function classSizes({ Y }: Dataset): number[] {
  if (Y.rows > 1) return Y.toArray().map((row) => row.reduce((sum, y) => sum + y, 0));
  const ones = Array.from(Y.data).reduce((sum, y) => sum + y, 0);
  return [Y.columns - ones, ones];
}

describe.each(generators)("%s()", (_, generate) => {
  it("gives named features, named classes and sound targets, the same for the same seed", () => {
    fc.assert(
      fc.property(seed, fc.integer({ min: 2, max: 60 }), fc.constantFrom(0, 0.05, 3), (s, examples, noise) => {
        const data = generate({ examples, noise, seed: s });
        const { X, Y, featureNames, classNames } = data;
        expect(X.shape).toEqual([2, examples]);
        expect(X.data.every(Number.isFinite)).toBe(true);
        expect(featureNames).toEqual(["x", "y"]);
        expect(classNames?.length).toBe(Math.max(2, Y.rows));
        expect(classSizes(data).reduce((sum, size) => sum + size, 0)).toBe(examples);
        expect(Y.data.every((y) => y === 0 || y === 1)).toBe(true);
        expect(generate({ examples, noise, seed: s })).toEqual(data);
      }),
      { numRuns: 30 },
    );
  });

  it("takes no options, and gives other points for another seed", () => {
    expect(generate().X.data).not.toEqual(generate({ seed: 1 }).X.data);
  });
});

describe("circles() and moons() without noise", () => {
  it("lie on two circles, half of the points on each", () => {
    const data = circles({ examples: 41, noise: 0, seed: 3 });
    expect(classSizes(data)).toEqual([20, 21]);
    for (let j = 0; j < 41; j++) {
      const radius = Math.hypot(data.X.get(0, j), data.X.get(1, j));
      expect(radius).toBeCloseTo(data.Y.get(0, j) === 0 ? 1 : 0.8, 14);
    }
  });

  it("lie on two half circles, half of the points on each", () => {
    const data = moons({ examples: 41, noise: 0, seed: 3 });
    expect(classSizes(data)).toEqual([20, 21]);
    for (let j = 0; j < 41; j++) {
      const [x, y] = [data.X.get(0, j), data.X.get(1, j)];
      if (data.Y.get(0, j) === 0) {
        expect(Math.hypot(x, y)).toBeCloseTo(1, 14);
        expect(y).toBeGreaterThan(-1e-15);
      } else {
        expect(Math.hypot(x - 1, y - 0.5)).toBeCloseTo(1, 14);
        expect(y).toBeLessThan(0.5 + 1e-15);
      }
    }
  });

  it("make do with two points", () => {
    expect(classSizes(circles({ examples: 2 }))).toEqual([1, 1]);
    expect(classSizes(moons({ examples: 2, noise: 0 }))).toEqual([1, 1]);
  });
});

describe("spiral()", () => {
  it("winds each arm from the origin to radius 1, a class an arm", () => {
    const data = spiral({ examples: 30, arms: 3, turns: 2, noise: 0 });
    expect(data.Y.shape).toEqual([3, 30]);
    expect(data.classNames).toEqual(["arm 1", "arm 2", "arm 3"]);
    expect(classSizes(data)).toEqual([10, 10, 10]);
    for (let j = 0; j < 30; j++) {
      const [x, y] = [data.X.get(0, j), data.X.get(1, j)];
      const t = Math.hypot(x, y);
      const arm = [0, 1, 2].findIndex((k) => data.Y.get(k, j) === 1);
      expect(t * 10).toBeCloseTo(Math.round(t * 10), 12); // ten points an arm, at t = 0.1, 0.2, …, 1
      const angle = 2 * Math.PI * (2 * t + arm / 3);
      expect(x).toBeCloseTo(t * Math.cos(angle), 12);
      expect(y).toBeCloseTo(t * Math.sin(angle), 12);
    }
  });

  it("spreads what does not divide evenly over the first arms", () => {
    expect(classSizes(spiral({ examples: 11, arms: 3 }))).toEqual([4, 4, 3]);
  });
});

describe("xor()", () => {
  it("labels by the signs, evenly over the square", () => {
    const data = xor({ examples: 4000, noise: 0, seed: 2 });
    const quadrants = [0, 0, 0, 0];
    for (let j = 0; j < 4000; j++) {
      const [right, up] = [data.X.get(0, j) > 0, data.X.get(1, j) > 0];
      expect(data.Y.get(0, j)).toBe(right === up ? 0 : 1);
      quadrants[Number(right) + 2 * Number(up)]++;
    }
    // 5 standard errors of 4000 · 1/4.
    for (const count of quadrants) expect(Math.abs(count - 1000)).toBeLessThan(5 * Math.sqrt((4000 * 3) / 16));
  });

  it("adds noise of the given size after labelling", () => {
    const clean = xor({ examples: 5000, noise: 0, seed: 4 });
    const noisy = xor({ examples: 5000, noise: 0.5, seed: 4 });
    expect(noisy.Y).toEqual(clean.Y);
    const variance = Array.from(noisy.X.data).reduce((sum, x, k) => sum + (x - clean.X.data[k]) ** 2, 0) / 10_000;
    expect(Math.abs(variance - 0.25)).toBeLessThan(5 * 0.25 * Math.sqrt(2 / 10_000)); // 5 standard errors of a variance
  });
});

describe("blobs()", () => {
  it("has two blobs as 0 and 1, more as one-hot, in any number of dimensions", () => {
    expect(blobs({ examples: 9, centers: 2 }).Y.shape).toEqual([1, 9]);
    const data = blobs({ examples: 8, centers: [[0], [10], [20]], spread: 0 });
    expect(data.X.shape).toEqual([1, 8]);
    expect(data.featureNames).toEqual(["x1"]);
    expect(classSizes(data)).toEqual([3, 3, 2]);
    for (let j = 0; j < 8; j++) expect(data.Y.get(data.X.get(0, j) / 10, j)).toBe(1);
  });
});

describe("generators reject", () => {
  it.each<[string, () => unknown, string]>([
    ["one example", () => circles({ examples: 1 }), "circles(): examples must be a whole number of at least 2"],
    ["half an example", () => moons({ examples: 10.5 }), "moons(): examples"],
    ["more examples than memory holds", () => pitch({ examples: 1e12 }), "pitch(): examples"],
    ["negative noise", () => xor({ noise: -1 }), "xor(): noise must be a finite number of at least 0, got -1"],
    ["infinite noise", () => xor({ noise: Number.POSITIVE_INFINITY }), "xor(): noise"],
    ["a seed of 33 bits", () => pitch({ seed: 2 ** 32 }), "pitch(): seed"],
    ["a typing error", () => circles(JSON.parse('{"nosie": 1}')), "did you mean noise?"],
    ["an option of another generator", () => circles(JSON.parse('{"arms": 3}')), 'unknown option "arms"'],
    ["a text", () => circles(JSON.parse('{"examples": "300"}')), 'got "300"'],
    ["a one-armed spiral", () => spiral({ arms: 1 }), "spiral(): arms"],
    ["no turns", () => spiral({ turns: 0 }), "spiral(): turns must be a finite number above 0"],
    ["one blob", () => blobs({ centers: 1 }), "blobs(): centers must be a whole number of at least 2"],
    ["one center", () => blobs({ centers: [[0, 0]] }), "a list of at least 2 points"],
    ["centers of different dimensions", () => blobs({ centers: [[0, 0], [1]] }), "blobs(): centers[1]"],
    ["a center nowhere", () => blobs({ centers: [[0], [Number.NaN]] }), "blobs(): centers[1][0]"],
    ["a center of no dimension", () => blobs({ centers: [[], []] }), "blobs(): centers[0]"],
    ["centers of texts", () => blobs(JSON.parse('{"centers": ["a", "b"]}')), "blobs(): centers[0]"],
    ["negative spread", () => blobs({ spread: -1 }), "blobs(): spread"],
  ])("%s", (_, call, message) => {
    expect(call).toThrow(OptionError);
    expect(call).toThrow(message);
  });
});
