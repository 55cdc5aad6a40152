import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasPython, numbersOf, runPrograms } from "../export/runPrograms.js";
import { boxes, TestFolder } from "./tables.js";
import { gradproof } from "./testContext.js";

const folder = new TestFolder();
afterAll(() => folder.remove());

const python = hasPython("python3", "numpy");
if (!python) console.log("skipped: running an exported run needs python3 with numpy");

interface Recorded {
  readonly iteration: number;
  readonly cost: number;
  readonly validation: Readonly<Record<string, number>>;
}

describe("gradproof export", () => {
  let table: string;
  let run: string;
  beforeAll(async () => {
    table = folder.file("boxes.csv", boxes(120));
    run = folder.join("run");
    const flags = [
      "--keep",
      "0.9",
      "--class-weight",
      "balanced",
      "--members",
      "1",
      "--hidden",
      "16,8",
      "--dtype",
      "float64",
    ];
    const words = ["train", table, "--target", "kind", "--epochs", "20", ...flags];
    const { exitCode, stderr } = await gradproof([...words, "--out", run]);
    expect([exitCode, stderr]).toEqual([0, ""]);
  });

  it.runIf(python)("writes a NumPy program that comes to the costs in the run's history", async () => {
    const out = folder.join("boxes.py");
    const { exitCode, stdout, stderr } = await gradproof(["export", run, "--to", "numpy", "--out", out]);
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(stdout).toBe(`program  ${out}\nrun it   python3 ${out}\n`);
    const [output] = runPrograms("python3", [readFileSync(out, "utf8")]);
    const history: Recorded[] = readFileSync(`${run}/history.jsonl`, "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    const printed = output
      .split("\n")
      .filter((line) => line.startsWith("iteration"))
      .map(numbersOf);
    expect(printed.map(({ iteration }) => iteration)).toEqual(history.map(({ iteration }) => iteration));
    for (const [k, { cost, validation }] of history.entries()) {
      expect(Math.abs(printed[k].cost - cost)).toBeLessThan(1e-9 * cost);
      expect(Math.abs(printed[k].validation - validation.cost)).toBeLessThan(1e-9 * validation.cost);
    }
  });

  it("prints the program without --out", async () => {
    const typescript = await gradproof(["export", run, "--to", "typescript"]);
    expect(typescript.exitCode).toBe(0);
    expect(typescript.stdout).toContain('from "gradproof";');
    expect(typescript.stdout).toContain("Normalizer.fromJSON");
    const pytorch = await gradproof(["export", run, "--to", "pytorch"]);
    expect(pytorch.stdout).toContain("class Network(nn.Module):");
  });

  it("says what is wrong with a folder, a table, a language", async () => {
    const other = folder.join("other");
    cpSync(run, other, { recursive: true });
    const record = JSON.parse(readFileSync(`${run}/run.json`, "utf8"));
    writeFileSync(`${other}/run.json`, JSON.stringify({ ...record, table: folder.file("fewer.csv", boxes(60)) }));
    const errorOf = async (...words: string[]): Promise<string> => {
      const { exitCode, stdout, stderr } = await gradproof(["export", ...words]);
      expect([exitCode === 0, stdout]).toEqual([false, ""]);
      return stderr;
    };
    expect(await errorOf(other, "--to", "numpy")).toMatch(/fewer\.csv is not what it was when .*other was trained/);
    expect(await errorOf(folder.join("nowhere"), "--to", "numpy")).toContain("is no folder of a run");
    expect(await errorOf(run, "--to", "nunpy")).toContain("(did you mean numpy?)");
  });
});
