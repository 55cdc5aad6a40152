import { existsSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { configurationFile } from "../../lab/experiment/configurationFile.js";
import { openedExperiment } from "../../lab/experiment/openedExperiment.js";
import { LabRun } from "../../lab/worker/labRun.js";
import { loadModel } from "../../src/node/modelFiles.js";
import { configurationOf } from "../../src/pipeline/configurationOf.js";
import { anyExperiment } from "../lab/anyExperiment.js";
import { TestFolder } from "./tables.js";
import { gradproof } from "./testContext.js";

const folder = new TestFolder();
afterAll(() => folder.remove());

const elsewhere = { kind: "xor", examples: 10, test: 10, noise: 0, seed: 0 } as const;
const moons = {
  version: 3,
  data: { points: { kind: "moons", examples: 60, test: 30, noise: 0.1, seed: 2 }, normalizeTarget: false },
  training: { epochs: 20, l2: 0.1 },
};
const config = folder.file("moons.json", JSON.stringify(moons));

describe("gradproof train on the points of a configuration", () => {
  it("comes to the weights of the lab, and its files back to the lab's run", async () => {
    let n = 0;
    await fc.assert(
      fc.asyncProperty(anyExperiment, async ({ data, runs: [run] }) => {
        const text = configurationFile(run, data);
        const out = folder.join(`lab-${++n}`);
        const words = ["train", "--config", folder.file(`lab-${n}.json`, text), "--out", out];
        const lab = new LabRun(run, data);
        const [{ exitCode }] = await Promise.all([gradproof(words), lab.advance(1e9, new AbortController().signal)]);
        // A run that breaks says so, and its files are as far as it came.
        if (exitCode !== 0) return;
        const path = `${out}/model.safetensors`;
        const { theta, state } = (await loadModel(path)).network;
        expect({ theta, state }).toEqual(lab.weights());
        lab.release();
        const asExported = openedExperiment("lab.json", new TextEncoder().encode(text), elsewhere);
        expect(openedExperiment("model.safetensors", readFileSync(path), elsewhere)).toEqual(asExported);
        expect(openedExperiment("config.json", readFileSync(`${out}/config.json`), elsewhere)).toEqual(asExported);
      }),
      { numRuns: 8 },
    );
  });

  it("trains, goes on, predicts, exports and compares without a table", async () => {
    const [one, two] = [folder.join("one"), folder.join("two")];
    const { exitCode, stdout, stderr } = await gradproof(["train", "--config", config, "--out", one]);
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("60 points of moons, 30 points to validate on; target: binary");
    expect(readFileSync(`${one}/report.html`, "utf8")).toContain(`gradproof train --config ${one}/config.json`);
    const again = ["train", "--config", `${one}/config.json`, "--l2", "1", "--checkpoint-every", "5", "--out", two];
    expect((await gradproof(again)).exitCode).toBe(0);
    const compared = await gradproof(["compare", one, two, "--html", folder.join("two.html")]);
    expect([compared.exitCode, compared.stderr]).toEqual([0, ""]);
    expect(compared.stdout).toMatch(/^l2 +0\.1 +1$/m);
    expect((await gradproof(["export", one, "--to", "typescript"])).stdout).toContain("60");
    const { features: names } = (await loadModel(`${one}/model.safetensors`)).encoder?.toJSON() ?? { features: [] };
    const table = folder.file("unseen.csv", `${names.map(({ name }) => name).join(",")}\n0.1,0.2\n`);
    expect((await gradproof(["predict", `${one}/model.safetensors`, table])).exitCode).toBe(0);
    const { data } = configurationOf(await loadModel(`${one}/model.safetensors`));
    expect(data).toEqual({ ...moons.data, normalize: true });
    const resumed = await gradproof(["train", "--resume", two]);
    expect(resumed.stderr).toContain("has ended; nothing is left to do");
  });

  it("draws learning curves of them", async () => {
    const words = ["curve", "--config", config, "--sizes", "20,60", "--lambdas", "none", "--seeds", "1", "--json"];
    const { exitCode, stdout } = await gradproof(words);
    expect([exitCode, JSON.parse(stdout).bySize.length]).toEqual([0, 2]);
  });

  it.each([
    [["train", "data.csv"], "the configuration has points of its own to learn from; leave data.csv out"],
    [["train", "--target", "y"], "--target is for tables, and the configuration has points; leave it out"],
    [["train", "--split-seed", "3"], "--split-seed is for tables, and the configuration has points; leave it out"],
    [["sweep", "--search", "l2=0,1"], "sweep takes a table, which it splits itself"],
    [["train", "--validation", "0.5"], "--validation is for tables, and the configuration has points; leave it out"],
    [["sweep", "data.csv", "--search", "l2=0,1"], "sweep takes a table, which it splits itself"],
  ])("refuses %j", async (words, message) => {
    const out = folder.join("never");
    const { exitCode, stderr } = await gradproof([...words, "--config", config, "--out", out]);
    expect([exitCode, existsSync(out)]).toEqual([1, false]);
    expect(stderr).toContain(message);
  });
});
