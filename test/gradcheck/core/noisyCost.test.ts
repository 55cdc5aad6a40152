import { describe, expect, it } from "vitest";
import { checkGradients, type GradientProblem } from "../../../src/gradcheck/checkGradients.js";
import { said } from "../said.js";

type P = { w: number[]; b: number };

/** Logistic regression on 20 examples of three features. */
const X = Array.from({ length: 20 }, (_, i) => [1, 2, 3].map((j) => Math.sin(7 * i + 3 * j * j)));
const y = X.map((_, i) => Number(Math.cos(5 * i) > 0));
const parameters: P = { w: [0.1, -0.2, 0.3], b: 0.05 };

/** The same in any precision: `r` is done to every result. */
const cost = ({ w, b }: P, r: (value: number) => number): number => {
  const sum = X.reduce((total, x, i) => {
    const z = x.reduce((all, value, j) => r(all + r(r(w[j]) * r(value))), r(b));
    return r(total + r(r(Math.log1p(r(Math.exp(z)))) - r(y[i] * z)));
  }, 0);
  return r(sum / X.length);
};
const gradients = ({ w, b }: P, r: (value: number) => number): { dw: number[]; db: number } => {
  const e = X.map((x, i) => {
    const z = x.reduce((all, value, j) => r(all + r(r(w[j]) * r(value))), r(b));
    return r(r(r(1 / r(1 + r(Math.exp(-z)))) - y[i]) / X.length);
  });
  const sum = (value: (i: number) => number): number => e.reduce((all, _, i) => r(all + r(value(i))), 0);
  return { dw: w.map((_, j) => sum((i) => e[i] * r(X[i][j]))), db: sum((i) => e[i]) };
};

const exact = (value: number): number => value;
const problem = (r: (value: number) => number, print: (cost: number) => number = exact): GradientProblem<P> => ({
  parameters,
  cost: (p) => print(cost(p, r)),
  gradients: (p) => gradients(p, r),
});
const withDb = (right: GradientProblem<P>, factor: number): GradientProblem<P> => ({
  ...right,
  gradients: (p) => {
    const { dw, db } = gradients(p, exact);
    return { dw, db: factor * db };
  },
});

describe("a cost that is printed with few digits", () => {
  const prints: readonly (readonly [string, (cost: number) => number, string])[] = [
    ...[1, 2, 3, 4, 5, 6].map(
      (d) =>
        [
          `${d} decimals`,
          (J: number) => Number(J.toFixed(d)),
          `rounded to ${d} decimal${d === 1 ? "" : "s"}:`,
        ] as const,
    ),
    ["%g", (J) => Number((1e7 * J).toPrecision(6)) / 1e7, "rounded to "],
  ];

  it.each(prints)("of %s is never held against the gradient, and told", (_, print, sentence) => {
    for (let seed = 0; seed < 10; seed++) {
      const report = checkGradients(problem(exact, print), { seed });
      expect(report.verdict).not.toBe("wrong");
      expect(report.notes.map(said).join()).toContain(sentence);
      for (const { verdict, reason } of report.blocks) {
        if (verdict === "undecided") expect(said(reason)).toContain("print it with all its digits");
      }
    }
  });

  it("leaves a verdict to its bound where long steps show enough of it", () => {
    const report = checkGradients(problem(exact, (J) => Number(J.toFixed(5))));
    expect(report.verdict).toBe("correct");
    expect(report.blocks.every(({ bound = 0, missProbability }) => bound < 0.02 && missProbability <= 1e-3)).toBe(true);
    expect(report.blocks.some(({ bound }) => bound !== undefined)).toBe(true);
  });

  it("shows what is far beyond the bound", () => {
    const rounded = problem(exact, (J) => Number(J.toFixed(5)));
    const report = checkGradients(withDb(rounded, 1.2));
    expect(report.blocks.map(({ name, verdict }) => [name, verdict])).toEqual([
      ["w", "correct"],
      ["b", "wrong"],
    ]);
  });

  it("is told from one whose values are short by themselves", () => {
    const { notes, verdict } = checkGradients({
      parameters: { w: [0.5, 0.25], b: 0.125 },
      cost: ({ w: [p, q], b }) => p * q + b,
      gradients: ({ w: [p, q] }) => ({ dw: [q, p], db: 1 }),
    });
    expect([verdict, notes]).toEqual(["correct", []]);
  });
});

describe("a program in float32", () => {
  it("is correct to a bound, and the report says to which", () => {
    for (let seed = 0; seed < 20; seed++) {
      const report = checkGradients(problem(Math.fround), { seed });
      expect(report.verdict).toBe("correct");
      for (const { bound = 1e-4, missProbability } of report.blocks) {
        expect(bound).toBeLessThan(5e-3);
        expect(missProbability).toBeLessThanOrEqual(1e-3);
      }
    }
    expect(String(checkGradients(problem(Math.fround)))).toMatch(/correct to 0\.000\d\. All blocks agree/);
  });

  it("is wrong where an error is far beyond it", () => {
    for (const factor of [2, -1, 1.1, 1.01]) {
      expect(checkGradients(withDb(problem(Math.fround), factor)).blocks.map(({ verdict }) => verdict)).toEqual([
        "correct",
        "wrong",
      ]);
    }
  });

  it("has its noise known although a table of costs may show none by luck", () => {
    // Divided by 5 in float64, the values lie on no grid of their own.
    const divided = problem(Math.fround, (J) => J / 5);
    for (let seed = 0; seed < 100; seed++) {
      const fifth = {
        ...divided,
        gradients: (p: P) => {
          const { dw, db } = gradients(p, Math.fround);
          return { dw: dw.map((value) => value / 5), db: db / 5 };
        },
      };
      expect(checkGradients(fifth, { seed }).verdict).not.toBe("wrong");
    }
  });
});

describe("gradients that hang on earlier calls", () => {
  it("grow where each call adds to what the last one left, from nothing or from something", () => {
    for (const left of [0, 7]) {
      const sum = { dw: [left, left, left], db: left };
      const adding = (p: P): object => {
        const { dw, db } = gradients(p, exact);
        sum.dw = sum.dw.map((value, j) => value + dw[j]);
        sum.db += db;
        return sum;
      };
      const report = checkGradients({ ...problem(exact), gradients: adding as GradientProblem<P>["gradients"] });
      expect(report.verdict).toBe("wrong");
      expect(report.blocks.map(({ explanation }) => explanation?.id)).toEqual(Array(2).fill("check.accumulates"));
    }
  });

  it("are random where they do not grow by the same", () => {
    let seen = 0;
    const random = (p: P): object => {
      const { dw, db } = gradients(p, exact);
      seen = (seen * 16807 + 11) % 2147483647;
      return { dw, db: db + seen / 2147483647 };
    };
    const report = checkGradients({ ...problem(exact), gradients: random as GradientProblem<P>["gradients"] });
    expect(report.notes.map(({ id }) => id)).toEqual(["check.randomBackward"]);
  });
});

describe("a block without influence", () => {
  const frozen = {
    parameters: { w: [0.3, 0.8], frozen: [1, 2] },
    cost: ({ w }: { w: number[] }) => Math.sin(w[0]) * w[1],
    gradients: ({ w }: { w: number[] }) => ({ dw: [Math.cos(w[0]) * w[1], Math.sin(w[0])], dfrozen: [0, 0] }),
  };

  it("is called that, and no error is said to escape in it", () => {
    const report = checkGradients(frozen);
    const [, { verdict, reason, missProbability }] = report.blocks;
    expect([verdict, said(reason), missProbability]).toEqual(["correct", "has no influence on the cost here", 0]);
    expect(String(report)).toMatch(/frozen +2 +correct +has no influence on the cost here/);
    expect(String(report)).toContain("would have escaped with probability below");
  });

  it("is not one whose gradient is 0 and whose cost moves", () => {
    const cost = ({ w, frozen: [p] }: { w: number[]; frozen: number[] }): number =>
      Math.sin(w[0]) * w[1] + 1e-9 * (p - 1) ** 2;
    expect(checkGradients({ ...frozen, cost }).blocks[1].reason?.id).not.toBe("check.noInfluence");
  });
});
