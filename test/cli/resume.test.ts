import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCli } from "../../src/cli/app.js";
import { ProgressDisplay } from "../../src/cli/progress.js";
import { saveOrWarn } from "../../src/cli/train/checkpoints.js";
import { loadCheckpoints } from "../../src/node/checkpointFiles.js";
import { boxes, TestFolder } from "./tables.js";
import { type Captured, gradproof, interrupted, TestContext } from "./testContext.js";

const folder = new TestFolder();
afterAll(() => folder.remove());

const bytes = (path: string): Buffer => readFileSync(path);
const small = ["--target", "kind", "--members", "2", "--hidden", "16,8", "--epochs", "60"];
const words = [...small, "--patience", "60", "--keep", "0.9", "--checkpoint-every", "3"];

/** Flips a bit in the middle of a file. */
function flipBit(path: string): void {
  const content = bytes(path);
  content[content.length >> 1] ^= 4;
  writeFileSync(path, content);
}

describe("gradproof train --checkpoint-every and --resume", () => {
  let file: string;
  /** A run stopped by Ctrl-C in the middle; copied by each test that goes on with it. */
  let stopped: string;

  const stoppedIn = (out: string): Promise<Captured> => interrupted(["train", file, ...words], out);

  const copyOf = (name: string): string => {
    const copy = folder.join(name);
    cpSync(stopped, copy, { recursive: true });
    return copy;
  };

  beforeAll(async () => {
    file = folder.file("boxes.csv", boxes(300));
    stopped = folder.join("stopped");
    const { exitCode, stdout, stderr } = await stoppedIn(stopped);
    expect(exitCode).toBe(130);
    expect(stdout).toContain(`saving   every 3 epochs in ${stopped}`);
    expect(stderr).toBe(
      `stopped by Ctrl-C; the best weights so far are saved; go on with: gradproof train --resume ${stopped}\n`,
    );
  });

  it("goes on after Ctrl-C to the same files as a run at one go", async () => {
    const whole = folder.join("whole");
    await gradproof(["train", file, ...words, "--out", whole]);
    const copy = copyOf("goes-on");
    writeFileSync(`${copy}/checkpoint.safetensors.01234567-89ab-cdef-0123-456789abcdef.tmp`, "half");
    const { exitCode, stdout, stderr } = await gradproof(["train", "--resume", copy]);
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^resumed {2}after \d+ of 60 epochs$/m);
    for (const name of ["model.safetensors", "history.jsonl", "config.json"]) {
      expect(bytes(`${copy}/${name}`).equals(bytes(`${whole}/${name}`)), name).toBe(true);
    }
    expect(readdirSync(copy).sort()).toEqual(readdirSync(whole).sort());
    expect(readdirSync(whole).sort()).toEqual([
      ...["config.json", "history.jsonl", "model.safetensors", "report.html", "run.json"],
    ]);
    const again = await gradproof(["train", "--resume", copy]);
    expect(again).toEqual({
      exitCode: 1,
      stdout: "",
      stderr: `error: --resume: the run in ${copy} has ended; nothing is left to do\n`,
    });
  });

  it("begins anew a run that was ended before its first step", async () => {
    const out = folder.join("at-once");
    const context = new TestContext();
    // As where the signal has come already.
    context.onStop = (listener) => {
      listener("SIGTERM");
      return () => undefined;
    };
    expect(await runCli(["train", file, ...words, "--out", out], context)).toBe(143);
    expect(context.stderr).toContain(`go on with: gradproof train --resume ${out}`);
    expect((await gradproof(["train", "--resume", out])).exitCode).toBe(0);
    expect(bytes(`${out}/model.safetensors`).equals(bytes(folder.join("whole/model.safetensors")))).toBe(true);
  });

  it("begins anew a run that was killed before its first checkpoint", async () => {
    const copy = copyOf("no-checkpoint");
    for (const name of ["checkpoint", "checkpoint.previous"]) rmSync(`${copy}/${name}.safetensors`, { force: true });
    const { exitCode, stdout, stderr } = await gradproof(["train", "--resume", copy]);
    expect(exitCode).toBe(0);
    expect(stdout).not.toContain("resumed");
    expect(stderr).toContain(`note: ${copy} has no checkpoint yet, so the run begins anew\n`);
    expect(bytes(`${copy}/model.safetensors`).equals(bytes(folder.join("whole/model.safetensors")))).toBe(true);
  });

  it.each([
    [
      "damaged",
      flipBit,
      /checkpoint: the file does not match its checksum; it is damaged\. It is set aside as .+; the run goes on/,
    ],
    ["missing", (path: string) => rmSync(path), /checkpoint.safetensors is missing; the run goes on/],
  ])("goes on from the checkpoint before where the latest is %s, and says so", async (name, harm, message) => {
    const copy = copyOf(`before-${name}`);
    cpSync(`${copy}/checkpoint.safetensors`, `${copy}/checkpoint.previous.safetensors`);
    harm(`${copy}/checkpoint.safetensors`);
    const { exitCode, stderr } = await gradproof(["train", "--resume", copy]);
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(/^warning: .+ from the checkpoint before it, .+checkpoint\.previous\.safetensors\n$/);
    expect(stderr).toMatch(message);
    expect(bytes(`${copy}/model.safetensors`).equals(bytes(folder.join("whole/model.safetensors")))).toBe(true);
    expect(readdirSync(copy).filter((file) => file.startsWith("checkpoint"))).toEqual(
      name === "damaged" ? ["checkpoint.damaged.safetensors"] : [],
    );
  });

  it("takes the same table and flags again, but no others", async () => {
    const resume = ["--resume", stopped];
    const refused = async (...more: string[]): Promise<string> => {
      const { exitCode, stdout, stderr } = await gradproof(["train", ...resume, ...more]);
      expect([exitCode, stdout]).toEqual([1, ""]);
      return stderr;
    };
    expect(await refused("--l2", "0.1", "--keep", "0.5,0.5")).toBe(
      `error: --resume: the run in ${stopped} was begun otherwise: --l2 was 0, is now 0.1; ` +
        "--keep was 0.9, is now 0.5, 0.5. Leave this out, or begin a run of its own\n",
    );
    const other = folder.file("other.csv", boxes(300));
    expect(await refused(other)).toContain(`table was ${file}, is now ${other}`);
    expect(await refused("--test", other)).toContain(`--test was not given, is now ${other}`);
    expect(await refused("--out", folder.join("elsewhere"))).toContain(
      `--resume goes on in ${stopped}; leave --out out`,
    );
    const copy = copyOf("same-flags");
    expect((await gradproof(["train", file, "--resume", copy, ...words, "--out", copy])).exitCode).toBe(0);
  });

  it("refuses data that have changed, and says how", async () => {
    const copy = copyOf("changed");
    const table = folder.file("changing.csv", boxes(300));
    const record = JSON.parse(readFileSync(`${copy}/run.json`, "utf8"));
    writeFileSync(`${copy}/run.json`, JSON.stringify({ ...record, table }));
    const before = bytes(`${copy}/checkpoint.safetensors`);
    for (const [rows, message] of [
      [boxes(310), "data.examples: 150 then, 155 now"],
      [boxes(300, 2), "data.content: "],
    ] as const) {
      writeFileSync(table, rows);
      const { exitCode, stderr } = await gradproof(["train", "--resume", copy]);
      expect(exitCode).toBe(1);
      expect(stderr).toContain("the checkpoint is one of another run");
      expect(stderr).toContain(message);
    }
    // The table as it was, and nothing is lost.
    expect(bytes(`${copy}/checkpoint.safetensors`).equals(before)).toBe(true);
    writeFileSync(table, boxes(300));
    expect((await gradproof(["train", "--resume", copy])).exitCode).toBe(0);
  });

  it("refuses a configuration that has changed", async () => {
    const copy = copyOf("edited");
    const record = JSON.parse(readFileSync(`${copy}/run.json`, "utf8"));
    const training = { ...record.config.training, learningRate: 0.5 };
    writeFileSync(`${copy}/run.json`, JSON.stringify({ ...record, config: { ...record.config, training } }));
    const { exitCode, stderr } = await gradproof(["train", "--resume", copy]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain("training.learningRate: 0.004 then, 0.5 now");
  });

  it("does not write over a run that has not ended", async () => {
    const { exitCode, stderr } = await gradproof(["train", file, ...words, "--out", stopped]);
    expect(exitCode).toBe(1);
    expect(stderr).toBe(
      `error: ${stopped} holds a run that has not ended: go on with --resume ${stopped}, give another folder, or replace it with --overwrite\n`,
    );
  });

  it("goes on without a checkpoint that cannot be written, and says so", async () => {
    const context = new TestContext();
    const points = await loadCheckpoints(`${stopped}/checkpoint.safetensors`);
    // A file where the folder should be: writing fails as it does on a full disk.
    await saveOrWarn(file, points, new ProgressDisplay(context), context);
    expect(context.stderr).toContain(
      `warning: no checkpoint at step ${points[0].iteration}: cannot write ${file}/checkpoint.safetensors: `,
    );
  });

  const damages: readonly [string, (copy: string) => void, string][] = [
    ["no run at all", (copy) => rmSync(`${copy}/run.json`), "holds no run to go on with (it has no run.json)"],
    ["a record that is not JSON", (copy) => writeFileSync(`${copy}/run.json`, "{"), "run.json is not JSON"],
    ["a record of something else", (copy) => writeFileSync(`${copy}/run.json`, '{"a":1}'), 'unknown option "a"'],
    [
      "a record without a target",
      (copy) => writeFileSync(`${copy}/run.json`, '{"table":"x","config":{},"ended":false}'),
      "config has no target",
    ],
    [
      "a record with a bad option",
      (copy) => writeFileSync(`${copy}/run.json`, '{"table":"x","config":{"target":"y","l2":-1},"ended":false}'),
      "config: l2 must be",
    ],
    [
      "a checkpoint cut short",
      (copy) =>
        writeFileSync(`${copy}/checkpoint.safetensors`, bytes(`${copy}/checkpoint.safetensors`).subarray(0, 999)),
      "checkpoint.safetensors: safetensors: ",
    ],
    [
      "a model in the checkpoint's place",
      (copy) => cpSync(`${copy}/model.safetensors`, `${copy}/checkpoint.safetensors`),
      'of format "gradproof ensemble 1"; expected "gradproof checkpoint 2"',
    ],
    ["a checkpoint with a bit flipped", (copy) => flipBit(`${copy}/checkpoint.safetensors`), "it is damaged"],
    [
      "a checkpoint and the one before it, both with a bit flipped",
      (copy) => {
        cpSync(`${copy}/checkpoint.safetensors`, `${copy}/checkpoint.previous.safetensors`);
        for (const name of ["checkpoint", "checkpoint.previous"]) flipBit(`${copy}/${name}.safetensors`);
      },
      "checkpoint.safetensors: checkpoint: the file does not match its checksum; it is damaged",
    ],
  ];
  it.each(damages)("refuses %s", async (name, damage, message) => {
    const copy = copyOf(name.replaceAll(/\W/g, "-"));
    rmSync(`${copy}/checkpoint.previous.safetensors`, { force: true });
    damage(copy);
    const { exitCode, stdout, stderr } = await gradproof(["train", "--resume", copy]);
    expect([exitCode, stdout.includes("trained")]).toEqual([1, false]);
    expect(stderr).toMatch(/^error: .+\n$/);
    expect(stderr).toContain(message);
  });

  it("refuses 0 epochs between checkpoints", async () => {
    const { exitCode, stderr } = await gradproof(["train", file, "--target", "kind", "--checkpoint-every", "0"]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("--checkpoint-every must be a whole number of at least 1, got 0");
  });
});
