import { describe, expect, it } from "vitest";
import { checkGradients, type GradientProblem } from "../../../src/gradcheck/checkGradients.js";
import type { Slope } from "../../../src/gradcheck/slope.js";
import { movesInSteps } from "../../../src/gradcheck/steps.js";
import { RandomState } from "../../../src/random/randomState.js";
import { line, run } from "./helpers.js";

type P = { w: number[]; b: number };

/** Logistic regression in which one a is 1 but for a few to some millions of units in the last place. */
function saturated(seed: number, loss: (z: number) => number): GradientProblem<P> {
  const random = new RandomState(seed);
  const X = Array.from({ length: 4 }, () => [1, 2, 3].map(() => random.gauss()));
  const w = [random.gauss(), random.gauss(), random.gauss()];
  const logit = (p: P, i: number): number => X[i].reduce((sum, x, j) => sum + p.w[j] * x, offsets[i] + p.b);
  // At 33 a is 42 units in the last place from 1, at 20 some 19 million.
  const offsets = [0, 0, 0, 0];
  const wanted = [1, -2, 0.5, 20 + 13 * random.random()];
  for (const i of offsets.keys()) offsets[i] = wanted[i] - logit({ w, b: 0 }, i);
  return {
    parameters: { w, b: 0 },
    cost: (p) => X.reduce((sum, _, i) => sum + loss(logit(p, i)), 0) / 4,
    gradients: (p) => {
      const dz = X.map((_, i) => 1 / (1 + Math.exp(-logit(p, i))) / 4);
      return { dw: w.map((_, j) => X.reduce((sum, x, i) => sum + dz[i] * x[j], 0)), db: dz.reduce((a, b) => a + b, 0) };
    },
  };
}

const textbook = (z: number): number => -Math.log(1 - 1 / (1 + Math.exp(-z)));
const ofLogits = (z: number): number => Math.log1p(Math.exp(-z)) + z;
const seeds = Array.from({ length: 60 }, (_, seed) => seed);

describe("a cost that moves in steps", () => {
  it("such as −log(1 − a) near a = 1 hardly ever makes a right gradient wrong, and is told where it leaves one open", () => {
    const blocks = seeds.flatMap((seed) => checkGradients(saturated(seed, textbook), { seed }).blocks);
    // Of 400 blocks of 200 seeds 10 are called wrong; without a look for steps nearly all were.
    expect(blocks.filter(({ verdict }) => verdict === "wrong").length).toBeLessThanOrEqual(0.05 * blocks.length);
    const reasons = new Set(blocks.filter(({ verdict }) => verdict === "undecided").map(({ reason }) => reason?.id));
    expect([...reasons]).toEqual(["reason.steps"]);
  });

  it("does not when it is computed from the logits", () => {
    for (const seed of seeds) expect(checkGradients(saturated(seed, ofLogits), { seed }).verdict).toBe("correct");
  });

  it("hides no bug where it does not", () => {
    for (const seed of seeds) {
      const right = saturated(seed, ofLogits);
      const factor = 1 + 10 ** -(1 + (seed % 5));
      const gradients = (p: P) => {
        const { dw, db } = right.gradients(p) as { dw: number[]; db: number };
        return { dw, db: factor * db };
      };
      const { blocks } = checkGradients({ ...right, gradients }, { seed });
      expect(blocks.map(({ verdict }) => verdict)).toEqual(["correct", "wrong"]);
    }
  });
});

describe("movesInSteps", () => {
  const step = 2 ** -20;
  const slope = (value: number): Slope => ({ value, error: 0, noise: 0, step, bend: 0, jump: 0, flat: false });
  const moves = (J: (t: number) => number, claimed: number, value: number): boolean =>
    run(movesInSteps(line(J), claimed, slope(value), 1, 1e-16));

  it("sees steps from a few thousandths wide to a third of the parameters", () => {
    for (const width of [0.003, 0.03, 0.2, 0.33]) {
      expect(moves((t) => width * Math.round(t / width + 0.1) + t * t, 1, 0)).toBe(true);
    }
  });

  it("takes no smooth cost, and no kink, for steps, though its chord has the claimed slope", () => {
    expect(moves((t) => 2 * t, 2, 1.5)).toBe(false);
    expect(moves((t) => t + 16 * t ** 3, 2, 1)).toBe(false);
    expect(moves((t) => Math.max(0, t - 0.1) * 4, 1, 0)).toBe(false);
    expect(moves((t) => Math.sin(50 * t), 0, 50)).toBe(false);
  });
});
