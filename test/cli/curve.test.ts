import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCli } from "../../src/cli/app.js";
import { boxes, TestFolder } from "./tables.js";
import { type Captured, gradproof, ofVersion3, TestContext } from "./testContext.js";

const folder = new TestFolder();
afterAll(() => folder.remove());
let file: string;
beforeAll(() => {
  file = folder.file("boxes.csv", boxes(100));
});
const words = ["--target", "kind", "--epochs", "5", "--seeds", "2"];
const curve = (...more: string[]): Promise<Captured> => gradproof(["curve", file, ...words, ...more], { columns: 80 });

describe("gradproof curve", () => {
  it("prints both curves and a reading within 80 columns, and writes a page", async () => {
    const html = folder.join("curve.html");
    const { exitCode, stdout } = await curve("--html", html, "--lambdas", "0,10");
    expect(exitCode).toBe(0);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colors of the chart
    const lines = stdout.replace(/\x1b\[\d+m/g, "").split("\n");
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(Math.max(80, 6 + html.length));
    expect(lines.filter((line) => /^(10|20|40|80) +[\d.]+ /.test(line)).map((line) => line.split(" ")[0])).toContain(
      "80",
    );
    expect(stdout).toMatch(/^verdict {2}(High|Neither)/m);
    const page = readFileSync(html, "utf8");
    expect(page).toContain("Error against λ");
    expect(page).toContain(`gradproof curve ${file} --target kind --epochs 5 --members 1 --lambdas 0,10 --seeds 2`);
    expect(page).not.toContain("<script");
  });

  it("names no options in its command that it does not take, though the configuration of a run has them", async () => {
    const html = folder.join("configured.html");
    const config = folder.file(
      "config.json",
      JSON.stringify({ patience: 7, threads: 2, engine: "wasm-threads", l2: 0.5 }),
    );
    const { exitCode } = await curve("--config", config, "--html", html, "--lambdas", "none", "--sizes", "40");
    expect(exitCode).toBe(0);
    const [, command = ""] = /gradproof (curve [^<\n]*)/.exec(readFileSync(html, "utf8")) ?? [];
    expect(command).toContain(`--config ${config}`);
    expect((await gradproof(command.split(" "))).exitCode).toBe(0);
  });

  it("prints JSON", async () => {
    const { stdout } = await curve("--json", "--sizes", "40,80", "--lambdas", "none");
    const { bySize, byLambda, reading } = JSON.parse(stdout);
    expect([bySize.length, byLambda, typeof reading.verdict]).toEqual([2, [], "string"]);
  });

  it.each([
    [["--sizes", "8,900"], "sizes[1] must be a whole number of at least 1 and of at most 80, got 900"],
    [["--lambdas", "-1"], "--lambdas must be a finite number of at least 0"],
    [["--goal", "2"], "--goal must be"],
    [["--target", "kin"], ""],
  ])("refuses %j", async (more, message) => {
    const { exitCode, stderr } = await curve(...more);
    expect(exitCode).not.toBe(0);
    expect(stderr).toContain(message);
  });

  it("ends at Ctrl-C", async () => {
    const context = new TestContext();
    const ended = runCli(ofVersion3(["curve", file, "--target", "kind", "--epochs", "100000"]), context);
    while (context.interruptListeners.size === 0) await new Promise((resolve) => setImmediate(resolve));
    context.interrupt();
    expect([await ended, context.stderr]).toEqual([130, "stopped by Ctrl-C; there is no curve yet\n"]);
  });
});
