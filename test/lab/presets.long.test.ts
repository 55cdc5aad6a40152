import { describe, expect, it } from "vitest";
import { presetOf } from "../../lab/experiment/presets.js";
import { symptomPresets } from "../../lab/experiment/symptomPresets.js";
import { finish, reseeded } from "./finish.js";

describe("presets of the lab that take seconds", () => {
  it("regularization: without it the test cost is the highest", async () => {
    const [none, l2, dropout] = await finish(presetOf("penalties").experiment);
    expect(none.test.cost).toBeGreaterThan(l2.test.cost);
    expect(none.test.cost).toBeGreaterThan(dropout.test.cost);
    expect(none.train.cost).toBeLessThan(l2.train.cost);
  });

  it("images: augmentation raises the test accuracy", async () => {
    const [plain, augmented] = await finish(presetOf("images").experiment);
    expect(plain.train.accuracy).toBe(1);
    expect(augmented.test.accuracy).toBeGreaterThan((plain.test.accuracy ?? 1) + 0.05);
    expect(plain.findings?.map(({ symptom }) => symptom)).toEqual(["overfitting"]);
    expect(augmented.findings).toEqual([]);
  });

  it("depth: 30 ReLU layers learn from He alone, 10 tanh layers from Xavier alone", async () => {
    const [reluXavier, reluHe, tanhSmall, tanhXavier] = await finish(presetOf("depth").experiment);
    expect(reluXavier.train.accuracy).toBeLessThan(0.6);
    expect(reluHe.train.accuracy).toBeGreaterThan(0.9);
    expect(tanhSmall.train.accuracy).toBeLessThan(0.6);
    expect(tanhXavier.train.accuracy).toBeGreaterThan(0.8);
  });

  it("explosion: gradients that are too large for any step", async () => {
    const [exploding, he] = await finish(presetOf("explosion").experiment);
    expect(exploding.findings?.map(({ symptom }) => symptom)).toContain("explodingGradients");
    expect(he.findings?.map(({ symptom }) => symptom)).not.toContain("explodingGradients");
  });

  // All 20 seeds are counted by `npm run bench`.
  for (const { id, experiment, symptom } of symptomPresets) {
    it(`${id}: the doctor finds ${experiment.runs[0].name} with other seeds, too`, async () => {
      for (const seed of [2, 3]) {
        const [{ findings }] = await finish(reseeded(experiment, seed));
        expect(findings?.map((finding) => finding.symptom)).toContain(symptom);
      }
    });
  }
});
