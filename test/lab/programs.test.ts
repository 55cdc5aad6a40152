import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { batchNorm, dense, dropout, layerNorm, OptionError, periodic, residual } from "gradproof";
import { describe, expect, it } from "vitest";
import type { RunSpec } from "../../lab/experiment/experiment.js";
import { presetOf } from "../../lab/experiment/presets.js";
import { type Language, languages, programOf } from "../../lab/state/programs.js";
import { LabRun } from "../../lab/worker/labRun.js";
import { anyExperiment } from "./anyExperiment.js";

const hasNumpy = spawnSync("python3", ["-c", "import numpy"]).status === 0;
if (!hasNumpy) console.log("skipped: exported programs need python3 with NumPy, which is not installed");

describe.runIf(hasNumpy)("a run of the lab as a NumPy program", () => {
  const { data, runs } = presetOf("scales").experiment;
  const cases: readonly [string, RunSpec][] = [
    ["on normalized inputs", { ...runs[1], training: { ...runs[1].training, iterations: 200 } }],
    [
      "with settings changed on the way",
      {
        ...runs[1],
        training: {
          ...runs[1].training,
          iterations: 200,
          batchSize: 50,
          changes: [
            { iteration: 40, l2: 0.5, keep: 0.8 },
            { iteration: 90, learningRate: 0.05 },
          ],
        },
      },
    ],
    [
      "of layers of many types, with all of training",
      {
        ...runs[1],
        network: {
          inputs: 2,
          layers: [
            periodic({ frequencies: 3 }),
            dense(6, "linear"),
            batchNorm(),
            { type: "activation", activation: "silu" },
            residual([dense(6, "tanh"), dropout(0.9), dense(6, "linear"), layerNorm()]),
            dense(1, "sigmoid"),
          ],
          loss: { type: "binaryCrossEntropy", smoothing: 0.1 },
          seed: 2,
        },
        training: {
          optimizer: "nadam",
          learningRate: 0.01,
          iterations: 200,
          batchSize: 50,
          schedule: { type: "cosine", warmup: 0.1 },
          l1: 0.01,
          l2: [0.1, 0, 0.2, 0.1, 0.3],
          clipNorm: 1,
          average: "ema",
          seed: 3,
        },
      },
    ],
  ];
  it.each(cases)("prints the costs of the page: %s", async (_, spec) => {
    const run = new LabRun(spec, data);
    await run.advance(Number.POSITIVE_INFINITY, new AbortController().signal);
    const { curve } = run.look({ boundary: 0, layers: false, doctor: "nothing", known: 0 });
    run.release();
    const folder = mkdtempSync(join(tmpdir(), "gradproof-lab-"));
    const file = join(folder, "run.py");
    writeFileSync(file, programOf("numpy", spec, data));
    const { stdout, stderr } = spawnSync("python3", [file], { encoding: "utf8" });
    rmSync(folder, { recursive: true });
    expect(stderr).toBe("");
    const printed = new Map(
      Array.from(stdout.matchAll(/iteration (\d+).*?cost (\S+)/g), ([, iteration, cost]) => [
        Number(iteration),
        Number(cost),
      ]),
    );
    const shared = curve.filter(({ iteration }) => printed.has(iteration));
    expect(shared.length).toBeGreaterThan(20);
    // Sums in another order: 1e-16 a step, which 200 steps of a network that learns leave far below 1e-9.
    for (const { iteration, cost } of shared) {
      expect(Math.abs((printed.get(iteration) ?? Number.NaN) - cost) / cost).toBeLessThan(1e-9);
    }
  });
});

describe("any run of the lab", () => {
  it("is written in each language, or refused in words", () => {
    let written = 0;
    fc.assert(
      fc.property(anyExperiment, fc.constantFrom(...(Object.keys(languages) as Language[])), (experiment, language) => {
        const [run] = experiment.runs;
        try {
          expect(programOf(language, run, experiment.data)).toContain("\n");
          written++;
        } catch (error) {
          if (!(error instanceof OptionError || error instanceof RangeError)) throw error;
          expect(error.message.length).toBeGreaterThan(20);
        }
      }),
      { numRuns: 60 },
    );
    expect(written).toBeGreaterThan(10);
  });
});
