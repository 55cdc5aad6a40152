import { describe, expect, it } from "vitest";
import { circles } from "../../src/data/generators/circles.js";
import { diagnose } from "../../src/doctor/diagnose.js";
import { overfitTest } from "../../src/doctor/overfitTest.js";
import { activation } from "../../src/network/activationLayer.js";
import { batchNorm } from "../../src/network/batchNorm.js";
import { concatenation } from "../../src/network/concatenation.js";
import { dense } from "../../src/network/dense.js";
import { dropout } from "../../src/network/dropout.js";
import { network } from "../../src/network/network.js";
import { residual } from "../../src/network/residual.js";
import type { LayerSpec } from "../../src/network/spec.js";
import { train } from "../../src/training/train.js";

const data = circles({ examples: 200, noise: 0.05, seed: 1 });
const before = [batchNorm(), activation("relu")] as const;

/** Networks that learn well, of layers that hold, join and drop. */
const healthy: Readonly<Record<string, readonly LayerSpec[]>> = {
  "residual blocks": [
    dense(8, "relu"),
    residual([dense(8, "relu"), dense(8, "linear")]),
    activation("relu"),
    residual([dense(8, "relu"), dense(8, "linear")]),
    activation("relu"),
    dense(1, "sigmoid"),
  ],
  "residual blocks with their norms before": [
    dense(8, "linear"),
    residual([...before, dense(8, "linear"), ...before, dropout(0.9), dense(8, "linear")]),
    residual([...before, dense(8, "linear"), ...before, dropout(0.9), dense(8, "linear")]),
    ...before,
    dense(1, "sigmoid"),
  ],
  "norms between sums and activation": [
    dense(8, "linear"),
    ...before,
    dense(8, "linear"),
    ...before,
    dense(1, "sigmoid"),
  ],
  branches: [
    concatenation([{ rows: [0, 1], layers: [dense(6, "tanh")] }, { layers: [dense(6, "relu")] }, { rows: [1, 2] }]),
    dense(8, "relu"),
    dense(1, "sigmoid"),
  ],
  "dropout layers": [dense(16, "relu"), dropout(0.8), dense(16, "relu"), dropout(0.8), dense(1, "sigmoid")],
};

describe.each(Object.entries(healthy))("a healthy run of %s", (_name, layers) => {
  it.each([1, 2])("has no findings: seed %i", async (seed) => {
    const model = network({ inputs: 2, layers, seed });
    const options = { learningRate: 0.01, epochs: 100, batchSize: 20, seed } as const;
    const run = await train(model, data, options);
    expect(run.history.at(-1)?.cost).toBeLessThan(0.5);
    expect(diagnose({ network: model, data, run })).toEqual([]);
  });

  it("can learn a few examples by heart", async () => {
    expect(await overfitTest({ network: network({ inputs: 2, layers, seed: 1 }), data })).toEqual([]);
  });
});

describe("an ill run of residual blocks", () => {
  it("is found out: units that are dead within a block", async () => {
    const block = residual([dense(8, "relu", { bias: -100 }), dense(8, "linear")]);
    const model = network({ inputs: 2, layers: [dense(8, "tanh"), block, dense(1, "sigmoid")], seed: 1 });
    const run = await train(model, data, { optimizer: "gradientDescent", learningRate: 0.01, iterations: 100 });
    expect(diagnose({ network: model, data, run })).toMatchObject([{ symptom: "deadUnits", layer: 2, measured: 1 }]);
  });
});
