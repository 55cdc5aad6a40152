import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { boxes, TestFolder } from "../cli/tables.js";
import { withoutProgress } from "./withoutProgress.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const main = `${root}dist/cli/main.js`;
const folder = new TestFolder();

afterAll(() => folder.remove());

function gradproof(words: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...words], {
    encoding: "utf8",
    env: { ...process.env, ...env },
  });
  return { status, stdout, stderr: withoutProgress(stderr) };
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
    expect(withoutProgress(stderr)).toBe("stopped by Ctrl-C; the best weights so far are saved\n");
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
    expect([status, withoutProgress(stderr)]).toEqual([0, ""]);
  });
});
