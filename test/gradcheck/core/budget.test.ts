import { describe, expect, it } from "vitest";
import { checkGradients, checkGradientsAsync, type GradientProblem } from "../../../src/gradcheck/checkGradients.js";
import type { CheckOptions, CheckProgress } from "../../../src/gradcheck/checkOptions.js";
import type { GradientReport } from "../../../src/gradcheck/report.js";
import { said } from "../said.js";

type Layers = Record<string, number[]>;

/** So many blocks of eight, J = Σ log cosh(w), and blocks whose gradient is 1.5 times what it should be. */
function layers(count: number, wrong: readonly string[] = []): GradientProblem<Layers> & { readonly calls: number } {
  const names = Array.from({ length: count }, (_, k) => `w${k}`);
  const problem = {
    calls: 0,
    parameters: Object.fromEntries(
      names.map((name, i) => [name, Array.from({ length: 8 }, (_, k) => Math.sin(3 * i + k))]),
    ),
    cost: (p: Layers): number => {
      problem.calls++;
      return names.reduce((sum, name) => sum + p[name].reduce((part, w) => part + Math.log(Math.cosh(w)), 0), 0);
    },
    gradients: (p: Layers): Layers =>
      Object.fromEntries(
        names.map((name) => [name, p[name].map((w) => Math.tanh(w) * (wrong.includes(name) ? 1.5 : 1))]),
      ),
  };
  return problem;
}

const verdicts = ({ blocks }: GradientReport): string => blocks.map(({ verdict }) => verdict[0]).join("");

describe("a budget of cost evaluations", () => {
  it("is never exceeded, and blocks that it does not reach are undecided with that reason", () => {
    const all = checkGradients(layers(6)).costEvaluations;
    for (let budget = 1; budget <= all + 1; budget++) {
      const problem = layers(6);
      const report = checkGradients(problem, { budget });
      expect(problem.calls).toBe(report.costEvaluations);
      expect(report.costEvaluations).toBeLessThanOrEqual(budget);
      expect(verdicts(report)).toMatch(/^c*u*$/);
      const reasons = report.blocks.flatMap(({ reason = [] }) => reason).map(said);
      expect(new Set(reasons).size).toBeLessThanOrEqual(1);
      for (const reason of reasons) expect(reason).toContain("the budget of");
      expect(report.verdict).toBe(budget >= all ? "correct" : "undecided");
    }
  });

  it("goes to the verdicts first, and ends the search for places with a note", () => {
    const wrong = ["w0", "w1", "w2", "w3"];
    const { costEvaluations } = checkGradients(layers(4, wrong), { verdictOnly: true });
    const report = checkGradients(layers(4, wrong), { budget: costEvaluations + 30 });
    expect(verdicts(report)).toBe("wwww");
    expect(report.costEvaluations).toBe(costEvaluations + 30);
    expect(report.blocks[0].entries?.length).toBeGreaterThan(0);
    expect(report.blocks[3].entries).toBeUndefined();
    expect(report.notes.map(said).join()).toMatch(
      /the budget of \d+ cost evaluations ended the search for places in w1, w2, w3/,
    );
  });

  it("is refused where it is no whole number from 1 on", () => {
    for (const budget of [0, 1.5, Number.NaN, "9"]) {
      expect(() => checkGradients(layers(1), { budget } as CheckOptions)).toThrow(/budget/);
    }
  });
});

describe("verdicts alone", () => {
  it("are those of the whole check, without places and causes, for fewer evaluations", () => {
    const whole = checkGradients(layers(5, ["w1", "w3"]));
    const report = checkGradients(layers(5, ["w1", "w3"]), { verdictOnly: true });
    expect(verdicts(report)).toBe(verdicts(whole));
    expect(report.blocks.some(({ entries, explanation }) => entries ?? explanation)).toBe(false);
    expect(report.costEvaluations).toBeLessThan(whole.costEvaluations - 20);
    expect(String(report)).toContain("claimed slope");
  });

  it("go with no mode that measures every entry", () => {
    expect(() => checkGradients(layers(1), { verdictOnly: true, mode: "exhaustive" })).toThrow(/choose one/);
    expect(() => checkGradients(layers(1), { verdictOnly: 1 } as never)).toThrow(/true or false/);
  });
});

describe("evaluations", () => {
  it("of 16 wrong blocks are at most 600, and a verdict takes at most 16 a block", () => {
    const wrong = Array.from({ length: 16 }, (_, k) => `w${k}`);
    expect(checkGradients(layers(16, wrong)).costEvaluations).toBeLessThanOrEqual(600);
    expect(checkGradients(layers(16, wrong), { verdictOnly: true }).costEvaluations).toBeLessThanOrEqual(16 * 16);
    expect(checkGradients(layers(16)).costEvaluations).toBeLessThanOrEqual(16 * 12);
  });
});

describe("training steps", () => {
  /** J = Σ w⁴/4 + w²/2, whose second term is forgotten where |w| > 1: right at the start, and wrong further out. */
  const growing = (isWrong: boolean): GradientProblem<{ w: number[] }> => ({
    parameters: { w: [0.2, 0.3, -0.1] },
    cost: ({ w }) => -w.reduce((sum, x) => sum + x ** 4 / 4 + x ** 2 / 2, 0),
    gradients: ({ w }) => ({ w: w.map((x) => -(x ** 3) - (isWrong && Math.abs(x) > 1 ? 0 : x)) }),
  });

  it("find what shows away from the start alone", async () => {
    expect(checkGradients(growing(true)).verdict).toBe("correct");
    const report = checkGradients(growing(true), { trainingSteps: 200 });
    expect(report.verdict).toBe("wrong");
    expect(report.notes.map(said).join()).toContain("the error shows after 200 steps of training");
    expect({ ...(await checkGradientsAsync(growing(true), { trainingSteps: 200 })), seconds: 0 }).toEqual({
      ...report,
      seconds: 0,
    });
    const right = checkGradients(growing(false), { trainingSteps: 200 });
    expect(right.verdict).toBe("correct");
    expect(right.notes.map(said)).toEqual(["checked at the given parameters and again after 200 steps of training"]);
    expect(right.gradientEvaluations).toBeGreaterThan(200);
  });

  it("leave the caller's parameters as they are, and float32 as float32 holds them", () => {
    const w = Float32Array.of(0.5, -0.25);
    const seen: number[] = [];
    const report = checkGradients(
      {
        parameters: { w },
        cost: (p) => p.w.reduce((sum, x) => sum + x ** 2, 0),
        gradients: (p) => {
          seen.push(...p.w);
          return { w: p.w.map((x) => 2 * x) };
        },
      },
      { trainingSteps: 3 },
    );
    expect([...w]).toEqual([0.5, -0.25]);
    expect(seen.every((value) => Math.fround(value) === value)).toBe(true);
    expect(report.verdict).toBe("correct");
  });

  it("that lead nowhere are told, and so is a budget that does not last for them", () => {
    const ends: GradientProblem<{ w: number }> = {
      parameters: { w: 0.1 },
      cost: ({ w }) => Math.sqrt(w),
      gradients: ({ w }) => ({ w: 0.5 / Math.sqrt(w) }),
    };
    const report = checkGradients(ends, { trainingSteps: 100 });
    expect(report.notes.map(said).join()).toContain("not checked after training: 100 steps of it led to numbers");
    const { costEvaluations } = checkGradients(layers(2));
    const short = checkGradients(layers(2), { trainingSteps: 5, budget: costEvaluations });
    expect(short.verdict).toBe("correct");
    expect(short.notes.map(said).join()).toContain("not checked again after 5 steps of training: the budget of");
  });

  it("of another number are refused", () => {
    for (const trainingSteps of [-1, 0.5, "3"]) {
      expect(() => checkGradients(layers(1), { trainingSteps } as CheckOptions)).toThrow(/trainingSteps/);
    }
  });
});

describe("progress", () => {
  it("tells evaluations and seconds left, which come down to nothing", () => {
    for (const options of [{}, { mode: "exhaustive" }, { trainingSteps: 2 }] as const) {
      const seen: CheckProgress[] = [];
      const report = checkGradients(layers(8, options === undefined ? [] : ["w3"]), {
        ...options,
        onProgress: (progress) => seen.push(progress),
      });
      expect(seen.every(({ secondsLeft, costEvaluationsLeft }) => secondsLeft >= 0 && costEvaluationsLeft >= 0)).toBe(
        true,
      );
      expect(seen.every(({ blocksDone }, k) => k === 0 || blocksDone >= seen[k - 1].blocksDone)).toBe(true);
      for (const { costEvaluations, costEvaluationsLeft } of seen) {
        const expected = costEvaluations + costEvaluationsLeft;
        expect(expected / report.costEvaluations).toBeGreaterThan(0.3);
        expect(expected / report.costEvaluations).toBeLessThan(3);
      }
    }
  });
});
