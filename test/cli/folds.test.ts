import { readFileSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { loadModel } from "../../src/node/modelFiles.js";
import { boxes, TestFolder } from "./tables.js";
import { gradproof, interrupted } from "./testContext.js";

const folder = new TestFolder();
afterAll(() => folder.remove());

const file = folder.file("boxes.csv", boxes(61));
const three = ["train", file, "--target", "kind", "--hidden", "5", "--members", "3"];
const words = [...three, "--epochs", "6"];
const folds = [...words, "--validation", "folds"];

describe("gradproof train --validation folds", () => {
  it("says that what it reports is out-of-fold, one member per row, in print and in the report", async () => {
    const out = folder.join("printed");
    const run = await gradproof([...folds, "--learning-rate", "1e-6", "--out", out]);
    expect([run.exitCode, run.stderr]).toEqual([0, ""]);
    expect(run.stdout).toMatch(/^ +train +out-of-fold +95 % interval$/m);
    expect(run.stdout).toMatch(/^judged +out-of-fold, one member per row$/m);
    // So small steps are too small, which the doctor says of each.
    expect(run.stdout).toMatch(/^doctor +nothing learned \(members? [123]/m);
    expect(run.stdout).toMatch(/^tempered {2}temperatures \d.* … \d.*: how sure each member is, set on the fold/m);
    const page = readFileSync(`${out}/report.html`, "utf8");
    expect(page).toContain("<h3>Out-of-fold, one member per row</h3>");
    expect(page).toContain("<h2>Predictions out-of-fold, one member per row</h2>");
    expect(readFileSync(`${out}/config.json`, "utf8")).toContain('"validation": "folds"');
  });

  it("writes the metrics of the library as JSON, and says so there", async () => {
    const json = await gradproof([...folds, "--out", folder.join("json"), "--json"]);
    const { validation, outOfFold, members } = JSON.parse(json.stdout);
    expect([outOfFold, members.length]).toEqual([true, 3]);
    for (const { temperature } of members) expect(temperature).toBeGreaterThan(0);
    const { summary } = await loadModel(folder.join("json", "model.safetensors"));
    expect(validation).toEqual(summary?.metrics.validation);
    expect(summary?.data).toMatchObject({ validation: "folds" });
    const shared = await gradproof([...words, "--validation", "0.2", "--out", folder.join("shared"), "--json"]);
    expect(JSON.parse(shared.stdout)).not.toHaveProperty("outOfFold");
  });

  it("goes on after Ctrl-C to the same files as a run at one go", async () => {
    const [whole, stopped] = [folder.join("whole"), folder.join("stopped")];
    const saved = [...three, "--validation", "folds", "--epochs", "60", "--checkpoint-every", "2"];
    await gradproof([...saved, "--out", whole]);
    expect((await interrupted(saved, stopped)).exitCode).toBe(130);
    const { exitCode } = await gradproof(["train", "--resume", stopped]);
    expect(exitCode).toBe(0);
    for (const name of ["model.safetensors", "history.jsonl"]) {
      expect(readFileSync(`${stopped}/${name}`).equals(readFileSync(`${whole}/${name}`)), name).toBe(true);
    }
  });

  it("is exported member by member, each with the rows it learned from", async () => {
    const out = folder.join("json");
    const first = await gradproof(["export", out, "--to", "typescript", "--member", "1"]);
    const second = await gradproof(["export", out, "--to", "typescript", "--member", "2"]);
    expect([first.exitCode, second.exitCode]).toEqual([0, 0]);
    expect(first.stdout.length).toBeGreaterThan(1000);
    expect(first.stdout).not.toBe(second.stdout);
    // A program in Python trains one network; one in TypeScript all of them, each with its fold.
    const all = await gradproof(["export", out, "--to", "numpy"]);
    expect(all.exitCode).toBe(1);
    expect(all.stderr).toContain("give --member 1 … 3");
  });

  it("is refused where one part of the table has to judge all", async () => {
    const [, ...flags] = folds;
    const curve = await gradproof(["curve", ...flags]);
    expect(curve.stderr).toContain(
      "curve: one part of the table judges all members; give --validation a share, such as 0.2",
    );
    const sweep = await gradproof(["sweep", ...flags, "--search", "l2=0,1", "--out", folder.join("sweep")]);
    expect(sweep.stderr).toContain(
      "sweep: one part of the table judges all members; give --validation a share, or --folds",
    );
  });
});
