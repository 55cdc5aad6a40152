import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { Matrix } from "../../src/array/matrix.js";
import { OptionError } from "../../src/constraint/constraint.js";
import { predict } from "../../src/engine/predict.js";
import { wasmEngine } from "../../src/engine/wasm/wasmEngine.js";
import { withBug } from "../../src/gradcheck/network/bugs/stepBugs.js";
import { checkNetwork } from "../../src/gradcheck/network/checkNetwork.js";
import { backward } from "../../src/network/backward.js";
import { batchNorm } from "../../src/network/batchNorm.js";
import { concatenation } from "../../src/network/concatenation.js";
import { cost } from "../../src/network/cost.js";
import { dense } from "../../src/network/dense.js";
import { forward } from "../../src/network/forward.js";
import { layerNorm } from "../../src/network/layerNorm.js";
import { members } from "../../src/network/members.js";
import { network, networkWith } from "../../src/network/network.js";
import { parseNetworkSpec } from "../../src/network/parseSpec.js";
import { residual } from "../../src/network/residual.js";
import { sizesInWords } from "../../src/network/sizes.js";
import type { LayerSpec } from "../../src/network/spec.js";
import { choiceText } from "../../src/ops/choiceText.js";
import { layerBugs } from "../../src/ops/generated/layerBugs.js";
import { lossTraits } from "../../src/ops/generated/lossTraits.js";
import type { ActivationName, LossName } from "../../src/ops/names.js";
import { RandomState } from "../../src/random/randomState.js";
import { evaluate } from "../../src/training/evaluate.js";
import { train } from "../../src/training/train.js";
import { awayFromKinks, heads, targetsFor } from "../problems.js";

/** PyTorch 1.13, made by test/fixtures/members.py. */
interface Golden {
  readonly members: number;
  readonly learningRate: number;
  readonly steps: number;
  readonly cases: readonly {
    readonly loss: LossName;
    readonly activation: ActivationName;
    readonly X: number[][];
    readonly Y: number[][];
    readonly theta: number[];
    readonly first: { readonly cost: number; readonly dTheta: number[]; readonly outputs: number[] };
    readonly last: { readonly theta: number[]; readonly outputs: number[] };
  }[];
}
const golden: Golden = JSON.parse(readFileSync(new URL("../fixtures/members.json", import.meta.url), "utf8"));

function farthest(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  expect(found.length).toBe(expected.length);
  let most = 0;
  for (let k = 0; k < expected.length; k++) most = Math.max(most, Math.abs(found[k] - expected[k]));
  return most;
}

describe("members that share weights, by hand", () => {
  // Two members of one input, one hidden unit and one output, all linear. W = 3; member 1: r = 1, s = 2, b = 0, member 2: r = −1,
  // s = 1, b = 1; last layers 1 and 10, biases 0 and 5.
  const spec = { inputs: 1, layers: [members(2, [dense(1, "linear"), dense(1, "linear")])] } as const;
  const model = networkWith(spec, Float64Array.of(3, 0, 1, 1, -1, 2, 1, 1, 10, 0, 5));
  const X = Matrix.row([2]);
  // Hidden sums: 2 · 3 · 2 = 12 and 3 · (−2) + 1 = −5; outputs 12 and 10 · (−5) + 5 = −45.
  const Y = Matrix.row([10]);

  it("has W once, and r, s, b and the last layer of each member", () => {
    expect(model.layout.map(({ name, rows, columns, decays }) => [name, rows, columns, decays])).toEqual([
      ["W1", 1, 1, true],
      ["b1", 2, 1, false],
      ["r1", 2, 1, false],
      ["s1", 2, 1, false],
      ["W2", 2, 1, true],
      ["b2", 2, 1, false],
    ]);
    expect(sizesInWords(model.program, 2)).toBe("2 members of 1-1-1");
  });

  it("says the mean of the members' outputs, and costs the mean of their costs", () => {
    const pass = forward(model, X);
    expect(pass.output.toArray()).toEqual([[(12 - 45) / 2]]);
    expect(cost(model, pass, Y).cost).toBe((2 ** 2 + 55 ** 2) / 2);
    expect(evaluate(model, { X, Y })).toMatchObject({ cost: (2 ** 2 + 55 ** 2) / 2, mse: 26.5 ** 2 });
    expect(predict(model, X).toArray()).toEqual([[-16.5]]);
  });

  it("adds up dW over the members", () => {
    const { gradients } = backward(model, forward(model, X).cache, Y);
    // dz of the outputs (2/2) (12 − 10) = 2 and (2/2) (−45 − 10) = −55; of the hidden sums 2 · 1 and −55 · 10.
    expect(gradients.db2.toArray()).toEqual([[2], [-55]]);
    expect(gradients.dW2.toArray()).toEqual([[2 * 12], [-55 * -5]]);
    expect(gradients.db1.toArray()).toEqual([[2], [-550]]);
    // dW = Σ s dz r x = 2 · 2 · 1 · 2 + 1 · (−550) · (−1) · 2; dr = x W s dz; ds = dz W r x.
    expect(gradients.dW1.toArray()).toEqual([[8 + 1100]]);
    expect(gradients.dr1?.toArray()).toEqual([[2 * 3 * 2 * 2], [2 * 3 * 1 * -550]]);
    expect(gradients.ds1?.toArray()).toEqual([[2 * 3 * 1 * 2], [-550 * 3 * -1 * 2]]);
  });

  it("starts r of the first layer at signs, other factors at 1, and draws the last layers one by one", () => {
    const layers = [dense(40, "relu"), dense(30, "relu"), dense(20, "softmax")];
    const drawn = network({ inputs: 50, layers: [members(8, layers)], initializer: "glorotUniform", seed: 1 });
    const { r1, s1, r2, s2, W3 } = drawn.parameters;
    expect(new Set(r1?.data)).toEqual(new Set([-1, 1]));
    const sum = Array.from(r1?.data ?? []).reduce((total, sign) => total + sign, 0);
    expect(Math.abs(sum)).toBeLessThan(4 * Math.sqrt(400));
    for (const factors of [s1, r2, s2]) expect(new Set(factors?.data)).toEqual(new Set([1]));
    const limit = Math.sqrt(6 / (30 + 20));
    const largest = Math.max(...Array.from(W3?.data ?? [], Math.abs));
    expect(largest).toBeLessThanOrEqual(limit);
    expect(largest).toBeGreaterThan(0.99 * limit);
  });
});

describe("members that share weights, by PyTorch's numbers", () => {
  it.each(golden.cases.map((one) => [one.loss, one] as const))("%s", async (loss, one) => {
    const [X, Y] = [Matrix.from(one.X), Matrix.from(one.Y)];
    const layers = [members(golden.members, [dense(4, "tanh"), dense(4, "tanh"), dense(Y.rows, one.activation)])];
    const model = networkWith({ inputs: 3, layers, loss }, Float64Array.from(one.theta));
    const pass = forward(model, X);
    expect(Math.abs(cost(model, pass, Y).cost - one.first.cost)).toBeLessThan(1e-13);
    expect(farthest(pass.output.data, one.first.outputs)).toBeLessThan(1e-13);
    expect(farthest(backward(model, pass.cache, Y).dTheta, one.first.dTheta)).toBeLessThan(1e-13);
    for (const engine of ["wasm", "readable"] as const) {
      const trained = networkWith(model.spec, Float64Array.from(one.theta));
      const { learningRate, steps: iterations } = golden;
      await train(trained, { X, Y }, { optimizer: "gradientDescent", learningRate, iterations, engine });
      expect(farthest(trained.theta, one.last.theta)).toBeLessThan(1e-12);
      expect(farthest(predict(trained, X, { engine }).data, one.last.outputs)).toBeLessThan(1e-12);
    }
  });
});

describe("members that share weights, with each loss", () => {
  it.each(heads.map(([activation, loss]) => [choiceText(loss, lossTraits), activation, loss] as const))(
    "%s of %s outputs: difference quotients, kernels, weights of examples",
    (_text, activation, loss) => {
      const random = new RandomState(5);
      const layers = [members(3, [dense(4, "tanh"), dense(3, activation)])];
      const model = network({ inputs: 2, layers, loss, initializer: "xavier" });
      const X = random.randn(2, 6);
      const weights = random.rand(1, 6);
      const start = forward(model, X);
      // Of each member the errors are to be away from the kinks.
      let Y = targetsFor(loss, 3, 6, random);
      const A = start.cache.values[model.program.output];
      for (let i = 0; i < 3; i++) Y = awayFromKinks(loss, new Matrix(3, 6, A.data.subarray(i * 18, (i + 1) * 18)), Y);
      const { dTheta } = backward(model, start.cache, Y, { weights });
      const costAt = (k: number, value: number): number => {
        model.theta[k] = value;
        return cost(model, forward(model, X), Y, { weights }).cost;
      };
      for (let k = 0; k < dTheta.length; k++) {
        const value = model.theta[k];
        const slope = (costAt(k, value + 1e-5) - costAt(k, value - 1e-5)) / 2e-5;
        model.theta[k] = value;
        expect(Math.abs(slope - dTheta[k])).toBeLessThan(1e-7);
      }
      const plan = wasmEngine.plan(model, { capacity: 6 });
      plan.load({ X, Y, weights: weights.data, from: 0, count: 6 });
      expect(Math.abs(plan.step() - cost(model, start, Y, { weights }).cost)).toBeLessThan(1e-13);
      expect(farthest(plan.dTheta, dTheta)).toBeLessThan(1e-13);
      plan.release();
    },
  );
});

describe("members that share weights, refused", () => {
  const of = (layers: readonly LayerSpec[], count = 2): object => ({ type: "members", members: count, layers });
  const two = [dense(3, "relu"), dense(1, "sigmoid")];
  const refusals: readonly (readonly [what: string, layers: readonly unknown[], message: RegExp])[] = [
    ["no members", [of(two, 0)], /^network\(\): layer 1: members must be a whole number of at least 1, got 0$/],
    ["one layer", [of([dense(1, "sigmoid")])], /layer 1: layers must be an array of at least two layers.*got one$/],
    ["no layers", [{ type: "members", members: 2 }], /layer 1: layers must be an array.*got undefined$/],
    [
      "a last layer that is not dense",
      [of([dense(3, "relu"), batchNorm()])],
      /layer 2, the last, must be a dense layer.*batchNorm$/,
    ],
    [
      "a layer after them",
      [of(two), dense(1, "sigmoid")],
      /^network\(\): layer 1 is members, which only the last layer/,
    ],
    [
      "members of members",
      [of([{ ...of(two) } as LayerSpec, dense(1, "linear")])],
      /layer 1: layer 1 is members, which/,
    ],
    [
      "members in a residual block",
      [{ type: "residual", layers: [of(two)] }],
      /layer 1: layer 1 is members, which only/,
    ],
    [
      "softmax before the last layer",
      [of([dense(3, "softmax"), dense(1, "linear")])],
      /layer 1: layer 1 has activation softmax/,
    ],
    [
      "layer norm",
      [of([dense(3, "linear"), layerNorm(), dense(1, "linear")])],
      /layer 1 \(members\): layer 2 \(layerNorm\): layerNorm would mix/,
    ],
    [
      "branches",
      [of([concatenation([{}, {}]), dense(1, "linear")])],
      /layer 1 \(concatenation\): stack would mix the rows of members/,
    ],
    [
      "a block of another size",
      [of([residual([dense(4, "relu")]), dense(1, "linear")])],
      /layer 1 \(residual\): project would mix/,
    ],
    [
      "a loss of another activation",
      [of([dense(3, "relu"), dense(1, "linear")])],
      /loss binaryCrossEntropy needs a last layer with activation sigmoid, got "linear"/,
    ],
    [
      "softmax of one unit",
      [of([dense(3, "relu"), dense(1, "softmax")])],
      /a softmax layer needs at least 2 units, got 1/,
    ],
  ];
  it.each(refusals)("%s", (what, layers, message) => {
    const loss = what.startsWith("a loss") ? { loss: "binaryCrossEntropy" } : {};
    const parse = (): object => parseNetworkSpec(JSON.parse(JSON.stringify({ inputs: 2, layers, ...loss })));
    expect(parse).toThrow(OptionError);
    expect(parse).toThrow(message);
  });

  it("targets of all members at once", () => {
    const model = network({ inputs: 2, layers: [members(4, two)] });
    const X = Matrix.zeros(2, 3);
    expect(() => evaluate(model, { X, Y: Matrix.zeros(4, 3) })).toThrow("takes 2 features and gives 1 outputs");
    expect(() => cost(model, forward(model, X), Matrix.zeros(4, 3))).toThrow(
      "gives 1 × 3 outputs, the targets Y are 4 × 3",
    );
  });
});

describe("a wrong pass through layers that members share", () => {
  const random = new RandomState(4);
  const data = { X: random.randn(3, 12), Y: targetsFor("binaryCrossEntropy", 1, 12, random) };
  const layers = [members(3, [dense(5, "tanh"), dense(4, "tanh"), dense(1, "sigmoid")])];

  it.each(layerBugs.members.bugs.flatMap((bug) => [["1"], ["1", "2"]].map((where) => [bug.id, where, bug] as const)))(
    "is named: %s in %j",
    async (id, where, bug) => {
      const model = network({ inputs: 3, layers, initializer: "xavier", seed: 2 });
      const names = where.map((n) => ({ name: `members${n}` }));
      for (let k = 0; k < model.theta.length; k++) model.theta[k] += 0.3 * random.randn(1, 1).data[0];
      const { blocks } = await checkNetwork(model, data, {
        trainingSteps: 0,
        gradients: (at, step) => {
          const wrong = withBug(at, names, bug);
          return backward(wrong, forward(wrong, step.X, step).cache, step.Y, step).gradients;
        },
      });
      const wrong = blocks.filter(({ verdict }) => verdict === "wrong");
      expect(wrong.map(({ name }) => name)).toEqual(where.map((n) => `W${n}`));
      for (const { explanation } of wrong) expect(explanation).toMatchObject({ id });
    },
  );
});
