import { describe, expect, it } from "vitest";
import type { Matrix } from "../../../src/array/matrix.js";
import { checkNetwork } from "../../../src/gradcheck/network/checkNetwork.js";
import type { NetworkCheckOptions } from "../../../src/gradcheck/network/networkOptions.js";
import { dense } from "../../../src/network/dense.js";
import { type Network, network } from "../../../src/network/network.js";
import type { ActivationSpec, LossName } from "../../../src/ops/names.js";
import { RandomState } from "../../../src/random/randomState.js";
import { targetsFor } from "../../problems.js";
import { said } from "../said.js";
import { backprop, type Planted } from "./student.js";

interface Setting {
  readonly hidden?: ActivationSpec;
  readonly output?: ActivationSpec;
  readonly loss?: LossName;
  readonly outputs?: number;
  readonly options?: NetworkCheckOptions;
}

/** 3-4-4-outputs, with biases away from 0, on 7 examples. */
function subject({ hidden = "tanh", output = "sigmoid", loss, outputs = 1 }: Setting): {
  model: Network;
  data: { X: Matrix; Y: Matrix };
} {
  const random = new RandomState(2);
  const model = network({
    inputs: 3,
    layers: [dense(4, hidden), dense(4, hidden), dense(outputs, output)],
    initializer: "xavier",
    seed: 4,
    ...(loss && { loss }),
  });
  for (const { b } of model.layers) b.data.set(random.randn(b.rows, 1).data);
  return { model, data: { X: random.randn(3, 7), Y: targetsFor(model.spec.loss, outputs, 7, random) } };
}

/** Explanations by block of the student's backward pass with a bug. */
async function explained(planted: Planted, setting: Setting): Promise<Record<string, string>> {
  const { model, data } = subject(setting);
  const report = await checkNetwork(model, data, {
    ...setting.options,
    gradients: (at, step) => backprop(at, step, planted),
  });
  const wrong = report.blocks.filter(({ verdict }) => verdict === "wrong");
  return Object.fromEntries(wrong.map(({ name, explanation }) => [name, said(explanation)]));
}

const l2 = { options: { l2: 0.7 } };
const dropout = { options: { keep: 0.6 } };
const squares = { output: "tanh", loss: "meanSquaredError", outputs: 2 } as const;
const below2 = ["W1", "b1", "W2", "b2"];
const all = ["W1", "b1", "W2", "b2", "W3", "b3"];
const leaky: ActivationSpec = { type: "leakyRelu", slope: 0.1 };

const causes: readonly (readonly [Planted, Setting, readonly string[], string])[] = [
  [{ bug: "λ missing" }, l2, ["W1", "W2", "W3"], "(λ/m) W[l] = 0.1 W[l]: the penalty is missing from the gradient"],
  [{ bug: "λ missing in one layer", layer: 2 }, l2, ["W2"], "dW2 differs by (λ/m) W2 = 0.1 W2: the penalty is missing"],
  [{ bug: "2λ" }, l2, ["W1", "W2", "W3"], "(2λ/m) W[l]: the penalty counts twice"],
  [{ bug: "λ without m" }, l2, ["W1", "W2", "W3"], "the penalty is not divided by m = 7"],
  [
    { bug: "λ of the batch" },
    { options: { l2: 0.7, batchSize: 4 } },
    ["W1", "W2", "W3"],
    "(λ/4) W[l]: m of the penalty is that of the training set, 7",
  ],
  [{ bug: "λ sign" }, l2, ["W1", "W2", "W3"], "(λ/m) sign(W[l]), the derivative of Σ|W|"],
  [{ bug: "λ on biases" }, l2, ["b1", "b2", "b3"], "contains (λ/m) b[l]: the penalty is on the weights alone"],
  [{ bug: "mask missing", layer: 2 }, dropout, below2, "dA2 was not multiplied by the dropout mask"],
  [{ bug: "mask missing", layer: 1 }, dropout, ["W1", "b1"], "dA1 was not multiplied by the dropout mask"],
  [{ bug: "every mask missing" }, dropout, below2, "in layers 1, 2: dA[l] was not multiplied by the dropout mask"],
  [
    { bug: "keep missing", layer: 2 },
    dropout,
    below2,
    "dA2 was multiplied by the dropout mask, but not divided by keep",
  ],
  [
    { bug: "mask but for 1/keep missing", layer: 2 },
    dropout,
    below2,
    "dA2 was divided by keep, but not multiplied by the",
  ],
  [{ bug: "A before its mask", layer: 2 }, dropout, ["W2"], "dW2 uses A1 as it was before its dropout mask"],
  [{ bug: "A before its mask", layer: 1 }, { options: { inputKeep: 0.6 } }, ["W1"], "dW1 uses X as it was before its"],
  [{ bug: "g' of the masked A", layer: 2 }, dropout, below2, "g'(Z2) is computed from A2 after its dropout mask"],
  [{ bug: "g' missing", layer: 2 }, {}, below2, "g'(Z2) is missing: dZ2 = dA2 ∘ g'(Z2)"],
  [{ bug: "g' missing", layer: 1 }, { hidden: "relu" }, ["W1", "b1"], "g'(Z1) is missing"],
  [{ bug: "σ' is a", layer: 1 }, { hidden: "sigmoid" }, ["W1", "b1"], "σ'(Z1) is A1 ∘ (1 − A1), not A1"],
  [{ bug: "tanh' is 1 − a", layer: 1 }, {}, ["W1", "b1"], "tanh'(Z1) is 1 − A1², not 1 − A1"],
  [{ bug: "tanh' of z", layer: 2 }, {}, below2, "tanh' is computed from Z2 as if it were A2"],
  [{ bug: "σ' for tanh'", layer: 1 }, {}, ["W1", "b1"], "a (1 − a) belongs to the sigmoid"],
  [{ bug: "dA > 0", layer: 1 }, { hidden: "relu" }, ["W1", "b1"], "asks dA1 > 0 where it should ask Z1 > 0"],
  [{ bug: "slope 0.2", layer: 1 }, { hidden: leaky }, ["W1", "b1"], "slope 0.2 below zero; the activation has 0.1"],
  [{ bug: "slope 0", layer: 1 }, { hidden: leaky }, ["W1", "b1"], "g'(Z1) is the ReLU's, 0 below zero"],
  [{ bug: "slope 0.2", layer: 1 }, { hidden: "relu" }, ["W1", "b1"], "slope 0.2 below zero, as a leaky ReLU"],
  [{ bug: "no transpose", layer: 1 }, {}, ["W1", "b1"], "dA1 is W2 dZ2, without the transpose: dA1 = W2ᵀ dZ2"],
  [{ bug: "W already updated", layer: 2 }, {}, below2, "W3 is already updated (α = 0.1) when dA2"],
  [{ bug: "W already updated", layer: 1 }, l2, ["W1", "b1"], "W2 is already updated (α = 0.1) when dA1"],
  [{ bug: "dA × 3", layer: 2 }, {}, below2, "dA2 is 3.000 × what it should be: an extra factor 3"],
  [{ bug: "1/m missing from dW", layer: 2 }, {}, ["W2"], "dW2 is 7.000 × what it should be: 1/m is missing (m = 7)"],
  [
    { bug: "1/m missing from every dW" },
    l2,
    ["W1", "W2", "W3"],
    "apart from the penalty, 7.000 × what it should be: 1/m",
  ],
  [
    { bug: "dW × 2", layer: 2 },
    {},
    ["W2"],
    "dW2 is 2.000 × the numerical gradient in all 16 entries: an extra factor 2",
  ],
  [{ bug: "dW × 2", layer: 2 }, l2, ["W2"], "apart from the penalty, 2.000 × what it should be: an extra factor 2"],
  [{ bug: "db / (m − 1)", layer: 2 }, {}, ["b2"], "it is divided by m − 1 = 6, not by m"],
  [{ bug: "dW transposed", layer: 2 }, {}, ["W2"], "dW2 is transposed"],
  [{ bug: "Z for A", layer: 2 }, {}, ["W2"], "dW2 uses Z1 in the place of A1"],
  [{ bug: "db over both axes", layer: 1 }, {}, ["b1"], "db1 is summed over units and examples"],
  [{ bug: "Y − A" }, {}, all, "dZ3 is -1.000 × what it should be: the sign is wrong"],
  [{ bug: "σ' once more" }, {}, all, "here it is multiplied by σ'(Z3) once more"],
  [{ bug: "Y forgotten" }, {}, all, "Y is not subtracted: dZ3 = A3 − Y"],
  [{ bug: "last example dropped" }, {}, all, "the last example is left out"],
  [
    { bug: "weights ignored" },
    { options: { sampleWeights: [1, 2, 0.5, 3, 1, 1, 2] } },
    all,
    "the weights of the examples are missing from dZ3",
  ],
  [
    { bug: "weights squared" },
    { options: { sampleWeights: [1, 2, 0.5, 3, 1, 1, 2] } },
    all,
    "multiplied by the weights of the examples twice",
  ],
  [{ bug: "g' of the output missing" }, squares, all, "dZ3 is not multiplied by g'(Z3)"],
  [
    { bug: "2 of the square missing" },
    { ...squares, outputs: 3 },
    all,
    "dZ3 is 0.500 × what it should be: a factor 2 is missing",
  ],
  // With two outputs the 2 of the square and 1/K are the same number: both are named.
  [
    { bug: "1/K missing" },
    squares,
    all,
    "dZ3 is 2.000 × what it should be: an extra factor 2, or 1/K of the mean over the K = 2 outputs is missing",
  ],
];

describe("a bug of the catalogue, planted in a backward pass of somebody else's", () => {
  it.each(causes)("%j with %j is named in %j: %s", async (planted, setting, blocks, sentence) => {
    const found = await explained(planted, setting);
    expect(Object.keys(found)).toEqual(blocks);
    for (const name of blocks) expect(found[name]).toContain(sentence);
    for (const name of blocks) expect(found[name]).not.toContain("unknown");
  });

  it("is named where biases of 0 hide it at the given weights", async () => {
    const { model, data } = subject({});
    for (const { b } of model.layers) b.data.fill(0);
    const report = await checkNetwork(model, data, {
      l2: 0.7,
      gradients: (at, step) => backprop(at, step, { bug: "λ on biases" }),
    });
    expect(report.blocks.map(({ verdict }) => verdict).join()).toBe("correct,wrong,correct,wrong,correct,wrong");
    expect(said(report.blocks[1].explanation)).toContain("contains (λ/m) b[l]");
  });

  it("is named beside another one in another place", async () => {
    const { model, data } = subject({});
    const report = await checkNetwork(model, data, {
      keep: 0.6,
      gradients: (at, step) => ({
        ...backprop(at, step, { bug: "mask missing", layer: 1 }),
        ...pick(backprop(at, step, { bug: "dW × 2", layer: 3 }), "dW3"),
      }),
    });
    expect(report.blocks.map(({ verdict }) => verdict).join()).toBe("wrong,wrong,correct,correct,wrong,correct");
    expect(said(report.blocks[0].explanation)).toContain("dA1 was not multiplied by the dropout mask");
    expect(said(report.blocks[4].explanation)).toContain("an extra factor 2");
  });

  it("is named in float32", async () => {
    const { model, data } = subject({});
    const single = network({ ...model.spec, dtype: "float32" });
    single.theta.set(model.theta);
    const report = await checkNetwork(single, data, {
      keep: 0.6,
      gradients: (at, step) => asSingle(backprop(at, step, { bug: "mask missing", layer: 1 })),
    });
    expect(said(report.blocks[0].explanation)).toContain("dA1 was not multiplied by the dropout mask");
  });
});

describe("a bug outside of the catalogue", () => {
  it.each<[Planted, Setting, readonly string[], string]>([
    [{ bug: "|error|" }, {}, all, "look at the derivative of the loss, dZ3, and at 1/m"],
    [{ bug: "another mask", layer: 2 }, dropout, below2, "look at dA2 = W3ᵀ dZ3, at its mask if there is dropout"],
    [{ bug: "tanh' is 1 − a⁴", layer: 1 }, {}, ["W1", "b1"], "and at dZ1 = dA1 ∘ g'(Z1)"],
    [{ bug: "λ W²" }, l2, ["W1", "W2", "W3"], "look at what all dW share, 1/m and the penalty (λ/m) W"],
  ])("%j with %j is unknown in %j, with the place: %s", async (planted, setting, blocks, place) => {
    const found = await explained(planted, setting);
    expect(Object.keys(found)).toEqual(blocks);
    for (const name of blocks) expect(found[name]).toMatch(/^unknown; (d\S+ is |\d+ of \d+ entries of d)/);
    for (const name of blocks) expect(found[name]).toContain(place);
  });

  it("in one entry is shown as that", async () => {
    const { W2 } = await explained({ bug: "one entry × 1.5", layer: 2 }, {});
    expect(W2).toBe("entry [1, 0] of dW2 is 1.500 × the numerical gradient (an extra factor 1.5); the rest is right");
  });

  it("in one entry of a large block is found among all, though few were measured", async () => {
    const random = new RandomState(5);
    const model = network({ inputs: 40, layers: [dense(30, "tanh"), dense(1, "sigmoid")], seed: 4 });
    const data = { X: random.randn(40, 10), Y: targetsFor("binaryCrossEntropy", 1, 10, random) };
    const report = await checkNetwork(model, data, {
      gradients: (at, step) => {
        const gradients = backprop(at, step) as Record<string, Matrix>;
        gradients.dW1.data[17 * 40 + 3] *= 2;
        return gradients;
      },
    });
    expect(said(report.blocks[0].explanation)).toBe(
      "entry [17, 3] of dW1 is 2.000 × the numerical gradient (an extra factor 2); the rest is right",
    );
  });

  it("that leaves nothing but the penalty is not taken for one of the many that do", async () => {
    const { model, data } = subject({});
    const one = { X: data.X.selectColumns([0]), Y: data.Y.selectColumns([0]) };
    const report = await checkNetwork(model, one, {
      l2: 0.7,
      gradients: (at, step) => backprop(at, step, { bug: "last example dropped" }),
    });
    const sentences = report.blocks.map(({ explanation }) => said(explanation));
    expect(sentences[0]).toBe("dW1 is (λ/m) W1, the penalty, and nothing else: no gradient of the examples arrives");
    expect(sentences[1]).toBe("db1 is zero in all entries, the numerical gradient is not");
  });
});

function pick(gradients: object, name: string): object {
  return { [name]: Reflect.get(gradients, name) };
}

function asSingle(gradients: object): object {
  return Object.fromEntries(Object.entries(gradients).map(([name, A]: [string, Matrix]) => [name, A.as("float32")]));
}
