import { describe, expect, it } from "vitest";
import { Evaluator } from "../../../src/gradcheck/evaluator.js";
import { norm } from "../../../src/gradcheck/norm.js";
import type { FlatProblem } from "../../../src/gradcheck/problem.js";
import { measureScatter } from "../../../src/gradcheck/scatter.js";
import { run } from "./helpers.js";

/** J = Σ tanh²(θ) / 2, with a gradient that is `written` beside the right one. */
function told(written: (theta: Float64Array) => Float64Array, single: boolean): Float64Array | undefined {
  const theta = Float64Array.of(0.3, -0.7, 1.1, 0.2).map((value) => (single ? Math.fround(value) : value));
  const problem: FlatProblem = {
    theta,
    blocks: [{ name: "w", shape: [4, 1], offset: 0, length: 4, single }],
    cost: (at) => at.reduce((sum, t) => sum + Math.tanh(t) ** 2 / 2, 0),
    gradient: written,
    reference: right,
  };
  return run(measureScatter(problem, new Evaluator(problem, "test()"), theta));
}

function right(theta: Float64Array): Float64Array {
  return theta.map((t) => Math.tanh(t) * (1 - Math.tanh(t) ** 2));
}

describe("how far rounding scatters a gradient", () => {
  it("is told by how its error scatters: of float32 about 1 / √12 of the distance between two numbers", () => {
    const rounding = told((theta) => right(theta).map(Math.fround), true) ?? new Float64Array();
    for (const [k, value] of right(Float64Array.of(0.3, -0.7, 1.1, 0.2)).entries()) {
      const distance = 2 ** (Math.floor(Math.log2(Math.abs(value))) - 23);
      expect(rounding[k]).toBeGreaterThan(distance / Math.sqrt(12) / 4);
      expect(rounding[k]).toBeLessThan((distance / Math.sqrt(12)) * 4);
    }
  });

  it("is told of sums that cancel: rounded on the way, they leave nothing else", () => {
    // (c + g) − c in float32, c about 1000.
    const rounding = told((theta) => {
      const c = 3333 * theta[0];
      return right(theta).map((g) => Math.fround(Math.fround(c + g) - Math.fround(c)));
    }, true);
    for (const value of rounding ?? []) {
      expect(value).toBeGreaterThan(2 ** -14 / Math.sqrt(12) / 4);
      expect(value).toBeLessThan((2 ** -14 / Math.sqrt(12)) * 4);
    }
    expect(rounding).toHaveLength(4);
  });

  it.each([
    [false, 1e-14],
    [true, 1e-6],
  ])("is not what a wrong formula does, which changes smoothly (single: %s)", (single, most) => {
    const wrong: ((theta: Float64Array) => Float64Array)[] = [
      (theta) => right(theta).map((g) => 2 * g),
      (theta) => right(theta).map((g) => -g),
      (theta) => right(theta).map((g, k) => (k === 0 ? g + 0.01 : g)),
      (theta) => theta.map(Math.tanh),
    ];
    for (const written of wrong) {
      const rounded = (theta: Float64Array) => (single ? written(theta).map(Math.fround) : written(theta));
      expect(norm(told(rounded, single) ?? [Number.NaN])).toBeLessThan(most);
    }
  });

  it("is not told where a gradient throws, or nothing is there to tell it by", () => {
    expect(
      told(() => {
        throw new Error("no gradient");
      }, false),
    ).toBeUndefined();
  });
});
