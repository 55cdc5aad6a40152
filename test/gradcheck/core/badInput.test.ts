import { describe, expect, it } from "vitest";
import { Matrix } from "../../../src/array/matrix.js";
import { checkGradients } from "../../../src/gradcheck/checkGradients.js";
import type { GradientReport } from "../../../src/gradcheck/report.js";
import { RandomState } from "../../../src/random/randomState.js";
import { said } from "../said.js";
import { type SmallParameters, small } from "./helpers.js";

const { parameters, cost, gradients } = small;
const check = (changes: object = {}, options = {}): GradientReport =>
  checkGradients({ parameters, cost, gradients, ...changes }, options);

describe("input that cannot be checked", () => {
  it.each<[string, object, string]>([
    ["NaN at the start", { cost: () => Number.NaN }, "cost() is NaN at the given parameters"],
    ["an infinite cost", { cost: () => Number.POSITIVE_INFINITY }, "cost() is Infinity at the given parameters"],
    [
      "a cost that throws",
      {
        cost: () => {
          throw new TypeError("no such key");
        },
      },
      "cost() threw TypeError: no such key at the given parameters",
    ],
    ["a cost that is a text", { cost: () => "0.5" }, 'cost() must return a number, got "0.5"'],
    ["a cost that is nothing", { cost: () => undefined }, "cost() must return a number, got undefined"],
    ["a cost that is a Matrix", { cost: () => Matrix.zeros(1, 1) }, "cost() must return a number"],
    ["no cost", { cost: undefined }, "cost must be a function of the parameters, got undefined"],
    ["no gradients", { gradients: {} }, "gradients must be a function of the parameters"],
    ["a missing gradient", { gradients: (p: SmallParameters) => ({ dW1: gradients(p).dW1 }) }, "nothing for b1"],
    ["a wrong shape", { gradients: (p: SmallParameters) => ({ ...gradients(p), dW1: [[1, 2]] }) }, "W1 is 2 × 2"],
  ])("is refused: %s", (_, changes, message) => {
    expect(() => check(changes)).toThrow(message);
    expect(() => check(changes)).toThrow(/^checkGradients\(\): /);
  });

  it("is refused: a cost that turns into something else on the way", () => {
    let calls = 0;
    expect(() => check({ cost: (p: SmallParameters) => (++calls > 9 ? null : cost(p)) })).toThrow(
      "cost() must return a number, got null",
    );
  });

  it.each<[object, string]>([
    [{ mode: "exhaustiv" }, "did you mean exhaustive?"],
    [{ seed: -1 }, "seed must be a whole number of at least 0"],
    [{ blocks: ["b2"] }, "blocks must be one of W1, b1"],
    [{ blocks: "b1" }, "blocks must be an array of names"],
    [{ signal: 3 }, "signal must be an AbortSignal"],
    [{ onProgress: 3 }, "onProgress must be a function"],
    [{ epsilon: 1e-7 }, 'unknown option "epsilon"'],
  ])("is refused: options %j", (options, message) => {
    expect(() => check({}, options)).toThrow(message);
  });

  it("is refused: no problem at all", () => {
    for (const nothing of [null, undefined, 3]) {
      expect(() => checkGradients(nothing as unknown as typeof small)).toThrow(
        "expected { parameters, cost, gradients }",
      );
    }
  });
});

describe("input that is odd but can be checked", () => {
  it("has parameters of zero size", () => {
    const report = checkGradients({
      parameters: { ...parameters, none: [] as number[], empty: Matrix.zeros(0, 3) },
      cost,
      gradients: (p) => ({ ...gradients(p), none: [], empty: Matrix.zeros(0, 3) }),
    });
    expect(report.verdict).toBe("correct");
    expect(report.blocks.map(({ shape }) => shape)).toEqual([[2, 2], [2], [0], [0, 3]]);
  });

  it("ignores a parameter: its gradient must be zero", () => {
    const withIgnored = (dc: number): GradientReport =>
      checkGradients({
        parameters: { ...parameters, c: 3 },
        cost,
        gradients: (p) => ({ ...gradients(p), c: dc }),
      });
    expect(withIgnored(0).verdict).toBe("correct");
    const wrong = withIgnored(1e-6);
    expect(wrong.blocks.map(({ verdict }) => verdict)).toEqual(["correct", "correct", "wrong"]);
    expect(wrong.blocks[2].entries?.[0]).toMatchObject({ index: [], claimed: 1e-6, numerical: 0 });
  });

  it("is made of integers", () => {
    // J = a² b₀ + b₁ b₂
    const right = (p: { a: number; b: number[] }): object => ({
      a: 2 * p.a * p.b[0],
      b: [p.a ** 2, p.b[2], p.b[1]],
    });
    const J = (p: { a: number; b: number[] }): number => p.a ** 2 * p.b[0] + p.b[1] * p.b[2];
    const problem = { parameters: { a: 3, b: [1, 2, -4] }, cost: J };
    expect(checkGradients({ ...problem, gradients: right }).verdict).toBe("correct");
    const swapped = (p: { a: number; b: number[] }): object => ({ ...right(p), b: [p.a ** 2, p.b[1], p.b[2]] });
    const report = checkGradients({ ...problem, gradients: swapped });
    expect(report.blocks.map(({ verdict }) => verdict)).toEqual(["correct", "wrong"]);
    expect(report.blocks[1].entries?.map(({ index }) => index)).toEqual([[1], [2]]);
  });

  it.each([1e-150, 1e-100, 1e-8, 1, 1e8, 1e100, 1e150])("has parameters of the size of %f", (scale) => {
    const problem = {
      parameters: { w: [scale, -2 * scale, 0.5 * scale] },
      cost: (p: { w: number[] }) => p.w.reduce((sum, w) => sum + w * w, 0),
    };
    expect(checkGradients({ ...problem, gradients: (p) => ({ w: p.w.map((w) => 2 * w) }) }).verdict).toBe("correct");
    expect(checkGradients({ ...problem, gradients: (p) => ({ w: p.w.map((w) => 2.001 * w) }) }).verdict).toBe("wrong");
  });

  it("has parameters of sizes 300 powers of ten apart", () => {
    const report = checkGradients({
      parameters: { a: 1e150, b: [1e-150, 2e-150], c: 1 },
      cost: (p) => p.a * p.b[0] + p.b[1] * 1e150 + Math.sin(p.c),
      gradients: (p) => ({ a: p.b[0], b: [p.a, 1e150], c: Math.cos(p.c) }),
    });
    expect(report.verdict).toBe("correct");
  });

  it("has a gradient that is not finite", () => {
    const report = check({
      gradients: (p: SmallParameters) => {
        const { dW1, db1 } = gradients(p);
        dW1[1][0] = Number.NaN;
        return { dW1, db1 };
      },
    });
    expect(report.blocks[0].verdict).toBe("wrong");
    expect(said(report.blocks[0].explanation)).toBe("entry [1, 0] of the gradient is NaN");
    expect(report.blocks[0].entries?.map(({ index }) => index)).toEqual([[1, 0]]);
    expect(report.blocks[1].verdict).toBe("correct");
    expect(JSON.parse(JSON.stringify(report)).verdict).toBe("wrong");
  });

  it("throws at θ + h, where the domain ends", () => {
    const J = (p: { w: number[] }): number => {
      if (p.w[0] <= 0) throw new RangeError("log of a negative number");
      return Math.log(p.w[0]) + p.w[1];
    };
    const near = { parameters: { w: [1e-6, 2] }, cost: J, gradients: (p: { w: number[] }) => ({ w: [1 / p.w[0], 1] }) };
    expect(checkGradients(near).verdict).toBe("correct");
    const edge = checkGradients({
      parameters: { w: 0 },
      cost: ({ w }) => {
        if (w < 0) throw new RangeError("root of a negative number");
        return w ** 1.5;
      },
      gradients: ({ w }) => ({ w: 1.5 * Math.sqrt(w) }),
    });
    expect(edge.verdict).toBe("undecided");
    expect(said(edge.blocks[0].reason)).toContain(
      "cost() threw RangeError: root of a negative number when the parameters",
    );
  });

  it("has gradients that throw away from the given parameters", () => {
    const fussy = (p: SmallParameters): object => {
      if (p.b1[0] !== 0.2) throw new Error("only here");
      return gradients(p);
    };
    expect(check({ gradients: fussy }).verdict).toBe("correct");
    expect(check({ gradients: (p: SmallParameters) => ({ ...fussy(p), db1: [1, 1] }) }).verdict).toBe("wrong");
  });

  it("has a kink at the given parameters", () => {
    const relu = {
      parameters: { w: [0, 0.5], b: 0 },
      cost: (p: { w: number[]; b: number }) => Math.max(0, p.w[0] + p.b) + (p.w[1] - 1) ** 2,
    };
    // ReLU' (0) = 0 by convention, though the slope is 1 on one side: right, and seen to be right beside the kink.
    const step = (p: { w: number[]; b: number }): number => (p.w[0] + p.b > 0 ? 1 : 0);
    const right = (p: { w: number[]; b: number }): object => ({ w: [step(p), 2 * (p.w[1] - 1)], b: step(p) });
    expect(checkGradients({ ...relu, gradients: right }).verdict).toBe("correct");
    const wrong = (p: { w: number[]; b: number }): object => ({ w: [0.9 * step(p), 2 * (p.w[1] - 1)], b: step(p) });
    expect(checkGradients({ ...relu, gradients: wrong }).verdict).toBe("wrong");
  });
});

describe("32 bits", () => {
  it("in the gradient alone are no error, and an error in them is one", () => {
    const rounded = (factor: number) => (p: SmallParameters) => ({
      dW1: gradients(p).dW1.map((row) => Float32Array.from(row)),
      db1: Float32Array.from(gradients(p).db1, (d) => factor * d),
    });
    expect(check({ gradients: rounded(1) }).verdict).toBe("correct");
    expect(check({ gradients: rounded(1.001) }).blocks.map(({ verdict }) => verdict)).toEqual(["correct", "wrong"]);
  });

  it("in the cost are found by its noise", () => {
    const single = { cost: (p: SmallParameters) => Math.fround(cost(p)) };
    const report = check(single);
    expect(report.verdict).toBe("correct");
    // 2⁻²⁴ / 1e-1 and not 1e-16 / 1e-6.
    for (const { error } of report.blocks) expect(error).toBeGreaterThan(1e-7);
    const twice = (p: SmallParameters): object => ({ ...gradients(p), db1: gradients(p).db1.map((d) => 1.01 * d) });
    expect(check({ ...single, gradients: twice }).blocks.map(({ verdict }) => verdict)).toEqual(["correct", "wrong"]);
  });

  it("in the parameters do not limit the numerical slope", () => {
    const single = { w: Float32Array.of(0.1, -0.7, 1.3) };
    const report = checkGradients({
      parameters: single,
      cost: ({ w }) => w.reduce((sum, value) => sum + Math.sin(value), 0),
      gradients: ({ w }) => ({ w: Array.from(w, Math.cos) }),
    });
    expect(report.verdict).toBe("correct");
    expect(report.blocks[0].error).toBeLessThan(1e-7);
  });
});

describe("functions that are not functions of their parameters", () => {
  it("a random forward pass leaves everything undecided, with the way out", () => {
    const random = new RandomState(1);
    const report = check({ cost: (p: SmallParameters) => cost(p) * (1 + 0.1 * random.gauss()) });
    expect(report.verdict).toBe("undecided");
    for (const { verdict, reason } of report.blocks) {
      expect(verdict).toBe("undecided");
      expect(said(reason)).toMatch(/^the forward pass is random: cost\(\) gave .* and then .*freeze dropout/);
    }
    expect(report.costEvaluations).toBe(2);
  });

  it("a forward pass that happens to repeat itself at first is found out in the end", () => {
    let calls = 0;
    const random = new RandomState(1);
    const report = check({ cost: (p: SmallParameters) => cost(p) + (++calls > 3 ? 0.1 * random.gauss() : 0) });
    expect(report.verdict).toBe("undecided");
    expect(said(report.notes[0])).toContain("the forward pass is random");
  });

  it("a random backward pass leaves everything undecided", () => {
    const random = new RandomState(1);
    const report = check({
      gradients: (p: SmallParameters) => ({ ...gradients(p), db1: gradients(p).db1.map((d) => d * random.gauss()) }),
    });
    expect(report.verdict).toBe("undecided");
    expect(said(report.blocks[0].reason)).toContain(
      "the backward pass is random: gradients() gives another b1 each time",
    );
  });

  it("sums in another order are noise, and noted", () => {
    let calls = 0;
    const report = check({ cost: (p: SmallParameters) => cost(p) * (1 + (calls++ % 2) * 2 ** -50) });
    expect(report.verdict).toBe("correct");
    expect(said(report.notes[0])).toContain("sums in another order?");
  });

  it("a stale cache is wrong, and named", () => {
    let cache = parameters;
    const report = check({
      cost: (p: SmallParameters) => {
        cache = structuredClone(p);
        return cost(p);
      },
      gradients: () => gradients(cache),
    });
    expect(report.verdict).toBe("wrong");
    for (const { explanation } of report.blocks) expect(said(explanation)).toContain("stale cache");
  });

  it("a gradient that changes its parameters is told, and does not disturb the check", () => {
    const before = structuredClone(parameters);
    const report = check({
      gradients: (p: SmallParameters) => {
        const g = gradients(p);
        p.W1[0][0] -= 0.1 * g.dW1[0][0];
        return g;
      },
    });
    expect(report.verdict).toBe("correct");
    expect(report.notes.map(said)).toEqual([expect.stringContaining("gradients() changes its parameters (W1)")]);
    expect(parameters).toEqual(before);
  });
});
