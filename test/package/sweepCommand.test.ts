import { spawn, spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { lockRunFolder } from "../../src/node/runFolder.js";
import { boxes, TestFolder } from "../cli/tables.js";
import { gradproof } from "../cli/testContext.js";
import { withoutProgress } from "./withoutProgress.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const main = `${root}dist/cli/main.js`;
const folder = new TestFolder();
/** Small networks: what is tested is how trials are spread, kept and gone on with. */
const search = ["--hidden", "16", "--search", "l2=0,0.01,0.1,0.7", "keep=1,0.9,0.8", "init=he,xavier"];
let file: string;
let whole: string;

const words = (out: string, workers: number, seeds = 2, epochs = 20): string[] => [
  ...[main, "sweep", file, "--target", "kind", ...search, "--epochs", String(epochs)],
  ...["--out", out, "--workers", String(workers), "--seeds", String(seeds)],
];

function sweep(out: string, workers: number) {
  const { status, stdout, stderr } = spawnSync(process.execPath, words(out, workers), { encoding: "utf8" });
  return { status, stdout, stderr: withoutProgress(stderr) };
}

/** The runs of a journal in the order of their text: which ended first depends on the threads. */
function runsOf(out: string): string[] {
  return readFileSync(`${out}/journal.jsonl`, "utf8").trimEnd().split("\n").slice(1).sort();
}

function modelOf(out: string): string {
  return readFileSync(`${out}/model.safetensors`).toString("base64");
}

beforeAll(() => {
  file = folder.file("boxes.csv", boxes(400));
  whole = folder.join("whole");
  expect(sweep(whole, 1)).toMatchObject({ status: 0, stderr: "" });
});
afterAll(() => folder.remove());

describe("gradproof sweep, compiled", () => {
  it.each([2, 3])("gives with %i workers what it gives with one", (workers) => {
    const out = folder.join(`workers-${workers}`);
    expect(sweep(out, workers)).toMatchObject({ status: 0, stderr: "" });
    expect(runsOf(out)).toEqual(runsOf(whole));
    expect(modelOf(out)).toBe(modelOf(whole));
  });

  it("killed at random moments and begun again loses no finished run, runs none twice, and ends the same", async () => {
    const out = folder.join("killed");
    let kept: string[] = [];
    let killed = 0;
    for (const moment of [90, 260, 300, 170, 350, 230]) {
      const child = spawn(process.execPath, words(out, 2), { stdio: "ignore" });
      const timer = setTimeout(() => child.kill("SIGKILL"), moment);
      const signal = await new Promise((resolve) => child.on("exit", (_, by) => resolve(by)));
      clearTimeout(timer);
      if (signal === "SIGKILL") killed++;
      if (!existsSync(`${out}/journal.jsonl`)) continue;
      const text = readFileSync(`${out}/journal.jsonl`, "utf8");
      const lines = text.slice(0, text.lastIndexOf("\n")).split("\n").slice(1);
      expect(lines.slice(0, kept.length)).toEqual(kept);
      kept = lines;
    }
    expect(killed).toBeGreaterThan(0);
    expect(sweep(out, 2)).toMatchObject({ status: 0, stderr: "" });
    expect(runsOf(out)).toEqual(runsOf(whole));
    expect(modelOf(out)).toBe(modelOf(whole));
  });

  it("stopped by Ctrl-C says how to go on, and does", async () => {
    const out = folder.join("stopped");
    const args = words(out, 2, 4);
    const child = spawn(process.execPath, args);
    let stderr = "";
    child.stdout.once("data", () => child.kill("SIGINT"));
    child.stderr.on("data", (text) => {
      stderr += text;
    });
    const code = await new Promise((resolve) => child.on("exit", resolve));
    expect(code, stderr).toBe(130);
    expect(withoutProgress(stderr)).toBe(
      `stopped by Ctrl-C; finished runs are kept: the same command with --out ${out} goes on\n`,
    );
    const { status } = spawnSync(process.execPath, args);
    expect(status).toBe(0);
    expect(runsOf(out).length).toBe(24 * 4);
    expect(new Set(runsOf(out)).size).toBe(24 * 4);
  });

  it("refuses a second sweep in its folder while it is at work, and leaves no lock when it is killed", async () => {
    const out = folder.join("twice");
    const args = words(out, 1, 1, 1e6);
    const first = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "ignore"] });
    await new Promise((resolve) => first.stdout.once("data", resolve));
    first.kill("SIGSTOP"); // so that it is at work all the time
    const refused = await gradproof(args.slice(1));
    first.kill("SIGKILL");
    await new Promise((resolve) => first.on("close", resolve));
    expect(refused).toEqual({
      exitCode: 1,
      stdout: "",
      stderr: `error: another run or sweep is at work in ${out} (process ${first.pid}); wait until it has ended, or give another folder\n`,
    });
    // What goes on after a kill is above.
    await (await lockRunFolder(out)).release();
    expect(readdirSync(out).filter((name) => name.endsWith(".lock"))).toEqual([]);
  });

  it("reports a full disk, and loses nothing that was finished", () => {
    const out = folder.join("full");
    // A limit of 4 KiB a file stands in for the disk; the signal that comes with it is ignored, so that the write fails.
    const command = ['trap "" XFSZ; ulimit -f 4; exec "$@"', "bash", process.execPath, ...words(out, 2)];
    const { status, stderr } = spawnSync("bash", ["-c", ...command], { encoding: "utf8" });
    expect([status, withoutProgress(stderr)]).toEqual([
      1,
      expect.stringContaining(`error: cannot write ${out}/journal.jsonl: `),
    ]);
    const text = readFileSync(`${out}/journal.jsonl`, "utf8");
    const finished = text.slice(0, text.lastIndexOf("\n")).split("\n").slice(1);
    expect(finished.length).toBeGreaterThan(0);
    expect(sweep(out, 2).stdout).toContain(`${finished.length} run`);
    expect(runsOf(out)).toEqual(runsOf(whole));
  });

  it("refuses a folder whose table has changed since", () => {
    const changed = folder.join("changed.csv");
    writeFileSync(changed, boxes(400, 2));
    const { status, stderr } = spawnSync(
      process.execPath,
      words(whole, 2).map((word) => (word === file ? changed : word)),
      { encoding: "utf8" },
    );
    expect(status).toBe(1);
    expect(stderr).toContain(`${whole} holds another sweep`);
    expect(stderr).toContain("data.sha256: ");
  });
});
