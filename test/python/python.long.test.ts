import { spawnSync } from "node:child_process";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { TestFolder } from "../cli/tables.js";
import { answerOf, environment, hasNumpy, root } from "./python.js";

const folder = new TestFolder();
afterAll(() => folder.remove());
cpSync(`${root}examples/python`, folder.path, { recursive: true });

const run = (...words: string[]) => {
  const { status, stdout, stderr } = spawnSync("python3", words, {
    encoding: "utf8",
    cwd: folder.path,
    env: environment,
  });
  return { status, stdout, stderr };
};
const hasPytest = hasNumpy && spawnSync("python3", ["-c", "import pytest"]).status === 0;
if (!hasPytest) console.log("skipped: examples/python under pytest needs python3 with pytest");

describe.runIf(hasNumpy)("examples/python", () => {
  it("finds its LSTM right, as a layer and within a network", () => {
    const { status, stdout, stderr } = run("lstm.py");
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout.match(/ correct$/gm)).toHaveLength(9);
  });

  it("fails where the step before is forgotten, as its README says", () => {
    const text = readFileSync(folder.join("lstm.py"), "utf8");
    const broken = text.replace("dz @ Wh.T, dc * f", "dz @ Wh.T, np.zeros_like(dc)");
    expect(broken).not.toBe(text);
    writeFileSync(folder.join("lstm.py"), broken);
    const { status, stderr } = run(
      "-c",
      "import lstm, gradproof_check as g\n" +
        "g.assert_layer(lstm.lstm_forward, lstm.lstm_backward, lstm.inputs, mode='exhaustive')",
    );
    writeFileSync(folder.join("lstm.py"), text);
    expect(status).toBe(1);
    expect(stderr).toMatch(/AssertionError: the gradient is wrong\n.*^wrong: x, h0, Wx, Wh, b\./ms);
    expect(stderr.replace(/\s+/g, " ")).toContain(
      "dx is wrong at all indices before 3 along axis 1 (if these are time steps",
    );
  });

  it.runIf(hasPytest)("passes under pytest", () => {
    const { status, stdout } = run("-m", "pytest", "-q", "-p", "no:cacheprovider");
    expect(stdout).toMatch(/2 passed/);
    expect(status).toBe(0);
  });
});

describe.runIf(hasNumpy)("check()", () => {
  it("takes a million parameters in no more evaluations than ten", () => {
    const { answer } = answerOf(`
import json
import numpy as np
from gradproof_check import check
def evaluations(n):
    random = np.random.RandomState(0)
    X, parameters = random.randn(n, 8), {"W": random.randn(n, n) / np.sqrt(n), "b": random.randn(n, 1)}
    A = lambda p: np.tanh(p["W"] @ X + p["b"])
    def gradients(p):
        dZ = A(p) * (1 - A(p) ** 2) / X.size
        return {"dW": dZ @ X.T, "db": dZ.sum(axis=1, keepdims=True)}
    report = check(lambda p: np.mean(A(p) ** 2) / 2, gradients, parameters)
    return [report.verdict, report.data["costEvaluations"]]
print(json.dumps([evaluations(3), evaluations(1000)]))`);
    const [[, few], large] = answer as [string, number][];
    expect(large).toEqual(["correct", expect.toSatisfy((many) => many <= few + 8)]);
  });
});
