import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { moons } from "../../src/data/generators/moons.js";
import { boxes, TestFolder } from "./tables.js";
import { gradproof3 as gradproof } from "./testContext.js";

const folder = new TestFolder();
afterAll(() => folder.remove());

function moonsTable(): string {
  const { X, Y } = moons({ examples: 120, noise: 0.1, seed: 1 });
  const rows = Array.from(Y.data, (label, j) => `${X.get(0, j)},${X.get(1, j)},${label === 1 ? "up" : "down"}`);
  return `x,y,kind\n${rows.join("\n")}\n`;
}

describe("gradproof compare", () => {
  let plain: string;
  let penalized: string;
  beforeAll(async () => {
    const table = folder.file("moons.csv", moonsTable());
    plain = folder.join("plain");
    penalized = folder.join("penalized");
    const words = ["train", table, "--target", "kind", "--epochs", "30"];
    await gradproof([...words, "--out", plain]);
    await gradproof([...words, "--l2", "1", "--hidden", "8", "--out", penalized]);
  });

  it("puts metrics, differences and cost curves side by side in 80 columns", async () => {
    const { exitCode, stdout, stderr } = await gradproof(["compare", plain, penalized]);
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^1 {2}plain: 30 epochs, weights of epoch \d+$/m);
    expect(stdout).toMatch(/^ +1 +2$/m);
    expect(stdout).toMatch(/^validation log loss +0\.\d+( \*)? +0\.\d+( \*)?$/m);
    expect(stdout).toMatch(/^what differs +1 +2$/m);
    expect(stdout).toMatch(/^hidden +32, 16 +8$/m);
    expect(stdout).toMatch(/^l2 +0 +1$/m);
    expect(stdout).toContain("validation cost by epoch");
    expect(stdout).not.toContain("note");
    expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it("writes a page with both boundaries and their examples", async () => {
    const html = folder.join("pages", "comparison.html");
    const { exitCode, stdout } = await gradproof(["compare", plain, penalized, "--html", html]);
    expect(exitCode).toBe(0);
    expect(stdout.trimEnd().split("\n").at(-1)).toBe(`page  ${html}`);
    const page = readFileSync(html, "utf8");
    expect(page.match(/class="boundary"/g)?.length).toBe(2);
    expect(page).toContain("The dots are the training examples.");
    expect(page).toContain("penalized");
  });

  it("draws boundaries without examples where their table is gone or another", async () => {
    const gone = folder.join("gone");
    cpSync(plain, gone, { recursive: true });
    const html = folder.join("gone.html");
    for (const table of [folder.join("nowhere.csv"), folder.file("boxes.csv", boxes(20))]) {
      const record = JSON.parse(readFileSync(`${plain}/run.json`, "utf8"));
      writeFileSync(`${gone}/run.json`, JSON.stringify({ ...record, table }));
      const { exitCode, stdout } = await gradproof(["compare", gone, gone, "--html", html, "--overwrite"]);
      expect([exitCode, stdout.includes("the runs have the same configuration")]).toEqual([0, true]);
      const page = readFileSync(html, "utf8");
      expect(page.match(/class="boundary"/g)?.length).toBe(2);
      expect(page).not.toContain("The dots");
    }
  });

  it("prints one JSON document", async () => {
    const { stdout } = await gradproof(["compare", plain, penalized, "--json"]);
    const { runs, differences, notes } = JSON.parse(stdout);
    expect(runs.map(({ name }: { name: string }) => name)).toEqual(["plain", "penalized"]);
    expect(Object.keys(runs[0])).toEqual(["name", "folder", "epochs", "bestEpoch", "metrics"]);
    expect(differences).toEqual({ hidden: [[32, 16], [8]], l2: [0, 1] });
    expect(notes).toEqual([]);
  });

  it("calls no cost the best, and says why, where the losses differ", async () => {
    const focal = folder.join("focal");
    const words = [folder.join("moons.csv"), "--target", "kind", "--epochs", "5", "--loss", "binaryFocal"];
    await gradproof(["train", ...words, "--out", focal]);
    const { stdout } = await gradproof(["compare", plain, focal]);
    expect(stdout).toMatch(/^validation cost +0\.\d+ +0\.\d+ *$/m);
    expect(stdout).toMatch(/^train ROC-AUC .*\*/m);
    expect(stdout.replaceAll("\n", " ")).toContain(
      "note  the runs differ in loss, or in whether they learned logarithms, so their costs cannot be compared",
    );
  });

  it("warns where runs were validated on other rows", async () => {
    const seeded = folder.join("seeded");
    await gradproof([
      "train",
      folder.join("moons.csv"),
      "--target",
      "kind",
      "--epochs",
      "5",
      "--seed",
      "3",
      "--out",
      seeded,
    ]);
    const { stdout } = await gradproof(["compare", plain, seeded]);
    expect(stdout.replaceAll("\n", " ")).toContain("note  the runs differ in seed, so they were likely validated on");
  });

  it("compares runs of the same name, and of any number", async () => {
    const nested = folder.join("other", "plain");
    cpSync(plain, nested, { recursive: true });
    const two = await gradproof(["compare", plain, nested]);
    expect(two.stdout).toContain(`1  ${plain}:`);
    const many = await gradproof(["compare", ...Array.from({ length: 12 }, () => plain)]);
    expect([many.exitCode, many.stderr]).toEqual([0, ""]);
    expect(Math.max(...many.stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  /** As version 0.1 wrote it: the record says nothing of the files. */
  const withoutDigests = (copy: string): void => {
    const { files: _, ...record } = JSON.parse(readFileSync(`${copy}/run.json`, "utf8"));
    writeFileSync(`${copy}/run.json`, JSON.stringify(record));
  };

  const damages: readonly [string, (copy: string) => void, string][] = [
    ["a folder that is not there", (copy) => rmSync(copy, { recursive: true }), "is no folder of a run: cannot read"],
    [
      "an empty folder",
      (copy) => {
        rmSync(copy, { recursive: true });
        mkdirSync(copy);
      },
      "is no folder of a run: cannot read",
    ],
    [
      "a file",
      (copy) => {
        rmSync(copy, { recursive: true });
        writeFileSync(copy, "");
      },
      "a part of the path is a file, not a folder",
    ],
    [
      "a run that has not ended",
      (copy) => {
        rmSync(`${copy}/model.safetensors`);
        const record = JSON.parse(readFileSync(`${copy}/run.json`, "utf8"));
        writeFileSync(`${copy}/run.json`, JSON.stringify({ ...record, ended: false }));
      },
      "the run has not ended yet; go on with gradproof train --resume",
    ],
    [
      "a model that is none",
      (copy) => writeFileSync(`${copy}/model.safetensors`, "x"),
      "model.safetensors: safetensors: ",
    ],
    ["no configuration", (copy) => rmSync(`${copy}/config.json`), "config.json: there is no such file"],
    [
      "a configuration that is not JSON",
      (copy) => writeFileSync(`${copy}/config.json`, "{"),
      "config.json is not JSON",
    ],
    ["an unknown option", (copy) => writeFileSync(`${copy}/config.json`, '{"targt":"x"}'), "did you mean target?"],
    ["a configuration without target", (copy) => writeFileSync(`${copy}/config.json`, "{}"), "target is missing"],
    [
      "history that is not JSON",
      (copy) => writeFileSync(`${copy}/history.jsonl`, "{}\n{"),
      "history.jsonl is not JSON",
    ],
    [
      "history that is none",
      (copy) => writeFileSync(`${copy}/history.jsonl`, "{}\n"),
      "history.jsonl[0].iteration is missing; expected",
    ],
  ];
  it.each(damages)("refuses %s", async (name, damage, message) => {
    const copy = folder.join(name.replaceAll(/\W/g, "-"));
    cpSync(plain, copy, { recursive: true });
    withoutDigests(copy);
    damage(copy);
    const { exitCode, stdout, stderr } = await gradproof(["compare", plain, copy]);
    expect([exitCode, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(/^error: .+\n$/);
    expect(stderr).toContain(message);
  });

  it("refuses a file that is not the one its run wrote, though it could be read", async () => {
    for (const name of ["model.safetensors", "config.json", "history.jsonl"]) {
      const copy = folder.join(`foreign-${name}`);
      cpSync(plain, copy, { recursive: true });
      cpSync(`${penalized}/${name}`, `${copy}/${name}`);
      const { exitCode, stderr } = await gradproof(["compare", plain, copy]);
      expect([exitCode, stderr]).toEqual([
        1,
        `error: ${copy}/${name} is not the file that its run wrote (run.json has another SHA-256): put that one back, or train again with --overwrite\n`,
      ]);
    }
  });

  it("refuses what version 0.1 left when it was killed while one run replaced another", async () => {
    // It wrote the model, then the configuration, and the record last.
    const mixed = folder.join("mixed");
    cpSync(plain, mixed, { recursive: true });
    for (const name of ["model.safetensors", "config.json"]) cpSync(`${penalized}/${name}`, `${mixed}/${name}`);
    withoutDigests(mixed);
    for (const words of [
      ["compare", plain, mixed],
      ["export", mixed, "--to", "numpy"],
    ]) {
      const { exitCode, stdout, stderr } = await gradproof(words);
      expect([exitCode, stdout]).toEqual([1, ""]);
      expect(stderr).toBe(
        `error: ${mixed} holds files of two runs, one of which was killed while it replaced the other: ` +
          "--hidden is 32, 16 in run.json and 8 in config.json; --l2 is 0 in run.json and 1 in config.json; " +
          "train again with --overwrite\n",
      );
    }
  });

  it("shows the run that is to be replaced until the new one has ended, and says so", async () => {
    const path = folder.join("replaced");
    cpSync(plain, path, { recursive: true });
    const before = JSON.parse(readFileSync(`${path}/run.json`, "utf8"));
    const config = { ...before.config, training: { ...before.config.training, l2: 9 } };
    const begun = { ...before, config, checkpointEvery: 1, ended: false, files: {} };
    writeFileSync(`${path}/run.json`, JSON.stringify({ ...begun, before }));
    const { exitCode, stdout } = await gradproof(["compare", plain, path]);
    expect([exitCode, stdout.includes("the runs have the same configuration")]).toEqual([0, true]);
    const note = `the run in ${path} that is to replace this one has not ended: go on with gradproof train --resume ${path}`;
    expect(stdout.replaceAll("\n", " ")).toContain(`note  ${note}`);
    const exported = await gradproof(["export", path, "--to", "numpy"]);
    expect([exported.exitCode, exported.stderr]).toEqual([0, `note: ${note}\n`]);
  });

  it("refuses a single run, and a page that cannot be written", async () => {
    expect((await gradproof(["compare", plain])).exitCode).toBe(2);
    const { exitCode, stderr } = await gradproof(["compare", plain, plain, "--html", `${plain}/config.json/x.html`]);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^error: cannot write into .+\n$/);
  });
});
