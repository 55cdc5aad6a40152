import { describe, expect, it } from "vitest";
import { checkGradients, type GradientProblem } from "../../../src/gradcheck/checkGradients.js";
import { entryUnits } from "../../../src/gradcheck/entryUnits.js";

/** Amplitude and frequency of a sine, in one block: 5,000 and 2e-4. */
const amplitude = 5000;
const frequency = 2e-4;
const times = Array.from({ length: 40 }, (_, i) => 750 * i);
const heights = times.map((t, i) => 0.9 * amplitude * Math.sin(1.04 * frequency * t + 0.1) + 40 * Math.cos(7 * i));
const fit: GradientProblem<{ wave: number[] }> = {
  parameters: { wave: [amplitude, frequency] },
  cost: ({ wave: [a, f] }) =>
    times.reduce((sum, t, i) => sum + ((a * Math.sin(f * t) - heights[i]) / amplitude) ** 2, 0) / times.length,
  gradients: ({ wave: [a, f] }) => {
    const wave = [0, 0];
    for (const [i, t] of times.entries()) {
      const error = (2 * (a * Math.sin(f * t) - heights[i])) / amplitude ** 2 / times.length;
      wave[0] += error * Math.sin(f * t);
      wave[1] += error * a * t * Math.cos(f * t);
    }
    return { wave };
  },
};

/** The fit with one entry of its gradient changed. */
function changed(at: number, factor: number): typeof fit {
  const gradients: typeof fit.gradients = (p) => {
    const { wave } = fit.gradients(p) as { wave: number[] };
    return { wave: wave.map((value, k) => (k === at ? factor * value : value)) };
  };
  return { ...fit, gradients };
}

describe("a block whose entries have different units", () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])("is correct, seed %i", (seed) => {
    const report = checkGradients(fit, { seed });
    expect(report.verdict).toBe("correct");
    expect(report.costEvaluations).toBeLessThan(40);
  });

  it("is correct entry by entry, each in the caller's units", () => {
    for (const mode of ["exhaustive", "textbook"] as const) {
      const { verdict, blocks } = checkGradients(fit, { mode });
      expect(verdict).toBe("correct");
      const { wave } = fit.gradients(fit.parameters) as { wave: number[] };
      for (const [k, { claimed, numerical, error }] of (blocks[0].entries ?? []).entries()) {
        expect(claimed).toBe(wave[k]);
        const truncation = mode === "textbook" ? 1e-5 * Math.abs(wave[k]) : 0;
        expect(Math.abs(numerical - wave[k])).toBeLessThanOrEqual(3 * error + truncation);
      }
    }
  });

  it.each([
    [0, -1],
    [0, 1.1],
    [1, -1],
    [1, 1.1],
  ])("is wrong where entry %i of its gradient is %f times what it should be", (at, factor) => {
    const { blocks } = checkGradients(changed(at, factor));
    expect(blocks[0].verdict).toBe("wrong");
    const wrong = (blocks[0].entries ?? []).filter(({ verdict }) => verdict === "wrong");
    expect(wrong.map(({ index }) => index)).toEqual([[at]]);
    const right = (fit.gradients(fit.parameters) as { wave: number[] }).wave[at];
    // It may be measured near the given parameters.
    expect(Math.abs(wrong[0].numerical / right - 1)).toBeLessThan(0.5);
  });

  it("does not pass where an entry is claimed to be zero, which hides its unit", () => {
    expect(checkGradients(changed(1, 0)).verdict).not.toBe("correct");
  });

  it.each([1, 2, 3, 4, 5])(
    "is correct where the cost has a million periods within the size of the one entry, seed %i",
    (seed) => {
      const k = 1e7;
      const problem = {
        parameters: { w: [1.03] },
        cost: ({ w: [w] }: { w: number[] }) => Math.sin(k * w),
        gradients: ({ w: [w] }: { w: number[] }) => ({ w: [k * Math.cos(k * w)] }),
      };
      expect(checkGradients(problem, { seed }).verdict).toBe("correct");
      const wrong = { ...problem, gradients: ({ w: [w] }: { w: number[] }) => ({ w: [-k * Math.cos(k * w)] }) };
      expect(checkGradients(wrong, { seed }).verdict).toBe("wrong");
    },
  );
});

describe("units of entries", () => {
  const block = { name: "w", offset: 0, length: 2, shape: [2] };

  it("are the caller's where no slope would carry the cost far beyond its size", () => {
    expect(entryUnits(Float64Array.of(3, 4), Float64Array.of(60, -2), 5, [block])).toBeUndefined();
    expect(entryUnits(Float64Array.of(0, 0), Float64Array.of(1e9, 1), 1, [block])).toBeUndefined();
  });

  it("are powers of two, by what the slope says", () => {
    const units = entryUnits(Float64Array.of(1, 1), Float64Array.of(1, 1e6), 1, [block]);
    expect([...(units ?? [])]).toEqual([1, 2 ** -20]);
  });
});
