import { describe, expect, it } from "vitest";
import { checkNetwork } from "../../../src/gradcheck/network/checkNetwork.js";
import type { NetworkCheckOptions } from "../../../src/gradcheck/network/networkOptions.js";
import { dense } from "../../../src/network/dense.js";
import { type Network, network } from "../../../src/network/network.js";
import { type ActivationSpec, hiddenActivations, type InitializerSpec, type LossSpec } from "../../../src/ops/names.js";
import { RandomState } from "../../../src/random/randomState.js";
import { heads as lossHeads, targetsFor } from "../../problems.js";

const hidden: readonly ActivationSpec[] = [...hiddenActivations, { type: "leakyRelu", slope: 0.2 }];
const heads: readonly (readonly [ActivationSpec, LossSpec])[] = [
  ...lossHeads,
  ...hiddenActivations.map((name) => [name, "meanSquaredError"] as const),
];
// Small and large ones too: nearly linear networks, and saturated ones whose gradients are little but rounding.
const starts: readonly InitializerSpec[] = [
  "he",
  "xavier",
  "glorot",
  { type: "normal", scale: 2 },
  { type: "normal", scale: 0.01 },
];

/** A network of 1 to 4 layers of 1 to 8 units on 1 to 30 examples, with or without each of the regularizers. */
function randomCase(seed: number): {
  model: Network;
  data: Parameters<typeof checkNetwork>[1];
  options: NetworkCheckOptions;
} {
  const random = new RandomState(seed);
  const draw = (): number => random.rand(1, 1).get(0, 0);
  const int = (least: number, most: number): number => least + Math.floor((most - least + 1) * draw());
  const pick = <Value>(values: readonly Value[]): Value => values[int(0, values.length - 1)];
  const depth = int(1, 4);
  const [output, loss] = pick(heads);
  const outputs = output === "softmax" ? int(2, 4) : int(1, 3);
  const layers = Array.from({ length: depth }, (_, l) =>
    l === depth - 1 ? dense(outputs, output) : dense(int(1, 8), pick(hidden)),
  );
  const model = network({ inputs: int(1, 6), layers, loss, seed, initializer: pick(starts) });
  if (draw() < 0.5) for (const { b } of model.layers) b.data.set(random.randn(b.rows, 1).data);
  const m = pick([1, 2, 3, 5, 10, 30]);
  const data = { X: random.randn(model.spec.inputs, m), Y: targetsFor(loss, outputs, m, random) };
  // A feature that is always 0, and with biases of 0 a kink for all that read it alone.
  if (draw() < 0.2) data.X.data.fill(0, 0, m);
  const options = {
    l2: pick([0, 0, 0.7, 0.1]),
    keep: pick([1, 1, 0.5, 0.86]),
    inputKeep: pick([1, 1, 1, 0.8]),
    batchSize: pick([3, 100]),
    ...(draw() < 0.3 && { sampleWeights: Array.from({ length: m }, () => 0.5 + draw()) }),
  };
  return { model, data, options };
}

describe("random networks", () => {
  it.each([
    ["", {}, 250],
    [", every entry", { mode: "exhaustive", trainingSteps: 0 } as const, 150],
  ])("are correct%s", async (_name, more, count) => {
    for (let seed = 0; seed < count; seed++) {
      const { model, data, options } = randomCase(seed);
      const report = await checkNetwork(model, data, { ...options, ...more });
      expect([seed, report.verdict, String(report)]).toEqual([seed, "correct", String(report)]);
    }
  });

  it("are correct in float32", async () => {
    for (let seed = 1000; seed < 1150; seed++) {
      const { model, data, options } = randomCase(seed);
      const single = network({ ...model.spec, dtype: "float32" });
      single.theta.set(model.theta);
      const report = await checkNetwork(single, data, options);
      expect([seed, report.verdict, String(report)]).toEqual([seed, "correct", String(report)]);
    }
  });
});
