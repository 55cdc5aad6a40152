import { describe, expect, it } from "vitest";
import type { Experiment } from "../../lab/experiment/experiment.js";
import { parseExperiment, plainExperiment } from "../../lab/experiment/parseExperiment.js";
import { presetOf, presets } from "../../lab/experiment/presets.js";
import { LabRun } from "../../lab/worker/labRun.js";
import type { Snapshot } from "../../lab/worker/protocol.js";

/** Each run of an experiment to its end, as the page's workers make it. */
async function finish({ data, runs }: Experiment): Promise<Snapshot[]> {
  return Promise.all(
    runs.map(async (spec) => {
      const run = new LabRun(spec, data);
      await run.advance(Number.POSITIVE_INFINITY, new AbortController().signal);
      const snapshot = run.look({ boundary: 0, layers: true, doctor: "all", known: 0 });
      run.release();
      return snapshot;
    }),
  );
}

/** The same experiment on other points, from other weights, in other batches. */
function reseeded({ data, runs }: Experiment, seed: number): Experiment {
  return {
    data: { ...data, seed },
    runs: runs.map((run) => ({ ...run, network: { ...run.network, seed }, training: { ...run.training, seed } })),
  };
}

describe("presets of the lab", () => {
  it("have ids of their own, and each is an experiment that a link could hold", () => {
    expect(new Set(presets.map(({ id }) => id)).size).toBe(presets.length);
    for (const { experiment } of presets) {
      expect(() => parseExperiment(JSON.parse(JSON.stringify(plainExperiment(experiment))))).not.toThrow();
    }
  });

  it("initialization: zeros never move, He gets above 0.98", async () => {
    const [zeros, large, he, xavier] = await finish(presetOf("starts").experiment);
    expect(zeros.train.cost.toFixed(4)).toBe("0.6931");
    expect(zeros.train.accuracy).toBe(0.5);
    // As in NumPy, see test/experiments.
    expect(he.train.accuracy).toBeCloseTo(0.99333, 4);
    expect(he.test.accuracy).toBeCloseTo(0.96, 6);
    expect(xavier.train.accuracy).toBeCloseTo(0.99, 6);
    expect(large.curve[0].cost).toBeGreaterThan(3);
    expect(he.findings).toEqual([]);
    expect(zeros.findings?.[0].symptom).toBe("symmetry");
  });

  it("regularization: without it the test cost is the highest", async () => {
    const [none, l2, dropout] = await finish(presetOf("penalties").experiment);
    expect(none.test.cost).toBeGreaterThan(l2.test.cost);
    expect(none.test.cost).toBeGreaterThan(dropout.test.cost);
    expect(none.train.cost).toBeLessThan(l2.train.cost);
  });

  it("early stopping gives back weights with a lower test cost", async () => {
    const [end, stopped] = await finish(presetOf("stopping").experiment);
    expect(stopped.stopped).toBe("earlyStopping");
    expect(stopped.test.cost).toBeLessThan(end.test.cost);
    expect(stopped.best).toBeLessThan(stopped.iteration);
  });

  it("images: augmentation raises the test accuracy", async () => {
    const [plain, augmented] = await finish(presetOf("images").experiment);
    expect(plain.train.accuracy).toBe(1);
    expect(augmented.test.accuracy).toBeGreaterThan((plain.test.accuracy ?? 1) + 0.05);
    expect(plain.findings?.map(({ symptom }) => symptom)).toEqual(["overfitting"]);
    expect(augmented.findings).toEqual([]);
  });

  it("images: the page gets some to look at, as they are and as epochs see them", async () => {
    const { data, runs } = presetOf("images").experiment;
    const [plain, augmented] = runs.map((spec) => new LabRun(spec, data));
    expect(plain.points.images?.changed).toEqual([]);
    const { originals = [], changed = [], classes = [] } = augmented.points.images ?? {};
    expect(classes.slice(0, 12)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1]);
    expect(changed).toHaveLength(3);
    expect(changed[0]).toHaveLength(originals.length);
    expect(changed[0][0]).not.toEqual(originals[0]);
    expect(changed[1][0]).not.toEqual(changed[0][0]);
    const { gallery, boundary } = augmented.look({ boundary: 64, layers: false, doctor: "nothing", known: 0 });
    expect(boundary).toBeUndefined();
    expect(gallery?.predicted).toHaveLength(25);
    // Ten classes: the one that is taken has at least a tenth.
    expect(Math.min(...(gallery?.probability ?? [0]))).toBeGreaterThan(0.1);
    plain.release();
    augmented.release();
  });

  it("normalization: only normalized inputs are learned, and the doctor says why", async () => {
    const [raw, normalized] = await finish(presetOf("scales").experiment);
    expect(raw.findings?.map(({ symptom }) => symptom)).toContain("inputs not normalized");
    expect(normalized.findings).toEqual([]);
    expect(normalized.test.accuracy).toBeGreaterThan((raw.test.accuracy ?? 0) + 0.05);
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
    expect(exploding.findings?.map(({ symptom }) => symptom)).toContain("exploding gradients");
    expect(he.findings?.map(({ symptom }) => symptom)).not.toContain("exploding gradients");
  });

  it("free and check: each run comes to its end", async () => {
    for (const id of ["spiral", "plantedBugs"]) {
      const [{ stopped, iteration, iterations, train }] = await finish(presetOf(id).experiment);
      expect([stopped, iteration], id).toEqual(["finished", iterations]);
      expect(train.accuracy, id).toBeGreaterThan(0.85);
    }
  });

  const symptoms = presets.filter(({ topic }) => topic === "doctor");
  // All 20 seeds are counted by `npm run bench`; three show that a change has not broken one.
  for (const { id, experiment } of symptoms) {
    it(`${id}: the doctor finds ${experiment.runs[0].name}`, async () => {
      for (const seed of [1, 2, 3]) {
        const [{ findings }] = await finish(reseeded(experiment, seed));
        expect(findings?.map(({ symptom }) => symptom)).toContain(experiment.runs[0].name);
      }
    });
  }
});
