import { describe, expect, it } from "vitest";
import { Matrix } from "../../../src/array/matrix.js";
import { largestMistakes } from "../../../src/pipeline/explain/largestMistakes.js";

describe("largestMistakes", () => {
  it("two classes: those on the wrong side of the threshold, the least probable truth first", () => {
    const P = Matrix.row([0.9, 0.2, 0.6, 0.05, 0.4]);
    const Y = Matrix.row([1, 1, 0, 1, 0]);
    // Probabilities of the truth: .9, .2, .4, .05, .6.
    expect(largestMistakes(P, Y, "binary", { most: 10 })).toEqual([3, 1, 2]);
    expect(largestMistakes(P, Y, "binary", { most: 2 })).toEqual([3, 1]);
    expect(largestMistakes(P, Y, "binary", { most: 10, threshold: 0.1 })).toEqual([3, 2, 4]);
  });

  it("several classes: what is put in another class", () => {
    const P = Matrix.from([
      [0.5, 0.1, 0.3],
      [0.4, 0.2, 0.4],
      [0.1, 0.7, 0.3],
    ]);
    const Y = Matrix.from([
      [0, 1, 0],
      [1, 0, 1],
      [0, 0, 0],
    ]);
    expect(largestMistakes(P, Y, "multiclass", { most: 10 })).toEqual([1, 0]);
  });

  it("numbers: what is furthest off, equal errors in their order", () => {
    expect(largestMistakes(Matrix.row([1, 5, 3, 0]), Matrix.row([1, 2, 3, 3]), "regression", { most: 3 })).toEqual([
      1, 3,
    ]);
  });
});
