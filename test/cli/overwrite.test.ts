import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { lockRunFolder } from "../../src/node/runFolder.js";
import { boxes, TestFolder } from "./tables.js";
import { type Captured, gradproof } from "./testContext.js";

const folder = new TestFolder();
afterAll(() => folder.remove());

let table: string;
let finished: string;
const train = (out: string, ...more: string[]): Promise<Captured> =>
  gradproof(["train", table, "--target", "kind", "--epochs", "2", "--out", out, ...more]);

beforeAll(async () => {
  table = folder.file("boxes.csv", boxes(60));
  finished = folder.join("finished");
  expect((await train(finished)).exitCode).toBe(0);
});

const copyOf = (name: string): string => {
  const copy = folder.join(name);
  cpSync(finished, copy, { recursive: true });
  return copy;
};
const contents = (path: string): Readonly<Record<string, string>> =>
  Object.fromEntries(readdirSync(path).map((name) => [name, readFileSync(`${path}/${name}`, "base64")]));

describe("gradproof train --out", () => {
  it.each([[], ["--checkpoint-every", "1"]])(
    "leaves a finished run as it is, whose place it takes with --overwrite (%s)",
    async (...words) => {
      const copy = copyOf(`finished-${words.length}`);
      const { exitCode, stdout, stderr } = await train(copy, "--l2", "1", ...words);
      expect([exitCode, stdout, stderr]).toEqual([
        1,
        "",
        `error: ${copy} already holds a run: give another folder, or replace it with --overwrite\n`,
      ]);
      expect(contents(copy)).toEqual(contents(finished));
      expect((await train(copy, "--l2", "1", "--overwrite", ...words)).exitCode).toBe(0);
      expect(readdirSync(copy).sort()).toEqual(readdirSync(finished).sort());
      expect(JSON.parse(readFileSync(`${copy}/config.json`, "utf8")).training.l2).toBe(1);
      expect((await gradproof(["compare", copy, finished])).exitCode).toBe(0);
    },
  );

  it("leaves a run that has not ended as it is, with or without checkpoints of its own, and takes its place with --overwrite", async () => {
    const copy = copyOf("unfinished");
    const { ended: _, ...record } = JSON.parse(readFileSync(`${copy}/run.json`, "utf8"));
    writeFileSync(`${copy}/run.json`, JSON.stringify({ ...record, checkpointEvery: 1, ended: false }));
    for (const name of ["checkpoint.safetensors", "checkpoint.previous.safetensors"])
      writeFileSync(`${copy}/${name}`, "work");
    const before = contents(copy);
    for (const words of [[], ["--checkpoint-every", "1"]]) {
      const { exitCode, stderr } = await train(copy, ...words);
      expect([exitCode, stderr]).toEqual([
        1,
        `error: ${copy} holds a run that has not ended: go on with --resume ${copy}, give another folder, or replace it with --overwrite\n`,
      ]);
      expect(contents(copy)).toEqual(before);
    }
    expect((await train(copy, "--overwrite")).exitCode).toBe(0);
    expect(readdirSync(copy).sort()).toEqual(readdirSync(finished).sort());
  });

  it.each(["model.safetensors", "config.json", "history.jsonl", "report.html", "checkpoint.safetensors"])(
    "does not write over a file %s of another origin",
    async (name) => {
      const place = folder.join(`other-${name}`);
      mkdirSync(place);
      writeFileSync(`${place}/${name}`, "mine");
      const { exitCode, stderr } = await train(place);
      expect([exitCode, stderr]).toEqual([
        1,
        `error: ${place} already holds a file ${name}: give another folder, or replace it with --overwrite\n`,
      ]);
      expect(readdirSync(place)).toEqual([name]);
      expect((await train(place, "--overwrite")).exitCode).toBe(0);
    },
  );

  it("does not write over what a run had saved when it was killed, and says what it is", async () => {
    const place = folder.join("killed");
    cpSync(`${finished}/model.safetensors`, `${place}/.new/model.safetensors`);
    const { stderr } = await train(place);
    expect(stderr).toContain(
      `${place}/.new holds what a run had written when it ended before its time: copy it from there, give another folder`,
    );
    const compared = await gradproof(["compare", place, finished]);
    expect(compared.stderr).toBe(
      `error: the run in ${place} ended before all its results were written; what could be is in ${place}/.new: ` +
        "copy it from there, or train again with --overwrite\n",
    );
    expect((await train(place, "--overwrite")).exitCode).toBe(0);
    expect(readdirSync(place).sort()).toEqual(readdirSync(finished).sort());
  });

  it("does not let predict write over the model it reads, wherever that is, nor over the record that says so", async () => {
    const copy = copyOf("midway");
    mkdirSync(`${copy}/.new`);
    cpSync(`${copy}/model.safetensors`, `${copy}/.new/model.safetensors`);
    for (const name of [".new/model.safetensors", "model.safetensors", "run.json"]) {
      const out = join(copy, name);
      const before = readFileSync(out);
      const words = ["predict", `${copy}/model.safetensors`, table, "--out", out, "--overwrite"];
      const { exitCode, stderr } = await gradproof(words);
      expect([exitCode, stderr]).toEqual([
        1,
        expect.stringContaining("is an input of this command and is never overwritten"),
      ]);
      expect(readFileSync(out)).toEqual(before);
    }
  });

  it("says which of a run's files is missing", async () => {
    const copy = copyOf("incomplete");
    rmSync(`${copy}/history.jsonl`);
    expect((await gradproof(["compare", copy, finished])).stderr).toBe(
      `error: ${copy}/history.jsonl is missing: put it back, or train again with --overwrite\n`,
    );
  });

  it("keeps what was saved of a run on a full disk until another takes the folder: --resume is none", async () => {
    const copy = copyOf("full");
    mkdirSync(`${copy}/.new`);
    writeFileSync(`${copy}/.new/model.safetensors`, "all there is");
    const { exitCode, stderr } = await gradproof(["train", "--resume", copy]);
    expect([exitCode, stderr]).toEqual([
      1,
      `error: --resume: the run in ${copy} has ended; nothing is left to do; what a later run could still write is in ${copy}/.new\n`,
    ]);
    expect(readFileSync(`${copy}/.new/model.safetensors`, "utf8")).toBe("all there is");
    expect((await train(copy, "--overwrite")).exitCode).toBe(0);
    expect(readdirSync(copy).sort()).toEqual(readdirSync(finished).sort());
  });

  it("leaves in .new what is not its own", async () => {
    const copy = copyOf("notes");
    mkdirSync(`${copy}/.new`);
    writeFileSync(`${copy}/.new/notes.txt`, "mine");
    expect((await train(copy, "--overwrite")).exitCode).toBe(0);
    expect(readdirSync(`${copy}/.new`)).toEqual(["notes.txt"]);
  });

  it("takes the place of a run whose record cannot be read, if that is asked for", async () => {
    const copy = copyOf("damaged");
    writeFileSync(`${copy}/run.json`, "{");
    expect((await train(copy)).stderr).toContain("run.json is not JSON");
    expect((await train(copy, "--overwrite")).exitCode).toBe(0);
  });

  it("finds out before the first run that the second, advised one would write over another", async () => {
    const out = folder.join("ill");
    cpSync(finished, `${out}-advised`, { recursive: true });
    const options = ["--target", "kind", "--init", "zeros", "--epochs", "30", "--apply-advice"];
    // As a shell completes it.
    const words = ["train", table, ...options, "--out", `${out}/`];
    const { exitCode, stdout, stderr } = await gradproof(words);
    expect([exitCode, stdout]).toEqual([1, ""]);
    expect(stderr).toContain(`${out}-advised already holds a run`);
    expect(existsSync(out)).toBe(false);
    expect((await gradproof([...words, "--overwrite"])).exitCode).toBe(0);
    expect(JSON.parse(readFileSync(`${out}-advised/config.json`, "utf8")).network.initializer).toBe("he");
  });

  it("is held by one run or sweep at a time", async () => {
    const out = folder.join("held");
    const lock = await lockRunFolder(out);
    const refusal = `error: another run or sweep is at work in ${out} (process ${process.pid}); wait until it has ended, or give another folder\n`;
    cpSync(finished, out, { recursive: true });
    const commands = [
      ["train", table, "--target", "kind", "--out", out, "--overwrite"],
      ["train", "--resume", out],
    ];
    for (const words of commands) expect(await gradproof(words)).toMatchObject({ exitCode: 1, stderr: refusal });
    await lock.release();
    expect((await gradproof(["train", "--resume", out])).stderr).toContain("has ended; nothing is left to do");
    const searched = folder.join("searched");
    const other = await lockRunFolder(searched);
    const sweep = ["sweep", table, "--target", "kind", "--search", "l2=0", "--epochs", "1", "--workers", "1", "--out"];
    expect((await gradproof([...sweep, searched])).stderr).toContain("another run or sweep is at work in");
    await other.release();
    // And a sweep does not take a run's folder, nor a run a sweep's.
    expect((await gradproof([...sweep, out])).stderr).toBe(
      `error: ${out} already holds a file run.json; give another folder\n`,
    );
    expect((await gradproof([...sweep, searched])).exitCode).toBe(0);
    expect((await train(searched)).stderr).toContain(`${searched} already holds a file model.safetensors`);
  });

  it("leaves neither a folder nor a lock where it fails", async () => {
    const [gone, there] = [folder.join("gone"), folder.join("there")];
    mkdirSync(there);
    const events = folder.file("events", "");
    for (const out of [gone, there]) {
      for (const more of [[], ["--checkpoint-every", "1"]]) {
        expect((await train(out, ...more, "--tensorboard", events)).stderr).toMatch(/^error: cannot write into /);
        expect((await train(out, ...more, "--keep", "0.9,0.9,0.9")).stderr).toMatch(/^error: .*keep/);
      }
    }
    expect([existsSync(gone), readdirSync(there)]).toEqual([false, []]);
  });

  it("leaves a run that can be taken up to its checkpoints until the one that replaces it takes its first step", async () => {
    const copy = copyOf("taken-up");
    const record = JSON.parse(readFileSync(`${copy}/run.json`, "utf8"));
    writeFileSync(`${copy}/run.json`, JSON.stringify({ ...record, checkpointEvery: 1, ended: false }));
    writeFileSync(`${copy}/checkpoint.safetensors`, "work");
    const before = contents(copy);
    const words = ["--checkpoint-every", "1", "--overwrite", "--keep", "0.9,0.9,0.9"];
    expect((await train(copy, ...words)).exitCode).toBe(1);
    expect(contents(copy)).toEqual(before);
  });

  it("does not go into the folder of a sweep, though that has finished no run yet", async () => {
    const place = folder.join("begun");
    mkdirSync(place);
    writeFileSync(`${place}/journal.jsonl`, "");
    expect((await train(place)).stderr).toContain(`${place} already holds a file journal.jsonl: give another folder`);
    expect(readdirSync(place)).toEqual(["journal.jsonl"]);
  });

  it("does not go with --resume and --overwrite at once", async () => {
    const { exitCode, stderr } = await gradproof(["train", "--resume", finished, "--overwrite"]);
    expect([exitCode, stderr]).toEqual([
      2,
      "error: --resume goes on with a run, --overwrite begins anew; leave one out\n",
    ]);
  });
});
