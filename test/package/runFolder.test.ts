import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { cpSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { boxes, TestFolder } from "../cli/tables.js";
import { gradproof as runHere } from "../cli/testContext.js";

const main = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
const folder = new TestFolder();
const results = ["config.json", "history.jsonl", "model.safetensors", "report.html", "run.json"];
let file: string;

beforeAll(() => {
  file = folder.file("boxes.csv", boxes(300));
});
afterAll(() => folder.remove());

/** A command in this process, as another user of the folder than the processes that are started here. */
const gradproof = (...words: string[]) => runHere(words);

const words = (out: string, ...more: string[]): string[] => [
  "train",
  file,
  "--target",
  "kind",
  "--members",
  "1",
  "--out",
  out,
  ...more,
];
const endless = ["--epochs", "1000000", "--patience", "1000000", "--checkpoint-every", "20"];
const closed = (child: ChildProcess): Promise<unknown> => new Promise((resolve) => child.on("close", resolve));

/** A run that goes on until it is killed; it has its folder. */
async function atWork(out: string, ...more: string[]): Promise<ChildProcess> {
  const child = spawn(process.execPath, [main, ...words(out, ...endless, ...more)], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  await new Promise((resolve) => child.stdout?.once("data", resolve));
  child.stdout?.resume();
  return child;
}

/** Waits until something is so, while the other process works towards it. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setImmediate(resolve));
}

const hiddenOf = (path: string): number[] =>
  JSON.parse(readFileSync(`${path}/run.json`, "utf8"))
    .config.network.layers.slice(0, -1)
    .flatMap(({ units }: { units?: number }) => units ?? []);

describe("the folder of a run, compiled", () => {
  it("is refused to a second run and to --resume while the first is at work, and free once it is killed", async () => {
    const out = folder.join("two");
    const first = await atWork(out, "--hidden", "9");
    const refused = {
      exitCode: 1,
      stdout: "",
      stderr: `error: another run or sweep is at work in ${out} (process ${first.pid}); wait until it has ended, or give another folder\n`,
    };
    expect(await gradproof(...words(out, "--epochs", "3", "--hidden", "8"))).toEqual(refused);
    expect(await gradproof(...words(out, "--epochs", "3", "--hidden", "8", "--overwrite"))).toEqual(refused);
    expect(await gradproof("train", "--resume", out)).toEqual(refused);
    await until(() => existsSync(`${out}/checkpoint.safetensors`));
    first.kill("SIGKILL");
    await closed(first);
    expect(hiddenOf(out)).toEqual([9]);
    // The run that was begun is there, to be taken up: another does not end it.
    expect((await gradproof(...words(out, "--epochs", "3", "--hidden", "8"))).stderr).toContain(
      `${out} holds a run that has not ended: go on with --resume ${out}`,
    );
    expect((await gradproof("compare", out, out)).stderr).toContain("the run has not ended yet; go on with");
    const resumed = spawn(process.execPath, [main, "train", "--resume", out], { stdio: ["ignore", "pipe", "ignore"] });
    let stdout = "";
    resumed.stdout.on("data", (text) => {
      stdout += text;
      // Once: a second one would quit at once.
      if (stdout.includes("resumed  after") && !resumed.killed) resumed.kill("SIGINT");
    });
    expect(await closed(resumed)).toBe(130);
    expect(hiddenOf(out)).toEqual([9]);
    expect(readdirSync(out).filter((name) => /\.lock$|^\.new$|\.tmp$/.test(name))).toEqual([]);
    expect((await gradproof("compare", out, out)).exitCode).toBe(0);
  });

  it("holds the old run, and says so, where the one that is to replace it is killed", async () => {
    const out = folder.join("stale");
    expect((await gradproof(...words(out, "--epochs", "3", "--hidden", "8"))).exitCode).toBe(0);
    const model = readFileSync(`${out}/model.safetensors`);
    expect((await gradproof(...words(out, ...endless, "--hidden", "5", "--drop", "shade"))).stderr).toBe(
      `error: ${out} already holds a run: give another folder, or replace it with --overwrite\n`,
    );
    const killed = await atWork(out, "--hidden", "5", "--drop", "shade", "--overwrite");
    await until(() => existsSync(`${out}/checkpoint.safetensors`));
    killed.kill("SIGKILL");
    await closed(killed);
    expect(readFileSync(`${out}/model.safetensors`).equals(model)).toBe(true);
    const compared = await gradproof("compare", out, out, "--json");
    expect(compared.exitCode).toBe(0);
    expect(JSON.parse(compared.stdout).notes).toEqual([
      `the run in ${out} that is to replace this one has not ended: go on with gradproof train --resume ${out}`,
    ]);
    const exported = await gradproof("export", out, "--to", "numpy");
    expect([exported.exitCode, exported.stderr]).toEqual([0, expect.stringContaining("has not ended")]);
    expect(exported.stdout).toContain("shade");
    expect((await gradproof(...words(out, "--epochs", "2", "--hidden", "4", "--overwrite"))).exitCode).toBe(0);
    expect(readdirSync(out).sort()).toEqual(results);
    expect(hiddenOf(out)).toEqual([4]);
  });

  it("is one run or the other where a process is killed while it writes, and again in order after the next", async () => {
    const old = folder.join("old");
    expect((await gradproof(...words(old, "--epochs", "2", "--hidden", "8"))).exitCode).toBe(0);
    const staged = (out: string): string[] => (existsSync(`${out}/.new`) ? readdirSync(`${out}/.new`) : []);
    const moments: Readonly<Record<string, (out: string) => boolean>> = {
      "the first": (out) => staged(out).length > 0,
      "the last": (out) => staged(out).includes("report.html"),
      "the record": (out) => !readFileSync(`${out}/run.json`).equals(readFileSync(`${old}/run.json`)),
    };
    for (const [name, moment] of Object.entries(moments)) {
      const out = folder.join(name);
      cpSync(old, out, { recursive: true });
      const again = words(out, "--epochs", "2", "--hidden", "256-256", "--overwrite");
      const child = spawn(process.execPath, [main, ...again], { stdio: "ignore" });
      const ended = closed(child);
      await until(() => moment(out) || child.exitCode !== null);
      child.kill("SIGKILL");
      await ended;
      const { exitCode, stderr, stdout } = await gradproof("compare", old, out, "--json");
      expect([exitCode, stderr]).toEqual([0, ""]);
      expect(JSON.parse(stdout).differences).toEqual(hiddenOf(out)[0] === 8 ? {} : { hidden: [[8], [256, 256]] });
      // Whatever was left half done, the next to come finishes or removes.
      expect((await gradproof(...words(out, "--epochs", "2", "--hidden", "8", "--overwrite"))).exitCode).toBe(0);
      expect(readdirSync(out).sort()).toEqual(results);
      expect(readFileSync(`${out}/model.safetensors`).equals(readFileSync(`${old}/model.safetensors`))).toBe(true);
    }
  });

  it("takes predictions to standard output, and a page in place of another only where told to", async () => {
    const out = folder.join("predicted");
    expect((await gradproof(...words(out, "--epochs", "2"))).exitCode).toBe(0);
    const rows = (await gradproof("predict", `${out}/model.safetensors`, file)).stdout;
    // Standard output is a file here, which the shell has made.
    const command = `"$0" "$1" predict "$2" "$3" --out /dev/stdout > "$4"`;
    const path = folder.join("rows.csv");
    expect(
      spawnSync("sh", ["-c", command, process.execPath, main, `${out}/model.safetensors`, file, path]).status,
    ).toBe(0);
    expect(readFileSync(path, "utf8")).toBe(rows);
    const problem = folder.file(
      "problem.mjs",
      "export default { parameters: { w: [3] }, cost: ({ w }) => w[0] ** 2, gradients: ({ w }) => ({ w: [2 * w[0]] }) };\n",
    );
    const page = folder.file("page.html", "mine");
    const check = (html: string, ...more: string[]) => gradproof("check", problem, "--html", html, ...more);
    expect(await check(page)).toEqual({
      exitCode: 3,
      stdout: "",
      stderr: `error: ${page} already exists; give another file, or replace it with --overwrite\n`,
    });
    expect((await check(problem, "--overwrite")).stderr).toContain("is an input of this command");
    expect(readFileSync(page, "utf8")).toBe("mine");
    const replaced = [main, "check", problem, "--html", page, "--overwrite"];
    expect(spawnSync(process.execPath, replaced).status).toBe(0);
    expect(readFileSync(page, "utf8")).toMatch(/^<!doctype html>/i);
  });
});
