import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkGradients, type GradientProblem } from "../../../src/gradcheck/checkGradients.js";
import { strataOf } from "../../../src/gradcheck/strata.js";
import { RandomState } from "../../../src/random/randomState.js";
import { said } from "../said.js";

describe("strata of a gradient", () => {
  it("are one where entries are alike, zeros and thousands of numbers among them", () => {
    expect(strataOf(Float64Array.of(1, -2, 0, 0.1))).toEqual([[0, 1, 2, 3]]);
    expect(strataOf(new Float64Array(3))).toEqual([[0, 1, 2]]);
    expect(strataOf(Float64Array.from(new RandomState(1).randn(200, 100).data))).toHaveLength(1);
    expect(strataOf(Float64Array.of(1, Number.NaN, 1e-9))).toEqual([[0, 1, 2]]);
  });

  it("tell entries far apart from each other; what is the rounding of a zero belongs to the smallest", () => {
    expect(strataOf(Float64Array.of(1, 1e-7, 0, 3, 2e-7, 1e-16))).toEqual([
      [0, 3],
      [1, 2, 4, 5],
    ]);
    expect(strataOf(Float64Array.of(1e6, 1, 1, 1e-6))).toEqual([[0], [1, 2], [3]]);
  });

  it("hold each entry once", () => {
    const entries = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(entries, (values) => {
        const strata = strataOf(Float64Array.from(values));
        expect(strata.flat().sort((a, b) => a - b)).toEqual([...values.keys()]);
        expect(strata.length).toBeLessThanOrEqual(4);
      }),
    );
  });
});

const random = new RandomState(5);
const inputs = random.randn(40, 6).data;
const outputs = random.randn(40, 1).data;

/** Least squares with one feature of another size, and the derivative of its weight times a factor. */
function oneFeature(size: number, factor: number): GradientProblem<{ w: number[] }> {
  const x = (i: number, j: number): number => inputs[i * 6 + j] * (j === 2 ? size : 1);
  const errors = (w: readonly number[]): number[] =>
    Array.from(outputs, (y, i) => w.reduce((sum, value, j) => sum + value * x(i, j), 0) - y);
  return {
    parameters: { w: [0.7, -0.4, 0.9, 1.1, -0.6, 0.3] },
    cost: ({ w }) => errors(w).reduce((sum, e) => sum + e ** 2 / 80, 0),
    gradients: ({ w }) => {
      const e = errors(w);
      const slopes = w.map((_, j) => e.reduce((sum, error, i) => sum + (error * x(i, j)) / 40, 0));
      return { w: slopes.map((slope, j) => (j === 2 ? factor * slope : slope)) };
    },
  };
}

describe("an entry far smaller than the others", () => {
  it.each([1e-4, 1e-6, 1e-8, 1e-10])("of %d times their size is caught where its sign is wrong, and named", (size) => {
    for (const mode of ["directions", "exhaustive"] as const) {
      const { blocks } = checkGradients(oneFeature(size, -1), { mode });
      expect(blocks[0].verdict).toBe("wrong");
      const wrong = blocks[0].entries?.filter(({ verdict }) => verdict === "wrong");
      expect(wrong?.map(({ index }) => index)).toEqual([[2]]);
    }
  });

  it.each([1e-4, 1e-6, 1e-8, 1e-10])(
    "of %d times their size is correct where it is right, for few evaluations",
    (size) => {
      const { verdict, costEvaluations, notes } = checkGradients(oneFeature(size, 1));
      expect(verdict).toBe("correct");
      expect(notes).toEqual([]);
      expect(costEvaluations).toBeLessThanOrEqual(37);
    },
  );

  it.each([1, -1, 1e3])(
    "that no difference of the cost can show is not judged, and that is said: %d times the right one",
    (factor) => {
      const problem = oneFeature(1e-15, 1);
      const wrong = { ...problem, gradients: oneFeature(1e-15, factor).gradients };
      const { verdict, blocks, notes } = checkGradients(wrong);
      const { w } = wrong.gradients(wrong.parameters) as { w: number[] };
      const size = Math.abs(w[2]);
      // Smaller than 1e-13 of the others it is taken for the rounding of a zero.
      const isTold = size > 1e-13 * Math.max(...w.map(Math.abs));
      expect(verdict).toBe("correct");
      expect(blocks[0].unjudged).toBe(isTold ? size : undefined);
      if (isTold) expect(notes.map(said).join()).toMatch(/^w: entries of the gradient up to .* were not judged/);
    },
  );
});
