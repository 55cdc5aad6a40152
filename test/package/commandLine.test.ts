import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RandomState } from "../../src/random/randomState.js";
import { boxes, TestFolder } from "../cli/tables.js";
import { ensureBuilt } from "./built.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const main = `${root}dist/cli/main.js`;
const folder = new TestFolder();

beforeAll(async () => {
  await ensureBuilt();
}, 120_000);
afterAll(() => folder.remove());

function gradproof(words: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...words], {
    encoding: "utf8",
    env: { ...process.env, ...env },
  });
  return { status, stdout, stderr };
}

describe("the compiled command line", () => {
  it("prints its version", () => {
    const { version } = JSON.parse(readFileSync(`${root}package.json`, "utf8"));
    expect(gradproof(["--version"])).toEqual({ status: 0, stdout: `${version}\n`, stderr: "" });
  });

  it("reports a mistake on stderr, with exit code 2", () => {
    expect(gradproof(["trian"])).toEqual({
      status: 2,
      stdout: "",
      stderr: "error: No command registered for `trian`, did you mean `train`?\n",
    });
  });

  it("reports a failure on stderr, with exit code 1, and its stack where that is asked for", () => {
    const words = ["inspect", folder.join("nothing.safetensors")];
    const { status, stdout, stderr } = gradproof(words);
    expect([status, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(/^error: cannot read .+: there is no such file\n$/);
    expect(gradproof(words, { GRADPROOF_DEBUG: "1" }).stderr).toContain("    at ");
  });

  it("runs the reference checks of a gradient", () => {
    const { status, stdout, stderr } = gradproof(["reproduce", "gradient-checking", "--json"]);
    expect([status, stderr]).toEqual([0, ""]);
    expect(JSON.parse(stdout).gradientChecking.planted.wrongBlocks).toEqual(["W2", "b1"]);
  });

  it("trains, and ends at Ctrl-C with the best weights saved", async () => {
    const file = folder.file("boxes.csv", boxes(2000));
    const out = folder.join("stopped");
    const words = ["train", file, "--target", "kind", "--epochs", "1000000", "--patience", "1000000", "--out", out];
    const child = spawn(process.execPath, [main, ...words]);
    let [stdout, stderr] = ["", ""];
    // Ctrl-C is listened for before anything is printed; a second one would quit at once.
    child.stdout.once("data", () => child.kill("SIGINT"));
    child.stdout.on("data", (text) => {
      stdout += text;
    });
    child.stderr.on("data", (text) => {
      stderr += text;
    });
    const status = await new Promise((resolve) => child.on("close", resolve));
    expect(stderr).toBe("stopped by Ctrl-C; the best weights so far are saved\n");
    expect(status).toBe(130);
    expect(stdout).toContain("stopped before its end");
    expect(existsSync(`${out}/model.safetensors`)).toBe(true);
    expect(gradproof(["inspect", `${out}/model.safetensors`]).status).toBe(0);
  });

  it("is no failure where the reader of its output has seen enough", async () => {
    const child = spawn(process.execPath, [main, "reproduce", "gradient-checking", "--json"]);
    child.stdout.destroy();
    let stderr = "";
    child.stderr.on("data", (text) => {
      stderr += text;
    });
    const status = await new Promise((resolve) => child.on("close", resolve));
    expect([status, stderr]).toEqual([0, ""]);
  });
});

describe("a run that is killed", () => {
  /** Starts a command and kills it after so many milliseconds, if it has not ended by then. */
  async function killedAfter(words: readonly string[], milliseconds: number) {
    const child = spawn(process.execPath, [main, ...words], { stdio: ["ignore", "ignore", "pipe"] });
    let stderr = "";
    child.stderr.on("data", (text) => {
      stderr += text;
    });
    const timer = setTimeout(() => child.kill("SIGKILL"), milliseconds);
    const [status, signal] = await new Promise<[number | null, string | null]>((resolve) =>
      child.on("close", (...ending) => resolve(ending)),
    );
    clearTimeout(timer);
    return { status, killed: signal === "SIGKILL", stderr };
  }

  const runs: readonly (readonly string[])[] = [
    ["--epochs", "250", "--patience", "250", "--keep", "0.9", "--checkpoint-every", "1"],
    ["--epochs", "300", "--patience", "60", "--optimizer", "momentum", "--l2", "0.1", "--checkpoint-every", "7"],
    ["--epochs", "250", "--patience", "250", "--optimizer", "rmsprop", "--dtype", "float32", "--checkpoint-every", "3"],
  ];

  it("comes to the same model file, byte for byte, though killed 50 times at random moments", async () => {
    const file = folder.file("killed.csv", boxes(300, 4));
    const random = new RandomState(20);
    let [kills, resumed] = [0, 0];
    for (let k = 0; kills < 50; k++) {
      const words = ["train", file, "--target", "kind", ...runs[k % runs.length], "--seed", String(k)];
      const [whole, broken] = [folder.join(`whole-${k}`), folder.join(`broken-${k}`)];
      const started = performance.now();
      expect(gradproof([...words, "--out", whole]).status).toBe(0);
      const duration = performance.now() - started;
      for (let ended = false; !ended; ) {
        const begun = existsSync(`${broken}/run.json`);
        const moment = (0.2 + 0.8 * random.rand(1, 1).get(0, 0)) * duration;
        const run = await killedAfter(begun ? ["train", "--resume", broken] : [...words, "--out", broken], moment);
        if (run.killed) kills++;
        else if (run.status !== 0) expect(run.stderr).toContain("has ended; nothing is left to do"); // killed at its last line
        if (begun) resumed++;
        ended = !run.killed;
      }
      expect(
        readFileSync(`${broken}/model.safetensors`).equals(readFileSync(`${whole}/model.safetensors`)),
        words.join(" "),
      ).toBe(true);
      expect(readFileSync(`${broken}/history.jsonl`, "utf8")).toBe(readFileSync(`${whole}/history.jsonl`, "utf8"));
    }
    expect(resumed).toBeGreaterThan(25);
  }, 240_000);
});
