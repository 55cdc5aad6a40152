import { describe, expect, it } from "vitest";
import { checkFlat } from "../../../src/gradcheck/checkFlat.js";
import { checkGradients } from "../../../src/gradcheck/checkGradients.js";
import { parseCheckOptions } from "../../../src/gradcheck/checkOptions.js";
import { drive } from "../../../src/gradcheck/drive.js";
import type { FlatProblem } from "../../../src/gradcheck/problem.js";
import { said } from "../said.js";
import { type SmallParameters, small } from "./helpers.js";

describe("the exhaustive mode", () => {
  it("reports every entry with its error bar, and the difference of all", () => {
    const report = checkGradients(small, { mode: "exhaustive" });
    expect(report.blocks.map(({ entries }) => entries?.map(({ index }) => index.join()))).toEqual([
      ["0,0", "0,1", "1,0", "1,1"],
      ["0", "1"],
    ]);
    for (const { claimed, numerical, error } of report.blocks.flatMap(({ entries }) => entries ?? [])) {
      expect(Math.abs(claimed - numerical)).toBeLessThanOrEqual(3 * error);
    }
    expect(report.difference).toBeLessThan(1e-8);
  });

  it("finds an error too small for any direction", () => {
    // 1e-9 beside a slope of 1 is less than a direction resolves, but 5e-5 of the entry it is in.
    const problem = {
      parameters: { w: [1, 1] },
      cost: ({ w }: { w: number[] }) => w[0] + 1e-5 * w[1] ** 2,
      gradients: ({ w }: { w: number[] }) => ({ w: [1, 2e-5 * w[1] + 1e-9] }),
    };
    expect(checkGradients(problem).verdict).toBe("correct");
    const [{ verdict, entries = [] }] = checkGradients(problem, { mode: "exhaustive" }).blocks;
    expect(verdict).toBe("wrong");
    expect(Math.abs(entries[1].numerical - 2e-5)).toBeLessThanOrEqual(3 * entries[1].error);
  });

  it("moves single entries by the faster way, where there is one", () => {
    // J = θ₀² + 3 θ₁
    const J = (theta: Float64Array): number => theta[0] ** 2 + 3 * theta[1];
    let fast = 0;
    const problem: FlatProblem = {
      theta: Float64Array.of(2, 1),
      blocks: [{ name: "theta", offset: 0, length: 2, shape: [2] }],
      cost: J,
      gradient: (theta) => Float64Array.of(2 * theta[0], 3),
      moveOne: (theta) => (index, step) => {
        fast++;
        const moved = theta.slice();
        moved[index] += step;
        return J(moved);
      },
    };
    const options = parseCheckOptions("test()", { mode: "exhaustive" }, []);
    const report = drive(checkFlat(problem, options, "test()"));
    expect(report.verdict).toBe("correct");
    expect(fast).toBeGreaterThanOrEqual(8);
  });
});

describe("frozen branches", () => {
  it("take kinks away: differences are taken of the smooth cost they give", () => {
    // J = Σ max(0, θᵢ), at θ = 0: the recorded selector is 0 everywhere, and so is the gradient.
    const relu = (theta: Float64Array): number => theta.reduce((sum, t) => sum + Math.max(0, t), 0);
    let frozen = 0;
    const problem: FlatProblem = {
      theta: new Float64Array(3),
      blocks: [{ name: "theta", offset: 0, length: 3, shape: [3] }],
      cost: relu,
      gradient: (theta) => theta.map((t) => (t > 0 ? 1 : 0)),
      freeze: (center) => {
        const open = center.map((t) => (t > 0 ? 1 : 0));
        return (theta) => {
          frozen++;
          return theta.reduce((sum, t, i) => sum + open[i] * t, 0);
        };
      },
    };
    const options = parseCheckOptions("test()", { mode: "directions" }, []);
    expect(drive(checkFlat(problem, options, "test()")).verdict).toBe("correct");
    expect(frozen).toBeGreaterThan(10);
    const wrong = { ...problem, gradient: (theta: Float64Array) => theta.map((t) => (t > 0 ? 1.001 : 0)) };
    expect(drive(checkFlat(wrong, options, "test()")).verdict).toBe("wrong");
  });
});

describe("the textbook mode", () => {
  it("gives the course's number in one dimension", () => {
    // J = θx with x = 2, θ = 4, ε = 1e-7; NumPy 1.24 gives 2.919335883291695e-10 (course.json, gradCheck1d).
    const report = checkGradients(
      { parameters: { theta: 4 }, cost: ({ theta }) => 2 * theta, gradients: () => ({ theta: 2 }) },
      { mode: "textbook" },
    );
    expect(report.difference).toBe(2.919335883291695e-10);
    expect(report).toMatchObject({ verdict: "correct", notes: [] });
  });

  it("says that its threshold raises a false alarm", () => {
    // 1e4 beside slopes of 1: rounding of J by 1e-12, divided by 2e-7, is 1e-5 of the slopes.
    const offset = {
      ...small,
      cost: (p: SmallParameters) => 1e4 + small.cost(p),
    };
    const report = checkGradients(offset, { mode: "textbook" });
    expect(report.verdict).toBe("correct");
    expect(report.difference).toBeGreaterThan(1e-7);
    expect(report.notes.map(said)).toEqual([expect.stringMatching(/above its threshold of 1e-7: a false alarm/)]);
    expect(String(report)).toMatch(/false\s+alarm/);
  });

  it("says that its threshold misses an error", () => {
    const hidden = {
      parameters: { large: 1e3, small: 1e-3 },
      cost: (p: { large: number; small: number }) => (p.large ** 2 + p.small ** 2) / 1e6,
      gradients: (p: { large: number; small: number }) => ({ large: (2 * p.large) / 1e6, small: (3 * p.small) / 1e6 }),
    };
    const report = checkGradients(hidden, { mode: "textbook" });
    expect(report.difference).toBeLessThan(1e-6);
    expect(report.blocks.map(({ verdict }) => verdict)).toEqual(["correct", "wrong"]);
  });

  it("finds what is wrong, and gives the number", () => {
    const twice = {
      ...small,
      gradients: (p: SmallParameters) => ({ ...small.gradients(p), db1: small.gradients(p).db1.map((d) => 2 * d) }),
    };
    const report = checkGradients(twice, { mode: "textbook" });
    expect(report.verdict).toBe("wrong");
    expect(report.difference).toBeGreaterThan(0.1);
    expect(report.blocks[1].entries).toHaveLength(2);
  });
});
