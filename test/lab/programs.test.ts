import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { RunSpec } from "../../lab/experiment/experiment.js";
import { presetOf } from "../../lab/experiment/presets.js";
import { programOf } from "../../lab/state/programs.js";
import { LabRun } from "../../lab/worker/labRun.js";

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
