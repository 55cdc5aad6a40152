import { existsSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Matrix } from "../../src/array/matrix.js";
import { runCli } from "../../src/cli/app.js";
import { compare, gradientCheckingDisagreements, regularizationReference } from "../../src/cli/reproduce/compare.js";
import type { ExperimentRun } from "../../src/experiments/experimentRun.js";
import { gradientCheckingExperiment } from "../../src/experiments/gradientChecking.js";
import { initializationReference } from "../../src/experiments/reference.js";
import { dense } from "../../src/network/dense.js";
import { network } from "../../src/network/network.js";
import { course } from "../course.js";
import { matFile } from "./mat.js";
import { TestFolder } from "./tables.js";
import { type Captured, gradproof, TestContext } from "./testContext.js";

const folder = new TestFolder();
afterAll(() => folder.remove());

describe("gradproof reproduce --json", () => {
  let captured: Captured;
  beforeAll(async () => {
    captured = await gradproof(["reproduce", "--json", "--out", folder.join("all")]);
  });

  it("prints exactly one document with the numbers of course.json", () => {
    expect(captured.exitCode).toBe(0);
    const document = JSON.parse(captured.stdout);
    expect(Object.keys(document)).toEqual(["initialization", "regularization", "gradientChecking"]);
    expect(Object.keys(document.initialization)).toEqual(["zeros", "random", "he", "xavier"]);
    expect(Object.keys(document.regularization)).toEqual(["none", "l2", "dropout"]);
    for (const [name, run] of Object.entries({ ...course.initialization, ...course.pitch.runs })) {
      const own = document.initialization[name] ?? document.regularization[name];
      expect([own.trainAccuracy, own.testAccuracy]).toEqual([run.trainAccuracy, run.testAccuracy]);
      expect(own.costs.map(([iteration]: [number]) => iteration)).toEqual(run.costs.map(([iteration]) => iteration));
      // The path of the random start is chaotic: see docs/reproducibility.md.
      const tolerance = name === "random" ? 0.02 : 1e-9;
      for (const [i, [, cost]] of run.costs.entries()) {
        if (cost !== "inf") expect(Math.abs(own.costs[i][1] / cost - 1)).toBeLessThan(tolerance);
      }
    }
    expect(document.gradientChecking).toEqual({
      oneDimension: { difference: course.gradCheck1d.difference },
      correct: { difference: expect.closeTo(course.gradCheckN.differenceCorrect, 7), verdict: "correct" },
      planted: {
        difference: expect.closeTo(course.gradCheckN.differencePlanted, 7),
        verdict: "wrong",
        wrongBlocks: ["W2", "b1"],
      },
    });
  });

  it("writes the report where it is asked for", () => {
    const report = readFileSync(folder.join("all", "report.html"), "utf8");
    expect(report).toMatch(/^<!doctype html>/);
    for (const part of ["Initialization", "Regularization", "gradproof reproduce all"]) expect(report).toContain(part);
  });
});

describe("gradproof reproduce", () => {
  it("shows obtained beside reference numbers, a curve, and the report's path last", async () => {
    const out = folder.join("initialization");
    const { exitCode, stdout } = await gradproof(["reproduce", "initialization", "--out", out]);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^He +0\.9933 +0\.9933 +0\.960 +0\.960 +0\.0735790 +0\.0735790$/m);
    expect(stdout).toMatch(/as in NumPy: every accuracy, and every logged cost to \de-1\d relative/);
    expect(stdout).toContain("training cost, every 1,000 iterations");
    expect(stdout.trimEnd().split("\n").at(-1)).toBe(`report  ${out}/report.html`);
    expect(existsSync(`${out}/report.html`)).toBe(true);
  });

  it("checks gradients, and names the blocks of the planted bugs", async () => {
    const { exitCode, stdout } = await gradproof(["reproduce", "gradient-checking", "--out", folder.join("check")]);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^right backward pass .+ correct$/m);
    expect(stdout).toMatch(/^two planted bugs +0\.2851 +0\.2851 +wrong: W2, b1$/m);
  });

  it("stays within a narrow terminal", async () => {
    const captured = await gradproof(["reproduce", "gradient-checking", "--out", folder.join("n")], { columns: 50 });
    const lines = captured.stdout.split("\n").filter((line) => !line.startsWith("report"));
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(50);
  });

  it("runs the regularization experiment on points from a MATLAB file, with no reference to compare with", async () => {
    const X = Array.from({ length: 12 }, (_, i) => [Math.cos(i), Math.sin(i)]);
    const y = X.map(([x]) => [x > 0 ? 1 : 0]);
    const data = folder.file("points.mat", matFile({ X, y, Xval: X.slice(0, 6), yval: y.slice(0, 6) }));
    const out = folder.join("own data");
    const { exitCode, stdout } = await gradproof(["reproduce", "regularization", "--data", data, "--out", out]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain("regularization: 12 + 6 points, 2-20-3-1, ");
    expect(stdout).not.toContain("NumPy");
    expect(readFileSync(`${out}/report.html`, "utf8")).toContain("gradproof reproduce regularization --data");
  });

  it.each([
    ["no variable X", { y: [[1]], Xval: [[1, 2]], yval: [[0]] }, '"X"'],
    [
      "three features",
      { X: [[1, 2, 3]], y: [[1]], Xval: [[1, 2, 3]], yval: [[0]] },
      "X is 1 × 3 and y is 1 × 1; expected points × 2",
    ],
    [
      "a label a point too few",
      {
        X: [
          [1, 2],
          [3, 4],
        ],
        y: [[1]],
        Xval: [[1, 2]],
        yval: [[0]],
      },
      "X is 2 × 2 and y is 1 × 1",
    ],
    ["a label 2", { X: [[1, 2]], y: [[2]], Xval: [[1, 2]], yval: [[0]] }, "y holds 2; expected labels 0 and 1"],
  ])("refuses a MATLAB file with %s", async (_, variables, message) => {
    const data = folder.file("bad.mat", matFile(variables));
    const { exitCode, stdout, stderr } = await gradproof(["reproduce", "regularization", "--data", data]);
    expect(stderr).toContain(`error: ${data}: `);
    expect(stderr).toContain(message);
    expect([exitCode, stdout]).toEqual([1, ""]);
  });

  it("refuses a MATLAB file cut short at any place", async () => {
    const whole = matFile({ X: [[1, 2]], y: [[1]], Xval: [[1, 2]], yval: [[0]] });
    for (let length = 0; length < whole.length; length += 13) {
      const data = folder.file("short.mat", whole.subarray(0, length));
      const { exitCode, stderr } = await gradproof(["reproduce", "regularization", "--data", data]);
      expect(stderr).toMatch(/^error: [^\n]+\n$/);
      expect(exitCode).toBe(1);
    }
  });

  it("stops at Ctrl-C with exit code 130", async () => {
    const context = new TestContext({ columns: 80, tick: 100 });
    const { write } = context.process.stderr;
    Object.assign(context.process.stderr, {
      write: (text: string) => {
        write(text);
        context.interrupt();
      },
    });
    expect(await runCli(["reproduce", "initialization", "--out", folder.join("none")], context)).toBe(130);
    expect(context.stderr).toContain("stopped by Ctrl-C; nothing was saved");
    expect(existsSync(folder.join("none"))).toBe(false);
  });
});

describe("compare()", () => {
  const points = { X: Matrix.zeros(2, 1), Y: Matrix.zeros(1, 1) };
  const reference = initializationReference.he;
  const run: ExperimentRun = {
    name: "he",
    label: "He",
    costs: reference.costs.map((cost, i) => [1000 * i, cost ?? 0]),
    trainAccuracy: reference.trainAccuracy,
    testAccuracy: reference.testAccuracy,
    network: network({ inputs: 2, layers: [dense(1, "sigmoid")] }),
    data: { train: points, test: points },
    seconds: 1,
  };

  it("agrees with the same numbers, and with costs off by rounding", () => {
    expect(compare(run, reference)).toMatchObject({ agrees: true, worstCost: 0 });
    const rounded = run.costs.map(([iteration, cost]) => [iteration, cost * (1 + 5e-10)] as const);
    expect(compare({ ...run, costs: rounded }, reference).agrees).toBe(true);
  });

  it.each<[string, Partial<ExperimentRun>]>([
    ["one example more is right", { testAccuracy: 0.97 }],
    ["a cost is off in the ninth digit", { costs: run.costs.map(([k, cost]) => [k, cost * (1 + 2e-9)]) }],
    ["a cost is missing", { costs: run.costs.slice(0, -1) }],
    ["a cost is NaN", { costs: run.costs.map(([k, cost]) => [k, k === 3000 ? Number.NaN : cost]) }],
  ])("disagrees where %s", (_, changes) => {
    expect(compare({ ...run, ...changes }, reference).agrees).toBe(false);
  });
});

describe("gradientCheckingDisagreements()", () => {
  const result = gradientCheckingExperiment();

  it("finds none in the experiment as it is", () => {
    expect(gradientCheckingDisagreements(result)).toEqual([]);
  });

  it.each([
    ["another number in one dimension", { ...result, oneDimension: { difference: 3e-10 } }],
    ["a false alarm", { ...result, correct: { ...result.correct, verdict: "wrong" as const } }],
    ["a bug that is not named", { ...result, planted: { ...result.planted, wrongBlocks: ["W2"] } }],
    ["another difference", { ...result, planted: { ...result.planted, difference: 0.2852 } }],
  ])("finds %s", (_, changed) => {
    expect(gradientCheckingDisagreements(changed)).toHaveLength(1);
  });
});

describe("regularizationReference()", () => {
  it("knows pitch, and no points of the user's own", () => {
    const own = { X: Matrix.zeros(2, 211), Y: Matrix.zeros(1, 211) };
    expect(regularizationReference(undefined)).toBeDefined();
    expect(regularizationReference({ train: own, test: { X: Matrix.zeros(2, 200), Y: own.Y } })).toBeUndefined();
  });

  const football = new URL("../../../shared/data/football.mat", import.meta.url);
  if (!existsSync(football))
    console.log("skipped: football.mat is not ours to redistribute and is not beside the project");
  it.runIf(existsSync(football))("knows football.mat, where it lies beside the project", async () => {
    const out = folder.join("football");
    const { exitCode, stdout } = await gradproof([
      "reproduce",
      "regularization",
      "--data",
      football.pathname,
      "--out",
      out,
    ]);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^L2, λ = 0\.7 +0\.9384 +0\.9384 +0\.930 +0\.930 +/m);
  });
});
