import { readdirSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadModel } from "../../src/node/modelFiles.js";
import { boxes, TestFolder } from "./tables.js";
import { gradproof, interrupted } from "./testContext.js";

const folder = new TestFolder();
afterAll(() => folder.remove());

describe("gradproof train --members", () => {
  let file: string;
  let out: string;
  let stdout: string;
  // One validation set for all, so that each could be trained alone; see folds.test.ts for a fold each.
  const shared = ["--target", "kind", "--validation", "0.2"];
  const words = [...shared, "--epochs", "30", "--hidden", "6", "--keep", "0.9", "--patience", "30"];

  beforeAll(async () => {
    file = folder.file("boxes.csv", boxes(200));
    out = folder.join("ensemble");
    const shown = ["--tensorboard", folder.join("events")];
    const run = await gradproof(["train", file, ...words, "--members", "3", "--seed", "5", ...shown, "--out", out]);
    expect([run.exitCode, run.stderr]).toEqual([0, ""]);
    ({ stdout } = run);
  });

  it("trains each as it would be trained alone, with seeds one higher", async () => {
    const { members } = await loadModel(`${out}/model.safetensors`);
    expect(members).toHaveLength(3);
    for (const [k, member] of members?.entries() ?? []) {
      const alone = folder.join(`alone-${k}`);
      const seeds = ["--split-seed", "5", "--weights-seed", String(5 + k), "--training-seed", String(5 + k)];
      await gradproof(["train", file, ...words, "--members", "1", ...seeds, "--out", alone]);
      const { network } = await loadModel(`${alone}/model.safetensors`);
      expect(member.theta).toEqual(network.theta);
      const history = readFileSync(`${alone}/history.jsonl`, "utf8");
      const own = readFileSync(`${out}/history.jsonl`, "utf8")
        .split("\n")
        .filter((line) => line.startsWith(`{"member":${k + 1},`))
        .map((line) => line.replace(`"member":${k + 1},`, ""));
      expect(own.map((line) => `${line}\n`).join("")).toBe(history);
    }
  });

  it("says what became of them, and predicts their mean with its spread", async () => {
    expect(stdout).toMatch(/^network {2}.*\n.*; 3 members$/m);
    expect(stdout).toMatch(/^trained {2}3 members, 30 epochs in /m);
    expect(readFileSync(`${out}/config.json`, "utf8")).toContain('"members": 3');
    const predicted = await gradproof(["predict", `${out}/model.safetensors`, file]);
    expect(predicted.stdout).toMatch(/^probability,spread,label/);
    const inspected = await gradproof(["inspect", `${out}/model.safetensors`]);
    expect(inspected.stdout).toMatch(/3 members/);
    const compared = await gradproof(["compare", out, folder.join("alone-0")]);
    expect(compared.exitCode).toBe(0);
  });

  it("reports one ensemble: costs of all, a table of members, the doctor's findings of each", () => {
    const page = readFileSync(`${out}/report.html`, "utf8");
    expect(page).toContain("An ensemble of 3 networks, trained side by side for 30 epochs in ");
    expect(page).not.toContain("curves: member 1");
    expect(page).toContain("Thin lines are members of the ensemble");
    // Training, validation and learning rate, each with the three members thin behind its mean, drawn wide and narrow.
    expect(page.match(/stroke-width:1;opacity:0.4/g)?.length).toBe(18);
    const [, table = ""] = /<caption>Members<\/caption>(.*?)<\/table>/s.exec(page) ?? [];
    expect(table.match(/<tr>/g)?.length).toBe(4);
    expect(page).not.toContain("<h2>Weights</h2>");
  });

  it("shows TensorBoard a run of each member", () => {
    const runs = readdirSync(folder.join("events")).sort();
    expect(runs).toEqual(["member-1", "member-2", "member-3"]);
    const files = runs.map((name) => readdirSync(folder.join("events", name)));
    expect(files.map(({ length }) => length)).toEqual([1, 1, 1]);
    const [one, two] = runs.map((name, k) => readFileSync(folder.join("events", name, files[k][0])));
    expect(one.length).toBeGreaterThan(1000);
    expect(one.equals(two)).toBe(false);
  });

  it("goes on after Ctrl-C to the same files as a run at one go", async () => {
    const stopped = folder.join("stopped");
    const flags = [...words, "--members", "3", "--seed", "5", "--checkpoint-every", "2"];
    expect((await interrupted(["train", file, ...flags], stopped)).exitCode).toBe(130);
    const { exitCode } = await gradproof(["train", "--resume", stopped]);
    expect(exitCode).toBe(0);
    for (const name of ["model.safetensors", "history.jsonl"]) {
      expect(readFileSync(`${stopped}/${name}`).equals(readFileSync(`${out}/${name}`)), name).toBe(true);
    }
  });

  it("gives what became of each in JSON", async () => {
    const { stdout: text } = await gradproof([
      "train",
      file,
      ...words,
      "--members",
      "2",
      "--json",
      "--out",
      folder.join("json"),
    ]);
    const { members } = JSON.parse(text);
    expect(members.map(({ epochs }: { epochs: number }) => epochs)).toEqual([30, 30]);
  });

  it("is what a sweep searches, a curve measures and tune-rate takes the first of", async () => {
    const config = `${out}/config.json`;
    const html = folder.join("curve.html");
    const short = ["--lambdas", "none", "--sizes", "40", "--seeds", "2", "--epochs", "2"];
    const curve = await gradproof(["curve", file, "--config", config, ...short, "--html", html]);
    expect([curve.exitCode, curve.stderr]).toEqual([0, ""]);
    expect(curve.stdout).toContain("ensembles of 3;");
    expect(readFileSync(html, "utf8")).toContain("2 ensembles of 3 a point");
    const rate = await gradproof(["tune-rate", file, "--config", config]);
    expect(rate.stdout).toContain("the first of 3 members;");
    const words = ["--config", config, "--search", "l2=0,1", "--epochs", "2", "--workers", "1", "--json"];
    const sweep = await gradproof(["sweep", file, ...words, "--out", folder.join("sweep")]);
    expect([sweep.exitCode, sweep.stderr]).toEqual([0, ""]);
    expect((await loadModel(JSON.parse(sweep.stdout).model)).members).toHaveLength(3);
  });

  it("is exported member by member", async () => {
    const exported = await gradproof(["export", out, "--to", "numpy"]);
    expect(exported.stderr).toMatch(
      /is an ensemble of 3, and a program in Python trains one network; give --member 1 … 3, or --to typescript/,
    );
    const all = await gradproof(["export", out, "--to", "typescript"]);
    expect(all.stdout).toContain("Array.from({ length: 3 }, (_, k) => network({");
    expect(all.stdout).toContain("seed: 5 + k");
    const program = await gradproof(["export", out, "--to", "numpy", "--member", "2"]);
    expect([program.exitCode, program.stderr]).toEqual([0, ""]);
    const same = await gradproof(["export", folder.join("alone-1"), "--to", "numpy"]);
    expect(program.stdout).toBe(same.stdout);
    const beyond = await gradproof(["export", out, "--to", "numpy", "--member", "4"]);
    expect(beyond.stderr).toMatch(/--member must be 1 … 3, got 4/);
  });
});
