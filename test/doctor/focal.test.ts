import { describe, expect, it } from "vitest";
import { Matrix } from "../../src/array/matrix.js";
import { circles } from "../../src/data/generators/circles.js";
import { sureOverGuess } from "../../src/doctor/chance.js";
import { diagnose } from "../../src/doctor/diagnose.js";
import { dense } from "../../src/network/dense.js";
import { members } from "../../src/network/members.js";
import { network } from "../../src/network/network.js";
import type { LossSpec } from "../../src/ops/names.js";
import { train } from "../../src/training/train.js";

const X = Matrix.row([1, 1, 1]);
const oneHot = Matrix.from([
  [0, 0, 0],
  [1, 0, 1],
  [0, 1, 0],
]);

describe("a sure wrong answer over a guess", () => {
  const binary = (loss: LossSpec) => network({ inputs: 1, layers: [dense(1, "sigmoid")], loss });
  const classes = (loss: LossSpec) => network({ inputs: 1, layers: [dense(3, "softmax")], loss });
  const Y = Matrix.row([1, 0, 1]);

  it("is 1/(1 − p)^γ of focal losses, p the probability of a guess", () => {
    expect(sureOverGuess(binary("binaryFocal"), { X, Y })).toBeCloseTo(4, 12);
    expect(sureOverGuess(binary({ type: "binaryFocal", gamma: 3 }), { X, Y })).toBeCloseTo(8, 12);
    expect(sureOverGuess(classes("categoricalFocal"), { X, Y: oneHot }, [1, 2, 3])).toBeCloseTo(9 / 4, 12);
    const layers = [members(2, [dense(4, "tanh"), dense(3, "softmax")])];
    const shared = network({ inputs: 1, layers, loss: "categoricalFocal" });
    expect(sureOverGuess(shared, { X, Y: oneHot })).toBeCloseTo(9 / 4, 12);
  });

  it("is 1 of all others", () => {
    expect(sureOverGuess(binary("binaryCrossEntropy"), { X, Y })).toBe(1);
    expect(sureOverGuess(classes("categoricalCrossEntropy"), { X, Y: oneHot })).toBe(1);
    expect(sureOverGuess(network({ inputs: 1, layers: [dense(1, "linear")] }), { X, Y })).toBe(1);
  });
});

describe("the doctor on focal losses", () => {
  /** What is said of a start whose answers are all wrong, by logits this far above the right ones. */
  const startOf = async (loss: LossSpec, logit: number) => {
    const model = network({ inputs: 1, layers: [dense(3, "softmax")], loss });
    model.theta.set([logit, 0, 0, 0, 0, 0]);
    const data = { X, Y: oneHot };
    const run = await train(model, data, { iterations: 1, optimizer: "gradientDescent", learningRate: 1e-3 });
    return diagnose({ network: model, data, run }).filter(({ symptom }) => symptom === "badFirstCost");
  };

  it("takes the same starts for bad as with cross-entropy", async () => {
    // 16 is 15 times ln 3, and 33 times the (2/3)² ln 3 that a guess costs with a focal loss; 40 is 36 times ln 3.
    for (const loss of ["categoricalCrossEntropy", "categoricalFocal"] as const) {
      expect([loss, await startOf(loss, 16)]).toEqual([loss, []]);
      expect(await startOf(loss, 40)).toHaveLength(1);
    }
    const [{ measured, threshold }] = await startOf("categoricalFocal", 40);
    expect(threshold).toBeCloseTo((30 * 9) / 4, 10);
    expect(measured).toBeCloseTo(40 / ((4 / 9) * Math.log(3)), 2);
  });

  it("takes swings of a few hard examples for healthy, and leaps over the valley for none", async () => {
    const data = circles({ examples: 300, noise: 0.05, seed: 1 });
    const found = async (learningRate: number) => {
      const layers = [dense(10, "tanh"), dense(5, "tanh"), dense(1, "sigmoid")] as const;
      const model = network({ inputs: 2, layers, loss: "binaryFocal", initializer: "xavier", seed: 1 });
      const options = {
        optimizer: "gradientDescent",
        learningRate,
        iterations: 600,
        recordEvery: 10,
        seed: 1,
      } as const;
      const run = await train(model, data, options);
      return diagnose({ network: model, data, run }).map(({ symptom }) => symptom);
    };
    expect(await found(2)).toEqual([]);
    expect(await found(16)).toContain("oscillation");
  });
});
