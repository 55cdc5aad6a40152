import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Dataset } from "../../src/data/dataset.js";
import { xor } from "../../src/data/generators/xor.js";
import { checkNetwork } from "../../src/gradcheck/network/checkNetwork.js";
import { batchNorm } from "../../src/network/batchNorm.js";
import { dense } from "../../src/network/dense.js";
import { forward } from "../../src/network/forward.js";
import { type Network, network } from "../../src/network/network.js";
import { requireBatches } from "../../src/training/requireBatches.js";
import { train } from "../../src/training/train.js";

const model = network({ inputs: 2, layers: [dense(3, "tanh"), batchNorm(), dense(1, "sigmoid")] });
const dataOf = (examples: number): Dataset => {
  const { X, Y } = xor({ examples: 40, seed: 1 });
  const columns = Array.from({ length: examples }, (_, j) => j);
  return { X: X.selectColumns(columns), Y: Y.selectColumns(columns) };
};
const least = "batchNorm1 needs at least 2 examples in each batch of training, got 1";

describe("a batch of training that is too small for a layer", () => {
  it.each([
    [33, 16, `${least}; 33 examples in batches of 16 leave 1 for the last; use a batchSize of 17`],
    [4, 3, `${least}; 4 examples in batches of 3 leave 1 for the last; use a batchSize of 4`],
    [4, 1, `${least}; use a batchSize of 2`],
    [3, 1, `${least}; use a batchSize of 3`],
    [1, 1, `${least}; there are no more examples: give it some`],
  ])("of %i examples in batches of %i is refused before anything is trained", async (examples, batchSize, message) => {
    const before = model.theta.slice();
    await expect(train(model, dataOf(examples), { batchSize })).rejects.toThrow(`train(): ${message}`);
    await expect(checkNetwork(model, dataOf(examples), { batchSize })).rejects.toThrow(`checkNetwork(): ${message}`);
    expect(model.theta).toEqual(before);
  });

  it("is refused by the readable pass too; a prediction takes any number of examples", () => {
    expect(() => forward(model, dataOf(1).X, { training: true })).toThrow(`forward(): ${least}`);
    expect(forward(model, dataOf(1).X).output.shape).toEqual([1, 1]);
  });

  it("never is the one advised", () => {
    const advised = (examples: number, batchSize: number): number | undefined => {
      try {
        requireBatches("train()", model as Network, examples, batchSize);
      } catch (error) {
        return Number(/batchSize of (\d+)$/.exec(String(error))?.[1]);
      }
      return undefined;
    };
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 2000 }), fc.integer({ min: 1, max: 2000 }), (examples, wanted) => {
        const size = advised(examples, Math.min(wanted, examples));
        if (size !== undefined) expect([size <= examples, advised(examples, size)]).toEqual([true, undefined]);
      }),
    );
  });

  it("is no matter to layers that need no statistics", async () => {
    const plain = network({ inputs: 2, layers: [dense(1, "sigmoid")] });
    await expect(train(plain, dataOf(1), { iterations: 1 })).resolves.toBeDefined();
  });
});

describe("dropout masks", () => {
  it("are refused in a prediction", () => {
    expect(() => forward(model, dataOf(3).X, { masks: [undefined] })).toThrow(
      "forward(): dropout masks are of training: give { training: true, masks }",
    );
  });
});
