import { describe, expect, it } from "vitest";
import { moons } from "../../src/data/generators/moons.js";
import { diagnose } from "../../src/doctor/diagnose.js";
import { overfitTest } from "../../src/doctor/overfitTest.js";
import { activation } from "../../src/network/activationLayer.js";
import { batchNorm } from "../../src/network/batchNorm.js";
import { dense } from "../../src/network/dense.js";
import { layerNorm } from "../../src/network/layerNorm.js";
import { type Network, network } from "../../src/network/network.js";
import { scaling } from "../../src/network/scaling.js";
import type { LayerSpec } from "../../src/network/spec.js";
import type { InitializerName } from "../../src/ops/names.js";
import { train } from "../../src/training/train.js";

const norms: Readonly<Record<string, LayerSpec>> = {
  batchNorm: batchNorm(),
  layerNorm: layerNorm(),
  scaling: scaling(),
};

function modelOf(norm: LayerSpec, g: "relu" | "tanh", seed: number, initializer: InitializerName): Network {
  const hidden = [16, 8].flatMap((units) => [dense(units, "linear"), norm, activation(g)]);
  return network({ inputs: 2, layers: [...hidden, dense(1, "sigmoid")], initializer, seed }) as Network;
}

describe("the doctor on networks with norms between sums and activations", () => {
  const cases = Object.keys(norms).flatMap((name) => (["relu", "tanh"] as const).map((g) => [name, g] as const));

  it.each(cases)("finds nothing in healthy runs: %s, %s", async (name, g) => {
    for (const seed of [1, 2, 3]) {
      const data = moons({ examples: 200, noise: 0.1, seed });
      const model = modelOf(norms[name], g, seed, g === "relu" ? "he" : "xavier");
      const run = await train(model, data, { learningRate: 0.01, batchSize: 40, epochs: 40 });
      expect(diagnose({ network: model, data, run }).map(({ symptom }) => [seed, symptom])).toEqual([]);
      if (seed === 1) expect(await overfitTest({ network: model, data })).toEqual([]);
    }
  });

  it.each(cases)("finds units that are all alike: %s, %s", async (name, g) => {
    const data = moons({ examples: 200, noise: 0.1, seed: 1 });
    const model = modelOf(norms[name], g, 1, "zeros");
    const run = await train(model, data, { learningRate: 0.01, batchSize: 40, epochs: 5 });
    expect(diagnose({ network: model, data, run }).map(({ symptom }) => symptom)).toContain("symmetry");
  });
});
