import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasPython, numbersOf, runPrograms } from "../export/runPrograms.js";
import { addedFiles } from "./added/operations.js";

// An activation, a layer with parameters of its own, a loss and an optimizer are added to a copy of the project, as docs/architecture.md says, and
// nothing else in it is touched.

const root = fileURLToPath(new URL("../../", import.meta.url));
const copy = mkdtempSync(join(tmpdir(), "gradproof-added-"));
afterAll(() => rmSync(copy, { recursive: true, force: true }));

/** What a program prints; where it fails, all that it says is in the error. */
function run(command: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: copy, encoding: "utf8", maxBuffer: 2 ** 26 });
  if (status !== 0) throw new Error(`${[command, ...args].join(" ")}\n${stdout}${stderr}`);
  return stdout;
}

const gradproof = (...args: string[]): string => run("node", "--import", "jiti/register", "src/cli/main.ts", ...args);

/** What test/ops/added/trial.ts has found of a network. */
interface Trial {
  readonly parameters: readonly string[];
  readonly distances: readonly number[];
  readonly apart: number;
  readonly verdict: string;
  readonly costs: readonly number[];
  readonly same: boolean;
  readonly findings: readonly string[];
}

let trials: readonly Trial[];
let defaultLoss: string;

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
  const found = run("node", "--import", "jiti/register", "test/ops/added/trial.ts", "--folder", copy);
  ({ trials, defaultLoss } = JSON.parse(found));
});

describe("operations that are added as folders", () => {
  it("fit the types of library, command line and lab", () => {
    writeFileSync(
      join(copy, "tsconfig.added.json"),
      JSON.stringify({
        extends: "./tsconfig.json",
        include: ["src"],
        // Packages, and what is kept beside them, are the project's own.
        compilerOptions: { tsBuildInfoFile: "added.tsbuildinfo" },
      }),
    );
    run("node", "node_modules/typescript/bin/tsc", "--noEmit", "-p", "tsconfig.added.json");
    run("node", "node_modules/typescript/bin/tsc", "-p", "lab");
  });

  it("have windows of θ by their roles", () => {
    expect(trials[0].parameters).toEqual(["W1", "b1", "gain1", "shift1", "W2", "b2", "W3", "b3"]);
  });

  it("have the readable gradient in the kernels, in both precisions", () => {
    for (const { distances } of trials) {
      const [kernels, single, readable] = distances;
      // Sums of 70 terms in another order: 70 u of each precision.
      expect(kernels).toBeLessThan(1e-14);
      expect(single).toBeLessThan(1e-5);
      expect(readable).toBe(0);
    }
  });

  it("take the same path on the kernels as in readable form", () => {
    // 300 steps, each within the 1e-14 above; measured: 3e-15.
    for (const { apart } of trials) expect(apart).toBeLessThan(3e-12);
  });

  it("leave the loss that is taken by default", () => {
    expect(defaultLoss).toBe("meanSquaredError");
  });

  it("are found correct by the gradient check", () => {
    for (const { verdict } of trials) expect(verdict).toBe("correct");
  });

  it("train, come back from a file to the same predictions, and pass the doctor", () => {
    for (const { costs, same, findings } of trials) {
      expect(costs.at(-1)).toBeLessThan(costs[0]);
      expect(same).toBe(true);
      expect(findings).toEqual([]);
    }
  });

  it.runIf(hasPython("python3", "numpy"))("are written in NumPy, which comes to the run's costs", () => {
    const programs = trials.map((_, index) => readFileSync(join(copy, `program${index}.py`), "utf8"));
    for (const [index, output] of runPrograms("python3", programs).entries()) {
      const lines = output.split("\n").filter((line) => line.startsWith("iteration"));
      const { costs } = trials[index];
      expect(lines).toHaveLength(costs.length);
      for (const [k, line] of lines.entries()) expect(numbersOf(line).cost).toBeCloseTo(costs[k], 9);
    }
  });

  it("are read, shown and used by the command line", () => {
    expect(gradproof("inspect", "model0.safetensors")).toContain("bent identity");
    expect(gradproof("inspect", "model1.safetensors")).toContain("mean cubed error");
    const rows = Array.from({ length: 60 }, (_, k) => `${k % 7},${k % 5},${(k % 7) + (k % 5) > 5 ? "yes" : "no"}`);
    writeFileSync(join(copy, "table.csv"), ["a,b,label", ...rows].join("\n"));
    const trained = gradproof(
      "train",
      "table.csv",
      "--target",
      "label",
      "--activation",
      "bentIdentity",
      "--optimizer",
      "heavyBall",
      "--epochs",
      "5",
      "--out",
      "run",
    );
    const help = gradproof("train", "--help");
    for (const name of ["bentIdentity", "heavyBall"]) {
      expect(trained).toContain(name);
      expect(help).toContain(name);
    }
    expect(gradproof("predict", "run/model.safetensors", "table.csv").split("\n").length).toBeGreaterThan(60);
  });
});
