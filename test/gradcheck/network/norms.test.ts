import { describe, expect, it } from "vitest";
import { multiply } from "../../../src/array/broadcast.js";
import type { Dataset } from "../../../src/data/dataset.js";
import { withBug } from "../../../src/gradcheck/network/bugs/stepBugs.js";
import { checkNetwork } from "../../../src/gradcheck/network/checkNetwork.js";
import type { NetworkCheckOptions } from "../../../src/gradcheck/network/networkOptions.js";
import { activation } from "../../../src/network/activationLayer.js";
import { backward } from "../../../src/network/backward.js";
import { batchNorm } from "../../../src/network/batchNorm.js";
import { dense } from "../../../src/network/dense.js";
import { forward } from "../../../src/network/forward.js";
import { layerNorm } from "../../../src/network/layerNorm.js";
import { type Network, network } from "../../../src/network/network.js";
import { scaling } from "../../../src/network/scaling.js";
import type { LayerSpec, NetworkSpec } from "../../../src/network/spec.js";
import { layerBugs } from "../../../src/ops/generated/layerBugs.js";
import type { StepBugs } from "../../../src/ops/layer/stepBugs.js";

import { RandomState } from "../../../src/random/randomState.js";
import { targetsFor } from "../../problems.js";
import { said } from "../said.js";

const norms: Readonly<Record<string, LayerSpec>> = {
  batchNorm: batchNorm(),
  layerNorm: layerNorm(),
  scaling: scaling(),
};

/** Where a norm may stand; `dense(…)` before it has a bias that batch norm takes away. */
const places: Readonly<Record<string, (norm: LayerSpec) => Pick<NetworkSpec, "layers" | "loss">>> = {
  first: (norm) => ({ layers: [norm, dense(4, "relu"), dense(1, "sigmoid")] }),
  "between sums and activation": (norm) => ({
    layers: [dense(4, "linear"), norm, activation("relu"), dense(1, "sigmoid")],
  }),
  "after an activation, twice": (norm) => ({
    layers: [dense(4, "tanh"), norm, dense(3, "relu"), norm, dense(1, "sigmoid")],
  }),
  // A constant before a norm is taken away as well, and where a unit is dead its variance is 0.
  "after another": (norm) => ({ layers: [norm, dense(4, "relu"), norm, norm, dense(1, "sigmoid")] }),
  last: (norm) => ({ layers: [dense(4, "relu"), dense(2, "linear"), norm], loss: "meanSquaredError" }),
};

function problemOf(norm: LayerSpec, place: string, seed: number, m: number, dtype: "float64" | "float32") {
  const random = new RandomState(seed);
  const model = network({ inputs: 3, seed, dtype, ...places[place](norm) });
  const outputs = model.program.outputs;
  const data: Dataset = { X: random.randn(3, m), Y: targetsFor(model.loss.name, outputs, m, random) };
  return { model, data };
}

describe("the gradient of a network with norms", () => {
  const cases = Object.keys(norms).flatMap((name) =>
    Object.keys(places).flatMap((place) =>
      (["float64", "float32"] as const).map((dtype) => [name, place, dtype] as const),
    ),
  );
  it.each(cases)("is correct in every place: %s %s, %s", async (name, place, dtype) => {
    for (const [seed, m] of [
      [1, 20],
      [2, 3],
    ] as const) {
      const { model, data } = problemOf(norms[name], place, seed, m, dtype);
      const state = model.state.slice();
      const theta = model.theta.slice();
      const { blocks } = await checkNetwork(model, data, {
        l2: 0.3,
        keep: 0.8,
        mode: seed === 1 ? "directions" : "exhaustive",
      });
      expect(
        blocks.filter(({ verdict }) => verdict !== "correct").map((block) => [seed, block.name, block.verdict]),
      ).toEqual([]);
      expect(model.state).toEqual(state);
      expect(model.theta).toEqual(theta);
    }
  });
});

describe("a wrong backward pass through a norm", () => {
  const deep = (norm: LayerSpec): Network => {
    const hidden = (units: number) => [dense(units, "linear"), norm, activation("tanh")];
    return network({ inputs: 3, layers: [...hidden(5), ...hidden(4), dense(1, "sigmoid")], seed: 2 }) as Network;
  };
  const random = new RandomState(4);
  const data: Dataset = { X: random.randn(3, 12), Y: targetsFor("binaryCrossEntropy", 1, 12, random) };
  /** The readable backward pass of the network that `change` makes of the one at hand. */
  const written = (change: (model: Network) => Network): NetworkCheckOptions => ({
    l2: 0.4,
    trainingSteps: 0,
    gradients: (at, step) => {
      const model = change(at);
      return backward(model, forward(model, step.X, step).cache, step.Y, step).gradients;
    },
  });

  const known = Object.entries<StepBugs>(layerBugs).filter(([op]) => op in norms);
  const bugs = known.flatMap(([op, facet]) =>
    facet.bugs.flatMap((bug) =>
      [["1"], ["2"], ["1", "2"]].map((where) => [bug.id, where.map((n) => op + n), bug] as const),
    ),
  );
  it.each(bugs)("is named: %s in %j", async (id, steps, bug) => {
    const model = deep(norms[id.split(".")[0]]);
    const report = await checkNetwork(
      model,
      data,
      written((at) =>
        withBug(
          at,
          steps.map((name) => ({ name })),
          bug,
        ),
      ),
    );
    const wrong = report.blocks.filter(({ verdict }) => verdict === "wrong");
    expect(wrong.length).toBeGreaterThan(0);
    for (const { explanation } of wrong) expect(explanation).toMatchObject({ id, names: { steps } });
    expect(said(wrong[0].explanation)).toContain(`backward through ${steps.join(", ")} takes`);
  });

  it("is not named where it is another", async () => {
    const model = deep(batchNorm());
    const twice: NetworkCheckOptions = {
      trainingSteps: 0,
      gradients: (at, step) => {
        const { gradients } = backward(at, forward(at, step.X, step).cache, step.Y, step);
        return { ...gradients, dgamma1: multiply(gradients.dgamma1, 2) };
      },
    };
    const { blocks } = await checkNetwork(model, data, twice);
    const wrong = blocks.filter(({ verdict }) => verdict === "wrong");
    expect(wrong.map(({ name }) => name)).toEqual(["gamma1"]);
    expect(said(wrong[0].explanation)).toMatch(/dgamma1 is 2\.000 × the numerical gradient/);
  });

  it("is found where running averages stand for the statistics of the batch", async () => {
    const model = deep(batchNorm());
    const { blocks } = await checkNetwork(model, data, {
      trainingSteps: 0,
      gradients: (at, step) => backward(at, forward(at, step.X).cache, step.Y, step).gradients,
    });
    expect(blocks.some(({ verdict }) => verdict === "wrong")).toBe(true);
  });
});
