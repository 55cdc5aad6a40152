import { expect, it } from "vitest";
import { FrozenPass } from "../../../src/gradcheck/network/frozenPass.js";
import { MovedEntry } from "../../../src/gradcheck/network/movedEntry.js";
import { parseNetworkCheck } from "../../../src/gradcheck/network/networkOptions.js";
import { firstStep } from "../../../src/gradcheck/network/trainingStep.js";
import { cost } from "../../../src/network/cost.js";
import { dense } from "../../../src/network/dense.js";
import { forward } from "../../../src/network/forward.js";
import { network, networkWith } from "../../../src/network/network.js";
import { RandomState } from "../../../src/random/randomState.js";
import { targetsFor } from "../../problems.js";

it("moves an entry at least 5 times as fast as a forward pass takes", () => {
  const random = new RandomState(11);
  const layers = [dense(40, "relu"), dense(40, "relu"), dense(40, "relu"), dense(10, "softmax")];
  const model = network({ inputs: 40, layers, initializer: "xavier", seed: 5 });
  for (const { b } of model.layers) b.data.set(random.randn(b.rows, 1).data);
  const data = { X: random.randn(40, 32), Y: targetsFor("categoricalCrossEntropy", 10, 32, random) };
  const { recipe, strengths } = parseNetworkCheck("", model, data, {});
  const step = firstStep(model, recipe, strengths);
  const theta = Float64Array.from(model.theta);
  const moved = theta.slice();
  const entry = new MovedEntry(new FrozenPass(networkWith(model.spec, theta.slice()), step, theta));
  const naive = (k: number): void => {
    moved[k] += 1e-7;
    const at = networkWith(model.spec, moved);
    cost(at, forward(at, step.X, step), step.Y, step);
    moved[k] = theta[k];
  };
  const fast = (k: number): void => void entry.cost(k, 1e-7);
  // Entries of all layers alike, in turns; the fastest round of each, since other work can only slow one down.
  const entries = Array.from({ length: 60 }, (_, i) => Math.floor((i * theta.length) / 60));
  const time = (call: (k: number) => void): number => {
    const start = performance.now();
    for (const k of entries) call(k);
    return performance.now() - start;
  };
  const best = { naive: Number.POSITIVE_INFINITY, fast: Number.POSITIVE_INFINITY };
  for (let round = 0; round < 15; round++) {
    best.naive = Math.min(best.naive, time(naive));
    best.fast = Math.min(best.fast, time(fast));
  }
  expect(best.naive / best.fast).toBeGreaterThan(5);
});
