import { describe, expect, it } from "vitest";
import { Matrix } from "../../src/array/matrix.js";
import { leastCost, zeroCost } from "../../src/doctor/chance.js";
import { diagnose } from "../../src/doctor/diagnose.js";
import { dense } from "../../src/network/dense.js";
import { members } from "../../src/network/members.js";
import { network } from "../../src/network/network.js";
import { RandomState } from "../../src/random/randomState.js";
import { train } from "../../src/training/train.js";

describe("members that share weights", () => {
  const random = new RandomState(1);
  const X = random.randn(2, 60); // (features × examples)
  const Y = Matrix.zeros(3, 60); // (outputs × examples)
  for (let j = 0; j < 60; j++) Y.data[(X.data[j] > 0.4 ? 2 : X.data[60 + j] > 0 ? 1 : 0) * 60 + j] = 1;
  const data = { X, Y };

  it("cost what one costs whose logits are 0: ln 3 by the logits, and of squares as much too", () => {
    const layers = [members(4, [dense(8, "tanh"), dense(3, "softmax")])];
    const classes = network({ inputs: 2, layers, seed: 1 });
    expect(zeroCost(classes, data)).toBeCloseTo(Math.log(3), 14);
    expect(leastCost(classes, data)).toBe(0);
    const squares = network({ inputs: 2, layers: [members(4, [dense(8, "tanh"), dense(3, "linear")])], seed: 1 });
    const one = network({ inputs: 2, layers: [dense(3, "linear")], seed: 1 });
    expect(zeroCost(squares, data)).toBeCloseTo(zeroCost(one, data), 14);
  });

  it("are examined as any network is", async () => {
    const model = network({
      inputs: 2,
      layers: [members(4, [dense(8, "tanh"), dense(3, "softmax")])],
      initializer: "xavier",
      seed: 1,
    });
    const run = await train(model, data, { iterations: 100, learningRate: 0.1 });
    const found = diagnose({ network: model, data, run });
    expect(found).toEqual([]);
  });
});
