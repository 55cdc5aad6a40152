import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkGradients, checkGradientsAsync } from "../../../src/gradcheck/checkGradients.js";
import type { CheckProgress } from "../../../src/gradcheck/checkOptions.js";
import type { GradientReport } from "../../../src/gradcheck/report.js";
import { type SmallParameters, small } from "./helpers.js";

const { parameters, cost, gradients } = small;
const check = (changes: object = {}, options = {}): GradientReport =>
  checkGradients({ parameters, cost, gradients, ...changes }, options);
const verdicts = ({ blocks }: GradientReport): string[] => blocks.map(({ name, verdict }) => `${name} ${verdict}`);

describe("checkGradients()", () => {
  it("clears a right gradient in few evaluations", () => {
    const report = check();
    expect(verdicts(report)).toEqual(["W1 correct", "b1 correct"]);
    expect(report).toMatchObject({ verdict: "correct", mode: "directions", notes: [] });
    // 4 of the preflight, 6 for noise at each of two points, 1 for the second point, 4 for each of 4 directions, 1 at the end.
    expect(report.costEvaluations).toBeLessThanOrEqual(40);
    expect(report.gradientEvaluations).toBe(3);
    for (const { claimed, numerical, error, missProbability } of report.blocks) {
      expect(Math.abs(claimed - numerical)).toBeLessThanOrEqual(3 * error);
      expect(missProbability).toBeLessThan(1e-6);
    }
  });

  it("measures the slope that calculus gives", () => {
    // J = a² b: dJ/da = 2ab = 12, dJ/db = a² = 9 at a = 3, b = 2.
    const report = checkGradients(
      { parameters: { a: 3, b: 2 }, cost: ({ a, b }) => a * a * b, gradients: () => ({ a: 12, b: 9 }) },
      { mode: "exhaustive" },
    );
    const [a, b] = report.blocks.flatMap(({ entries }) => entries ?? []);
    expect(a).toMatchObject({ index: [], claimed: 12 });
    expect(Math.abs(a.numerical - 12)).toBeLessThanOrEqual(3 * a.error);
    expect(Math.abs(b.numerical - 9)).toBeLessThanOrEqual(3 * b.error);
    expect(Math.max(a.error, b.error)).toBeLessThan(1e-6);
    // A gradient that is right at one point only is no gradient.
    expect(report.verdict).toBe("wrong");
  });

  it.each<[string, (g: { dW1: number[][]; db1: number[] }) => object, string[]]>([
    ["a factor", (g) => ({ ...g, dW1: g.dW1.map((row) => row.map((d) => 2 * d)) }), ["W1 wrong", "b1 correct"]],
    ["a sign", (g) => ({ ...g, db1: g.db1.map((d) => -d) }), ["W1 correct", "b1 wrong"]],
    [
      "a transposed matrix",
      ({ dW1: [[a, b], [c, d]], db1 }) => ({
        dW1: [
          [a, c],
          [b, d],
        ],
        db1,
      }),
      ["W1 wrong", "b1 correct"],
    ],
    [
      "an error of 1e-5 in one entry",
      (g) => ({ ...g, db1: [g.db1[0] * (1 + 1e-5), g.db1[1]] }),
      ["W1 correct", "b1 wrong"],
    ],
    [
      "zeros",
      () => ({
        dW1: [
          [0, 0],
          [0, 0],
        ],
        db1: [0, 0],
      }),
      ["W1 wrong", "b1 wrong"],
    ],
  ])("finds %s", (_, change, expected) => {
    const report = check({ gradients: (p: SmallParameters) => change(gradients(p)) });
    expect(verdicts(report)).toEqual(expected);
    expect(report.verdict).toBe("wrong");
  });

  it("names the entries of a small block that are wrong, and no other", () => {
    const report = check({
      gradients: (p: SmallParameters) => {
        const { dW1, db1 } = gradients(p);
        dW1[1][0] += 0.001;
        return { dW1, db1 };
      },
    });
    const [entry, ...others] = report.blocks[0].entries ?? [];
    expect(others).toEqual([]);
    expect(entry.index).toEqual([1, 0]);
    expect(Math.abs(entry.claimed - entry.numerical - 0.001)).toBeLessThanOrEqual(3 * entry.error);
  });

  it("leaves the caller's parameters as they were", () => {
    const before = structuredClone(parameters);
    check({
      cost: (p: SmallParameters) => {
        const J = cost(p);
        p.W1[0][0] = 1e9;
        return J;
      },
    });
    expect(parameters).toEqual(before);
  });

  it("gives the same report for the same seed, and another direction for another", () => {
    const plain = (seed: number): object => ({ ...check({}, { seed }), seconds: 0 });
    expect(plain(3)).toEqual(plain(3));
    expect(check({}, { seed: 3 }).blocks[0].claimed).not.toBe(check({}, { seed: 4 }).blocks[0].claimed);
  });

  it("is plain data", () => {
    const report = check();
    expect(JSON.parse(JSON.stringify(report))).toEqual({ ...report });
  });

  it("checks only the blocks asked for", () => {
    expect(verdicts(check({}, { blocks: ["b1"] }))).toEqual(["b1 correct"]);
  });

  it("reports progress block by block", () => {
    const seen: CheckProgress[] = [];
    check({}, { onProgress: (progress: CheckProgress) => seen.push(progress) });
    expect(seen.map(({ block, blocksDone, blocks }) => [block, blocksDone, blocks])).toEqual([
      ["W1", 0, 2],
      ["b1", 1, 2],
    ]);
    expect(seen[1].costEvaluations).toBeGreaterThan(seen[0].costEvaluations);
  });

  it("stops when told to, with the signal's reason", () => {
    const controller = new AbortController();
    let calls = 0;
    const stopping = (p: SmallParameters): number => {
      if (++calls === 5) controller.abort(new Error("enough"));
      return cost(p);
    };
    expect(() => check({ cost: stopping }, { signal: controller.signal })).toThrow("enough");
    expect(calls).toBe(5);
  });
});

describe("checkGradientsAsync()", () => {
  it("comes to the same report as checkGradients()", async () => {
    const report = await checkGradientsAsync({
      parameters,
      cost: async (p: SmallParameters) => cost(p),
      gradients: async (p: SmallParameters) => gradients(p),
    });
    expect({ ...report, seconds: 0 }).toEqual({ ...check(), seconds: 0 });
  });

  it("rejects with what a promise rejects with, at the start", async () => {
    const lost = async (): Promise<number> => Promise.reject(new Error("connection lost"));
    await expect(checkGradientsAsync({ parameters, cost: lost, gradients })).rejects.toThrow("connection lost");
    const failing = async (): Promise<object> => Promise.reject(new Error("no gradient today"));
    await expect(checkGradientsAsync({ parameters, cost, gradients: failing })).rejects.toThrow("no gradient today");
  });

  it("stops when told to", async () => {
    const controller = new AbortController();
    const stopping = async (p: SmallParameters): Promise<number> => {
      controller.abort(new Error("enough"));
      return cost(p);
    };
    const options = { signal: controller.signal };
    await expect(checkGradientsAsync({ parameters, cost: stopping, gradients }, options)).rejects.toThrow("enough");
  });

  it("is needed for promises", () => {
    const promised = (async (p: SmallParameters) => cost(p)) as unknown as (p: SmallParameters) => number;
    expect(() => check({ cost: promised })).toThrow("use checkGradientsAsync()");
  });
});

describe("every right gradient", () => {
  it("of a smooth cost is correct, and twice it is wrong", () => {
    const number = fc.double({ min: -2, max: 2, noNaN: true });
    const vector = fc.array(number, { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(vector, number, fc.double({ min: 0.2, max: 3, noNaN: true }), fc.nat(1000), (w, b, k, seed) => {
        const inner = (p: { w: number[]; b: number }): number =>
          p.w.reduce((sum, value, i) => sum + Math.sin(i + 1) * value, p.b);
        // J = log(1 + e^{k z}) + (z² + |w|²) / 10 has a gradient that vanishes at single points only.
        const J = (p: { w: number[]; b: number }): number =>
          Math.log1p(Math.exp(k * inner(p))) + (inner(p) ** 2 + p.w.reduce((sum, v) => sum + v * v, 0)) / 10;
        const G = (p: { w: number[]; b: number }): { w: number[]; b: number } => {
          const dz = k / (1 + Math.exp(-k * inner(p))) + inner(p) / 5;
          return { w: p.w.map((v, i) => dz * Math.sin(i + 1) + v / 5), b: dz };
        };
        expect(checkGradients({ parameters: { w, b }, cost: J, gradients: G }, { seed }).verdict).toBe("correct");
        const twice = (p: { w: number[]; b: number }): object => ({ w: G(p).w, b: 2 * G(p).b });
        const wrong = checkGradients({ parameters: { w, b }, cost: J, gradients: twice }, { seed });
        expect(verdicts(wrong)).toEqual(["w correct", "b wrong"]);
      }),
      { numRuns: 300 },
    );
  });
});
