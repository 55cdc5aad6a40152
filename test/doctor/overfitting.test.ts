import { describe, expect, it } from "vitest";
import { Matrix } from "../../src/array/matrix.js";
import { diagnose } from "../../src/doctor/diagnose.js";
import type { Finding } from "../../src/doctor/finding.js";
import { findingInWords } from "../../src/doctor/findingInWords.js";
import { dense } from "../../src/network/dense.js";
import { networkWith } from "../../src/network/network.js";
import { train } from "../../src/training/train.js";

/** Examples at ±1 of which `wrong` of every 10 have the other label. */
function labelled(examples: number, wrong: number) {
  const x = Array.from({ length: examples }, (_, j) => (j % 2 === 0 ? -1 : 1));
  const right = (j: number): boolean => j % 10 >= wrong;
  return { X: Matrix.row(x), Y: Matrix.row(x.map((value, j) => (value > 0 === right(j) ? 1 : 0))) };
}

describe("overfitting by accuracy", () => {
  /** A network that says the sign of x, on training data where that is always right. */
  async function found(examples: number, wrong: number): Promise<Finding | undefined> {
    const model = networkWith({ inputs: 1, layers: [dense(1, "sigmoid")] }, Float64Array.of(4, 0));
    const data = labelled(100, 0);
    const run = await train(model, data, { iterations: 2, learningRate: 0.01, optimizer: "gradientDescent" });
    const validation = labelled(examples, wrong);
    return diagnose({ network: model, data, validation, run }).find(({ symptom }) => symptom === "overfitting");
  }

  it("says how many of each are right", async () => {
    const finding = await found(1000, 2);
    if (finding === undefined) throw new Error("overfitting was not found");
    expect(finding.measured).toBeCloseTo(0.2, 12);
    const { why, advice } = findingInWords(finding);
    expect(why).toBe("100.0 % of the training examples are right, and only 80.0 % of the validation examples");
    expect(finding.patch?.training?.l2).toBeGreaterThan(0);
    // No step of the run is better than its end by this measure.
    expect(advice).not.toContain("early stopping");
  });

  it("wants more than two standard errors beyond a gap of 0.1", async () => {
    // 0.2 − 2 √(0.2 · 0.8 / m) is 0.12 for m = 400, and 0.087 for m = 50.
    expect(await found(400, 2)).toBeDefined();
    expect(await found(50, 2)).toBeUndefined();
    expect(await found(1000, 1)).toBeUndefined();
    expect(await found(1000, 0)).toBeUndefined();
  });
});
