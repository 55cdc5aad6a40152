import { describe, expect, it } from "vitest";
import { Matrix } from "../../src/array/matrix.js";
import type { Dataset } from "../../src/data/dataset.js";
import { circles } from "../../src/data/generators/circles.js";
import { farApart } from "../../src/doctor/farApart.js";
import { findingInWords } from "../../src/doctor/findingInWords.js";
import { overfitTest } from "../../src/doctor/overfitTest.js";
import { dense } from "../../src/network/dense.js";
import { network } from "../../src/network/network.js";

const small = network({ inputs: 2, layers: [dense(1, "relu"), dense(1, "sigmoid")] });
const data = circles({ examples: 100, noise: 0.05, seed: 1 });

describe("overfitTest()", () => {
  it("finds a network that is too small to learn 16 examples by heart", async () => {
    const [finding, ...others] = await overfitTest({ network: small, data });
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ symptom: "cannotFit", threshold: 0.15 });
    // Of 16 examples at least 3 are wrong, and half of them are right by guessing.
    expect(finding.measured).toBeGreaterThanOrEqual(3 / 16);
    expect(finding.measured).toBeLessThanOrEqual(0.5);
    expect(findingInWords(finding).why).toMatch(
      /^1,000 steps of Adam on 16 examples alone, .* leave \d\d % of the answers wrong$/,
    );
  });

  it("says of a regression how much of the variance is left", async () => {
    const x = Array.from({ length: 32 }, (_, j) => j / 8 - 2);
    const target = { X: Matrix.row(x), Y: Matrix.row(x.map((value) => Math.sin(8 * value))) };
    const layers = (units: number) => [dense(units, "tanh"), dense(1, "linear")];
    const [finding] = await overfitTest({ network: network({ inputs: 1, layers: layers(1) }), data: target });
    expect(findingInWords(finding).why).toMatch(/leave an error of \d+ % of the variance of their targets$/);
    const line = { X: target.X, Y: Matrix.row(x.map((value) => 3 * value + 1)) };
    expect(await overfitTest({ network: network({ inputs: 1, layers: layers(8) }), data: line })).toEqual([]);
  });

  it("leaves the network as it is, and reads nothing but its specification", async () => {
    const model = network({ inputs: 2, layers: [dense(10, "relu"), dense(1, "sigmoid")] });
    model.theta.fill(Number.NaN);
    expect(await overfitTest({ network: model, data })).toEqual([]);
    expect(model.theta.every(Number.isNaN)).toBe(true);
  });

  it("leaves alone a model without hidden layers, and data without 16 different examples", async () => {
    const linear = network({ inputs: 2, layers: [dense(4, "linear"), dense(1, "sigmoid")] });
    expect(await overfitTest({ network: linear, data })).toEqual([]);
    const logistic = network({ inputs: 2, layers: [dense(1, "sigmoid")] });
    expect(await overfitTest({ network: logistic, data })).toEqual([]);
    // Four different examples, with contradicting labels: no network can learn them.
    const few: Dataset = {
      X: Matrix.from([
        Array.from({ length: 40 }, (_, j) => j % 2),
        Array.from({ length: 40 }, (_, j) => Math.floor(j / 2) % 2),
      ]),
      Y: Matrix.row(Array.from({ length: 40 }, (_, j) => Math.floor(j / 4) % 2)),
    };
    expect(await overfitTest({ network: small, data: few })).toEqual([]);
  });

  it("ends without a finding where it is told to", async () => {
    expect(await overfitTest({ network: small, data }, { signal: AbortSignal.abort() })).toEqual([]);
  });
});

describe("farApart()", () => {
  const row = (x: readonly number[], y: readonly number[]): Dataset => ({ X: Matrix.row(x), Y: Matrix.row(y) });

  it("takes of each class in turn what is farthest from all before it", () => {
    // Class 0 at 0, 1, 10; class 1 at 2, 11. First 0; of class 1 11 (distance 11, not 2); of class 0 10 is at 1 from 11
    // and 1 at 1 from 0: the first of them, 1; of class 1 what is left.
    expect(farApart(row([0, 1, 10, 2, 11], [0, 0, 0, 1, 1]), 4, false)).toEqual([0, 4, 1, 3]);
    // As numbers they are one class: 0, then 11, then 2 (distance 2; 10 is at 1 from 11).
    expect(farApart(row([0, 1, 10, 2, 11], [0, 0, 0, 1, 1]), 3, true)).toEqual([0, 4, 3]);
  });

  it("takes no input twice, whatever its label", () => {
    expect(farApart(row([5, 5, 5, 7], [0, 1, 0, 0]), 4, false)).toEqual([0, 3]);
  });
});
