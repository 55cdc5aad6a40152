import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { configurationVersion } from "../../src/pipeline/defaults.js";
import { boxes, TestFolder } from "./tables.js";
import { type Captured, gradproof } from "./testContext.js";

const folder = new TestFolder();
afterAll(() => folder.remove());
let file: string;
beforeAll(() => {
  file = folder.file("boxes.csv", boxes(100));
});
const tune = (columns: number, ...more: string[]): Promise<Captured> =>
  gradproof(["tune-rate", file, "--target", "kind", ...more], { columns });

describe("gradproof tune-rate", () => {
  it.each([80, 40, 20])("prints a curve and a suggestion that train takes within %i columns", async (columns) => {
    const { exitCode, stdout } = await tune(columns);
    expect(exitCode).toBe(0);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colors of the chart
    const lines = stdout.replace(/\x1b\[\d+m/g, "").split("\n");
    if (columns >= 40) expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(columns);
    expect(lines.some((line) => line.includes("cost by learning rate"))).toBe(columns > 30);
    const [, rate = ""] = /--learning-rate ([\d.e-]+)/.exec(lines.join(" ").replace(/ +/g, " ")) ?? [];
    expect(Number(rate)).toBeGreaterThan(1e-4);
    const trained = ["train", file, "--target", "kind", "--epochs", "2", "--learning-rate", rate];
    expect((await gradproof([...trained, "--out", folder.join(`run-${columns}`)])).exitCode).toBe(0);
  });

  it("writes a page where it is asked to, whose command does the same again", async () => {
    const html = folder.join("rate.html");
    const { stdout } = await tune(80, "--html", html, "--optimizer", "momentum", "--steps", "60", "--to", "100");
    const page = readFileSync(html, "utf8");
    expect(page).toContain("Cost by learning rate");
    expect(page).not.toContain("<script");
    const [, command = ""] = /gradproof (tune-rate [^<\n]*)/.exec(page) ?? [];
    const again = await gradproof(command.split(" "), { columns: 80 });
    expect(again.stdout).toBe(stdout.replace(/^page .*\n/m, ""));
    expect((await tune(80, "--html", html)).stderr).toContain("--overwrite");
  });

  it("takes the network of a run's configuration, and leaves its rate, schedule and length be", async () => {
    const training = { learningRate: 5, schedule: "cosine", epochs: 3, changes: [{ iteration: 1, l2: 1 }] };
    const config = folder.file("config.json", JSON.stringify({ version: configurationVersion, network: {}, training }));
    const json = async (...more: string[]) => JSON.parse((await tune(80, "--json", ...more)).stdout);
    const configured = await json("--config", config);
    expect(configured).toEqual(await json());
    const { points, lowest, suggestion } = configured;
    expect(points[0].learningRate).toBe(1e-7);
    expect(suggestion).toBe(Number((lowest.learningRate / 10).toPrecision(2)));
  });

  it("says so where there is nothing to suggest", async () => {
    const { exitCode, stdout } = await tune(80, "--from", "1e-12", "--to", "1e-11");
    expect(exitCode).toBe(0);
    expect(stdout.replace(/\s+/g, " ")).toContain("suggested nothing: the cost has not fallen");
  });

  it.each([
    [["--from", "2", "--to", "1"], "findLearningRate(): to must be a finite number above 2, got 1"],
    [["--steps", "3"], "--steps must be a whole number of at least 10"],
    [["--learning-rate", "1"], "No flag registered for --learning-rate"],
    [["--members", "3"], "No flag registered for --members"],
    [["--target", "kin"], ""],
  ])("refuses %j", async (more, message) => {
    const { exitCode, stderr } = await tune(80, ...more);
    expect(exitCode).not.toBe(0);
    expect(stderr).toContain(message);
  });
});
