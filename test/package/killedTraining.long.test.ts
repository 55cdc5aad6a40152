import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { RandomState } from "../../src/random/randomState.js";
import { boxes, TestFolder } from "../cli/tables.js";

const main = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
const folder = new TestFolder();
afterAll(() => folder.remove());

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
    ["--hidden", "8", "--epochs", "30", "--keep", "0.9", "--checkpoint-every", "1"],
    ["--members", "1", "--epochs", "60", "--patience", "30", "--optimizer", "momentum", "--checkpoint-every", "7"],
    [
      "--members",
      "1",
      "--hidden",
      "8",
      "--epochs",
      "60",
      "--optimizer",
      "rmsprop",
      "--dtype",
      "float64",
      "--checkpoint-every",
      "3",
    ],
  ];

  it("comes to the same model file, byte for byte, though killed 50 times at random moments", async () => {
    const file = folder.file("killed.csv", boxes(300, 4));
    const random = new RandomState(20);
    let [kills, resumed] = [0, 0];
    for (let k = 0; kills < 50; k++) {
      const words = ["train", file, "--target", "kind", ...runs[k % runs.length], "--seed", String(k)];
      const [whole, broken] = [folder.join(`whole-${k}`), folder.join(`broken-${k}`)];
      const started = performance.now();
      expect(spawnSync(process.execPath, [main, ...words, "--out", whole]).status).toBe(0);
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
  });
});
