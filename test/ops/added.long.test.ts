import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasPython, numbersOf, runPrograms } from "../export/runPrograms.js";
import { addedFiles } from "./added/operations.js";

// An activation and a layer with parameters of its own are added to a copy of the project, as docs/architecture.md says, and
// nothing else in it is touched.

const root = fileURLToPath(new URL("../../", import.meta.url));
const copy = mkdtempSync(join(tmpdir(), "gradproof-added-"));
afterAll(() => rmSync(copy, { recursive: true, force: true }));

function run(command: string, ...args: string[]): string {
  return execFileSync(command, args, { cwd: copy, encoding: "utf8", maxBuffer: 2 ** 26 });
}

const gradproof = (...args: string[]): string => run("node", "--import", "jiti/register", "src/cli/main.ts", ...args);

/** What test/ops/added/trial.ts has found. */
interface Trial {
  readonly parameters: readonly string[];
  readonly distances: readonly number[];
  readonly verdict: string;
  readonly costs: readonly number[];
  readonly same: boolean;
  readonly findings: readonly string[];
}

let trial: Trial;

beforeAll(() => {
  for (const path of ["src", "kernels", "lab", "test/ops/added", "package.json", "tsconfig.json"]) {
    cpSync(root + path, join(copy, path), { recursive: true, filter: (from) => !/[\\/]generated$/.test(from) });
  }
  symlinkSync(`${root}node_modules`, join(copy, "node_modules"));
  for (const [path, text] of Object.entries(addedFiles)) {
    mkdirSync(join(copy, dirname(path)), { recursive: true });
    writeFileSync(join(copy, path), text);
  }
  run("node", "kernels/build.js");
  trial = JSON.parse(run("node", "--import", "jiti/register", "test/ops/added/trial.ts", "--folder", copy));
});

describe("an activation and a layer that are added as folders", () => {
  it("fit the types of library, command line and lab", () => {
    writeFileSync(join(copy, "tsconfig.added.json"), '{ "extends": "./tsconfig.json", "include": ["src"] }');
    run("node", "node_modules/typescript/bin/tsc", "--noEmit", "-p", "tsconfig.added.json");
    run("node", "node_modules/typescript/bin/tsc", "-p", "lab");
  });

  it("have windows of θ by their roles", () => {
    expect(trial.parameters).toEqual(["W1", "b1", "gain1", "shift1", "W2", "b2", "W3", "b3"]);
  });

  it("have the readable gradient in the kernels, in both precisions", () => {
    const [kernels, single, readable] = trial.distances;
    // Sums of 70 terms in another order: 70 u of each precision.
    expect(kernels).toBeLessThan(1e-14);
    expect(single).toBeLessThan(1e-5);
    expect(readable).toBe(0);
  });

  it("are found correct by the gradient check", () => {
    expect(trial.verdict).toBe("correct");
  });

  it("train, come back from a file to the same predictions, and pass the doctor", () => {
    expect(trial.costs.at(-1)).toBeLessThan(trial.costs[0]);
    expect(trial.same).toBe(true);
    expect(trial.findings).toEqual([]);
  });

  it.runIf(hasPython("python3", "numpy"))("are written in NumPy, which comes to the run's costs", () => {
    const [output] = runPrograms("python3", [readFileSync(join(copy, "program.py"), "utf8")]);
    const costs = output.split("\n").filter((line) => line.startsWith("iteration"));
    expect(costs).toHaveLength(trial.costs.length);
    for (const [k, line] of costs.entries()) expect(numbersOf(line).cost).toBeCloseTo(trial.costs[k], 9);
  });

  it("are read, shown and used by the command line", () => {
    expect(gradproof("inspect", "model.safetensors")).toContain("bent identity");
    const rows = Array.from({ length: 60 }, (_, k) => `${k % 7},${k % 5},${(k % 7) + (k % 5) > 5 ? "yes" : "no"}`);
    writeFileSync(join(copy, "table.csv"), ["a,b,label", ...rows].join("\n"));
    const trained = gradproof(
      "train",
      "table.csv",
      "--target",
      "label",
      "--activation",
      "bentIdentity",
      "--epochs",
      "5",
      "--out",
      "run",
    );
    expect(trained).toContain("bentIdentity");
    expect(gradproof("train", "--help")).toContain("bentIdentity");
    expect(gradproof("predict", "run/model.safetensors", "table.csv").split("\n").length).toBeGreaterThan(60);
  });
});
