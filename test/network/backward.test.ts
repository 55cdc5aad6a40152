import { describe, expect, it } from "vitest";
import { Matrix } from "../../src/array/matrix.js";
import { textbookCheck } from "../../src/gradcheck/textbook.js";
import { backward } from "../../src/network/backward.js";
import { cost } from "../../src/network/cost.js";
import { dense } from "../../src/network/dense.js";
import { forward } from "../../src/network/forward.js";
import { type Network, network, networkWith } from "../../src/network/network.js";
import type { DropoutMasks } from "../../src/network/passOptions.js";
import type { ActivationSpec, LossSpec } from "../../src/ops/names.js";
import { RandomState } from "../../src/random/randomState.js";
import { course } from "../course.js";
import { awayFromKinks, heads as lossHeads, maskOf, targetsFor } from "../problems.js";

/** The reference case as a network of ours, with its parameters and examples. */
function referenceCase(): { model: Network; X: Matrix; Y: Matrix } {
  const { parameters, X, Y } = course.gradCheckN;
  const model = network({ inputs: 4, layers: [dense(5, "relu"), dense(3, "relu"), dense(1, "sigmoid")] });
  for (const [name, values] of Object.entries(parameters)) model.parameters[name].data.set(values.flat());
  return { model, X: Matrix.from(X), Y: Matrix.row(Y.flat()) };
}

describe("forward and backward pass", () => {
  it("follow the equations by hand", () => {
    // 1-1-1, ReLU then sigmoid: w1 = 2, b1 = −1, w2 = 1, b2 = 0; x = 1 and 0; y = 1 and 0.
    // z1 = 1, −1; a1 = 1, 0; z2 = 1, 0; a2 = σ(1), ½. dz2 = σ(1) − 1, ½.
    // dW2 = ½ (dz2·a1) = ½ (σ(1) − 1); db2 = ½ (σ(1) − ½); dz1 = dz2 · [1, 0]; dW1 = db1 = ½ (σ(1) − 1).
    const model = networkWith(
      { inputs: 1, layers: [dense(1, "relu"), dense(1, "sigmoid")] },
      Float64Array.of(2, -1, 1, 0),
    );
    const X = Matrix.row([1, 0]);
    const Y = Matrix.row([1, 0]);
    const s = 1 / (1 + Math.exp(-1));
    const pass = forward(model, X);
    expect(pass.output.toArray()).toEqual([[s, 0.5]]);
    expect(cost(model, pass, Y).cost).toBeCloseTo((-Math.log(s) + Math.log(2)) / 2, 15);
    const { dTheta } = backward(model, pass.cache, Y);
    for (const [k, expected] of [(s - 1) / 2, (s - 1) / 2, (s - 1) / 2, (s - 0.5) / 2].entries()) {
      expect(dTheta[k]).toBeCloseTo(expected, 15);
    }
  });

  it("add λ/(2m) Σ‖W‖² to the cost and (λ/m) W to dW, and leave the biases alone", () => {
    // W = 3, b = 5, m = 2, λ = 0.5: penalty 0.5 · 9 / 4 = 1.125, gradient 0.5 · 3 / 2 = 0.75.
    const model = networkWith({ inputs: 1, layers: [dense(1, "linear")] }, Float64Array.of(3, 5));
    const X = Matrix.row([1, 2]);
    const Y = Matrix.row([8, 11]);
    const pass = forward(model, X);
    expect(cost(model, pass, Y, { l2: 0.5 })).toEqual({ cost: 1.125, dataCost: 0, penalty: 1.125 });
    expect(Array.from(backward(model, pass.cache, Y, { l2: 0.5 }).dTheta)).toEqual([0.75, 0]);
    // In a mini-batch the penalty still counts the whole training set.
    expect(cost(model, pass, Y, { l2: 0.5, trainingExamples: 20 }).penalty).toBeCloseTo(0.1125, 15);
  });

  it("reproduce NumPy's cost and gradients of the reference case", () => {
    const { model, X, Y } = referenceCase();
    const pass = forward(model, X);
    const golden = course.gradCheckN;
    // NumPy took log(1 − a) at a = 0.999, which loses three digits of 1 − a: 1e3 u = 1e-13.
    expect(Math.abs(cost(model, pass, Y).cost - golden.cost)).toBeLessThan(1e-13);
    const { gradients } = backward(model, pass.cache, Y);
    for (const [name, values] of Object.entries(golden.gradients)) {
      for (const [k, value] of values.flat().entries()) {
        expect(Math.abs(gradients[name].data[k] - value)).toBeLessThan(1e-14);
      }
    }
  });

  it("refuse data and masks that do not fit, naming the shapes", () => {
    const model = network({ inputs: 2, layers: [dense(3, "relu"), dense(1, "sigmoid")] });
    expect(() => forward(model, Matrix.zeros(3, 5))).toThrow("takes 2 features, got a 3 × 5 matrix");
    const pass = forward(model, Matrix.zeros(2, 5));
    expect(() => cost(model, pass, Matrix.zeros(1, 4))).toThrow("gives 1 × 5 outputs, the targets Y are 1 × 4");
    expect(() => backward(model, pass.cache, Matrix.zeros(2, 5))).toThrow("the targets Y are 2 × 5");
    expect(() => cost(model, pass, Matrix.zeros(1, 5), { weights: Matrix.zeros(1, 4) })).toThrow(
      "1 × 5 matrix of weights",
    );
    const masks: DropoutMasks = [undefined, { D: Matrix.zeros(2, 5), keep: 0.5 }];
    expect(() => forward(model, Matrix.zeros(2, 5), { training: true, masks })).toThrow(
      "a 2 × 5 mask does not fit 3 × 5 activations",
    );
  });
});

describe("gradient check of every activation × loss × regularizer", () => {
  const hidden: readonly ActivationSpec[] = ["sigmoid", "tanh", "relu", { type: "leakyRelu", slope: 0.1 }, "linear"];
  const heads: readonly (readonly [ActivationSpec, LossSpec, number])[] = [
    ["sigmoid", "binaryCrossEntropy", 1],
    ...lossHeads.map(([activation, loss]) => [activation, loss, 3] as const),
    ...hidden.map((activation) => [activation, "meanSquaredError", 2] as const),
  ];
  const regularizers = ["none", "l2", "elastic", "dropout", "l2 and dropout", "weights"] as const;
  const cases = hidden.flatMap((g) => heads.flatMap((head) => regularizers.map((r) => [g, ...head, r] as const)));

  it.each(cases)("%j then %j with %s (%i outputs), %s", (activation, output, loss, outputs, regularizer) => {
    const random = new RandomState(11);
    const m = 5;
    const model = network({
      inputs: 3,
      layers: [dense(4, activation), dense(3, activation), dense(outputs, output)],
      initializer: "xavier",
      loss,
      seed: 5,
    });
    // Biases away from 0, so that a wrong db shows.
    for (const { b } of model.layers) b.data.set(random.randn(b.rows, 1).data);
    const X = random.randn(3, m); // (features × examples)
    const drawn = targetsFor(loss, outputs, m, random); // (outputs × examples)
    const l2 = regularizer.startsWith("l2") ? 0.7 : regularizer === "elastic" ? [0.7, 0, 0.3] : 0;
    const l1 = regularizer === "elastic" ? [0, 0.5, 0.2] : 0;
    const masks = regularizer.endsWith("dropout") ? masksOf(model, m, random) : [];
    const weights = regularizer === "weights" ? { weights: Matrix.row([0.5, 2, 0, 1, 3]) } : {};
    const options = { l1, l2, ...weights };
    const Y = awayFromKinks(loss, forward(model, X, { training: true, masks }).output, drawn);
    const { dTheta } = backward(model, forward(model, X, { training: true, masks }).cache, Y, options);
    const J = (theta: Float64Array): number => {
      const moved = networkWith(model.spec, theta);
      return cost(moved, forward(moved, X, { training: true, masks }), Y, options).cost;
    };
    const { difference } = textbookCheck(J, model.theta, dTheta, 1e-5);
    // ε = 1e-5: truncation ε² J'''/6 ≈ 1e-10, rounding u J / ε ≈ 1e-10 · a few; a wrong term would be 1e-2 or more.
    expect(difference).toBeLessThan(2e-8);
  });

  function masksOf(model: Network, m: number, random: RandomState): DropoutMasks {
    const sizes = [model.spec.inputs, ...model.layers.slice(0, -1).map(({ units }) => units)];
    return sizes.map((size) => ({ D: maskOf(size, m, 0.8, random), keep: 0.8 }));
  }
});
