import { describe, expect, it } from "vitest";
import { parseExperiment, plainExperiment } from "../../lab/experiment/parseExperiment.js";
import { presetOf, presets } from "../../lab/experiment/presets.js";
import { symptomPresets } from "../../lab/experiment/symptomPresets.js";
import { LabRun } from "../../lab/worker/labRun.js";
import { words } from "../../src/doctor/words.js";
import { finish, reseeded } from "./finish.js";

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

  it("early stopping gives back weights with a lower test cost", async () => {
    const [end, stopped] = await finish(presetOf("stopping").experiment);
    expect(stopped.stopped).toBe("earlyStopping");
    expect(stopped.test.cost).toBeLessThan(end.test.cost);
    expect(stopped.best).toBeLessThan(stopped.iteration);
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
    expect(raw.findings?.map(({ symptom }) => symptom)).toContain("inputsNotNormalized");
    expect(normalized.findings).toEqual([]);
    expect(normalized.test.accuracy).toBeGreaterThan((raw.test.accuracy ?? 0) + 0.05);
  });

  it("norms: six layers from weights too large learn with either norm alone", async () => {
    const [none, batch, layer] = await finish(presetOf("norms").experiment);
    expect(none.train.accuracy).toBeLessThan(0.5);
    expect(none.findings?.map(({ symptom }) => symptom)).toContain("startTooLarge");
    for (const { train, test } of [batch, layer]) {
      expect(train.accuracy).toBeGreaterThan(0.95);
      expect(test.accuracy).toBeGreaterThan(0.95);
    }
    expect(batch.findings).toEqual([]);
  });

  it("blocks: thirty layers learn in residual blocks, and not in a chain", async () => {
    const [chain, blocks] = await finish(presetOf("blocks").experiment);
    expect(chain.train.accuracy).toBeLessThan(0.6);
    expect(chain.findings?.map(({ symptom }) => symptom)).toContain("vanishingGradients");
    expect(blocks.train.accuracy).toBeGreaterThan(0.95);
    expect(blocks.test.accuracy).toBeGreaterThan(0.9);
  });

  it("rates: the cost ends lower where the learning rate falls", async () => {
    const [constant, cosine, oneCycle] = await finish(presetOf("rates").experiment);
    for (const { train, curve } of [cosine, oneCycle]) {
      expect(train.cost).toBeLessThan(constant.train.cost);
      expect(curve.at(-1)?.learningRate).toBeLessThan(1e-3);
    }
    expect(new Set(constant.curve.map(({ learningRate }) => learningRate))).toEqual(new Set([0.05]));
  });

  it("free and check: each run comes to its end", async () => {
    for (const id of ["spiral", "plantedBugs"]) {
      const [{ stopped, iteration, iterations, train }] = await finish(presetOf(id).experiment);
      expect([stopped, iteration], id).toEqual(["finished", iterations]);
      expect(train.accuracy, id).toBeGreaterThan(0.85);
    }
  });

  it("doctor: there is one for each symptom that has a name", () => {
    const named = Object.keys(words).filter((id) => id.startsWith("doctor.symptom."));
    expect(symptomPresets.map(({ symptom }) => `doctor.symptom.${symptom}`).toSorted()).toEqual(named.toSorted());
  });

  for (const { id, experiment, symptom } of symptomPresets) {
    it(`${id}: the doctor finds ${experiment.runs[0].name}`, async () => {
      const [{ findings }] = await finish(reseeded(experiment, 1));
      expect(findings?.map(({ symptom }) => symptom)).toContain(symptom);
    });
  }
});
