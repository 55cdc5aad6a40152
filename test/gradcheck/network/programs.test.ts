import { describe, expect, it, vi } from "vitest";
import { multiply } from "../../../src/array/broadcast.js";
import { Matrix } from "../../../src/array/matrix.js";
import type { Dataset } from "../../../src/data/dataset.js";
import { checkNetwork } from "../../../src/gradcheck/network/checkNetwork.js";
import { isDenseChain } from "../../../src/gradcheck/network/denseChain.js";
import type { NetworkCheckOptions } from "../../../src/gradcheck/network/networkOptions.js";
import { plantableBugs } from "../../../src/gradcheck/network/planting/plantableBugs.js";
import { plantBugs } from "../../../src/gradcheck/network/planting/plantBugs.js";
import type { TrainingStep } from "../../../src/gradcheck/network/trainingStep.js";
import { backward } from "../../../src/network/backward.js";
import { dense } from "../../../src/network/dense.js";
import { forward } from "../../../src/network/forward.js";
import { type Network, network } from "../../../src/network/network.js";
import type { LayerSpec } from "../../../src/network/spec.js";
import { RandomState } from "../../../src/random/randomState.js";
import { targetsFor } from "../../problems.js";
import { said } from "../said.js";

vi.mock("../../../src/ops/generated/layers.js", async (original) => {
  const { layers } = await original<typeof import("../../../src/ops/generated/layers.js")>();
  const { residual } = await import("../../ops/skeletons/layer/residual/residual.js");
  return { layers: { ...layers, residual: { ...residual, parse: (_where: string, spec: object) => spec } } };
});

const block = { type: "residual", layers: [dense(4, "hardTanh"), dense(4, "prelu")] } as unknown as LayerSpec;
const layers = [dense(4, "relu"), block, { type: "batchNorm" } as const, dense(2, "softmax")];
const random = new RandomState(7);
const data: Dataset = { X: random.randn(3, 9), Y: targetsFor("categoricalCrossEntropy", 2, 9, random) };
const model = network({ inputs: 3, layers, initializer: "xavier", seed: 4 });
for (const { b } of model.layers) b.data.set(random.randn(b.rows, 1).data);

/** The readable backward pass, with a change. */
function gradients(change: (gradients: Record<string, Matrix>) => object = (all) => all): NetworkCheckOptions {
  const right = (at: Network, step: TrainingStep): object =>
    change({ ...backward(at, forward(at, step.X, step).cache, step.Y, step).gradients });
  return { gradients: right, trainingSteps: 0, l2: 0.7, keep: 0.8 };
}

const verdicts = async (options: NetworkCheckOptions): Promise<string[]> =>
  (await checkNetwork(model, data, options)).blocks.map(({ name, verdict }) => `${name} ${verdict}`);

describe("a program that is no chain of dense layers", () => {
  it("is one", () => {
    expect(isDenseChain(model.program)).toBe(false);
    expect(isDenseChain(network({ inputs: 3, layers: [dense(4, "prelu"), dense(2, "softmax")] }).program)).toBe(true);
  });

  it.each(["directions", "exhaustive"] as const)("is checked in every parameter of every step: %s", async (mode) => {
    const names = ["W1", "b1", "W2", "b2", "W3", "b3", "slope3", "gamma1", "beta1", "W4", "b4"];
    expect(await verdicts({ ...gradients(), mode })).toEqual(names.map((name) => `${name} correct`));
  });

  it.each(["directions", "exhaustive"] as const)("shows what is wrong, without a cause: %s", async (mode) => {
    const twice = gradients((all) => ({ ...all, dgamma1: multiply(all.dgamma1, 2), dW2: Matrix.zeros(4, 4) }));
    const report = await checkNetwork(model, data, { ...twice, mode });
    const wrong = report.blocks.filter(({ verdict }) => verdict === "wrong");
    expect(wrong.map(({ name }) => name)).toEqual(["W2", "gamma1"]);
    expect(said(wrong[0].explanation)).toMatch(/dW2 is zero/);
    expect(said(wrong[1].explanation)).toMatch(/dgamma1 is 2\.000 × the numerical gradient/);
  });

  it("admits no bug to plant, and says why", () => {
    const bugs = plantableBugs(model, data);
    expect(bugs.length).toBeGreaterThan(20);
    for (const { layers: where, needs } of bugs) {
      expect([where, said(needs)]).toEqual([[], "a network of dense layers alone, one after the other"]);
    }
    expect(() => plantBugs(model, data, ["dWTwice"])).toThrow(
      "plantBugs(): bugs are planted in dense layers, one after the other; this network has others too",
    );
  });
});
