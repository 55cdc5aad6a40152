import { describe, expect, it } from "vitest";
import { Matrix } from "../../../src/array/matrix.js";
import type { Bug, FixedBug } from "../../../src/gradcheck/network/bugs/bug.js";
import { catalogue } from "../../../src/gradcheck/network/bugs/catalogue.js";
import { ChainBackpropagation } from "../../../src/gradcheck/network/bugs/chainBackpropagation.js";
import { namesOf } from "../../../src/gradcheck/network/bugs/names.js";
import { checkNetwork } from "../../../src/gradcheck/network/checkNetwork.js";
import { type NetworkCheckOptions, parseNetworkCheck } from "../../../src/gradcheck/network/networkOptions.js";
import { replay } from "../../../src/gradcheck/network/replay.js";
import { firstStep, type TrainingStep } from "../../../src/gradcheck/network/trainingStep.js";
import { backward } from "../../../src/network/backward.js";
import { dense } from "../../../src/network/dense.js";
import { forward } from "../../../src/network/forward.js";
import { type Network, network } from "../../../src/network/network.js";
import { type ActivationSpec, hiddenActivations, type LossName } from "../../../src/ops/names.js";
import { RandomState } from "../../../src/random/randomState.js";
import { targetsFor } from "../../problems.js";
import { said } from "../said.js";

const options: NetworkCheckOptions = { l2: 0.7, keep: 0.6, inputKeep: 0.7, sampleWeights: [1, 2, 0.5, 3] };
const hidden: readonly ActivationSpec[] = [...hiddenActivations, { type: "leakyRelu", slope: 0.2 }];
const heads: readonly (readonly [ActivationSpec, LossName])[] = [
  ["sigmoid", "binaryCrossEntropy"],
  ["softmax", "meanSquaredError"],
];
const settings = hidden.flatMap((g) => heads.map((head) => setting(g, ...head)));
const fixed = catalogue.filter((bug): bug is FixedBug => "wrong" in bug);

/** 4-4-4-2 on 4 examples: square everywhere, with as many units as examples, so that any bug has a shape that fits. */
function setting(g: ActivationSpec, output: ActivationSpec, loss: LossName): { model: Network; step: TrainingStep } {
  const random = new RandomState(3);
  const layers = [dense(4, g), dense(4, g), dense(2, output)];
  const model = network({ inputs: 4, layers, loss, initializer: "xavier", seed: 6 });
  for (const { b } of model.layers) b.data.set(random.randn(b.rows, 1).data);
  const data = { X: random.randn(4, 4), Y: targetsFor(loss, 2, 4, random) };
  const { recipe, strengths } = parseNetworkCheck("", model, data, options);
  return { model, step: firstStep(model, recipe, strengths) };
}

/** The first setting and the highest layer at which a bug is possible. */
function placeOf(bug: Bug): { model: Network; step: TrainingStep; l: number } {
  for (const { model, step } of settings) {
    const pass = new ChainBackpropagation(model, step, 1e-7);
    const layers = bug.at === "output" ? [3] : bug.at === "hidden" ? [2, 1] : [3, 2, 1];
    const l = layers.find((layer) => bug.possible?.(pass, layer) ?? true);
    if (l !== undefined) return { model, step, l };
  }
  throw new Error("no setting admits this bug");
}

describe("each bug of the catalogue", () => {
  const named = fixed.map((bug) => {
    const { model, step, l } = placeOf(bug);
    const sentence = said(bug.says(namesOf([l]), new ChainBackpropagation(model, step, 1e-7), Number.NaN, l));
    return { bug, model, step, l, sentence };
  });

  it("has a sentence of its own", () => {
    expect(new Set(named.map(({ sentence }) => sentence)).size).toBe(fixed.length);
    // Every value that a sentence takes is in its message.
    for (const { sentence } of named) expect(sentence).not.toMatch(/undefined|NaN/);
    expect(fixed.length).toBeGreaterThanOrEqual(40);
  });

  it.each(named)("is named by its sentence: $sentence", async ({ bug, model, step, l, sentence }) => {
    const { X, Y } = step;
    const report = await checkNetwork(
      model,
      { X, Y },
      {
        ...options,
        trainingSteps: 0,
        gradients: (at, held) => {
          const { gradients } = backward(at, forward(at, held.X, held).cache, held.Y, held);
          const wrong = [...replay(new ChainBackpropagation(at, held, 1e-7), bug.wrong, [l])];
          return { ...gradients, ...Object.fromEntries(wrong.map(({ name, replayed }) => [`d${name}`, replayed])) };
        },
      },
    );
    const explanations = report.blocks.filter(({ verdict }) => verdict === "wrong").map((block) => block.explanation);
    expect(explanations.length).toBeGreaterThan(0);
    for (const explanation of explanations) expect(said(explanation)).toContain(sentence);
  });
});

describe("the right pass", () => {
  it("is the library's backward pass", () => {
    for (const { model, step } of settings) {
      const { dTheta } = backward(model, forward(model, step.X, step).cache, step.Y, step);
      const pass = new ChainBackpropagation(model, step, 1e-7);
      for (const { name, rows, columns, offset } of model.layout) {
        const own = new Matrix(rows, columns, pass.right(name));
        for (let k = 0; k < rows * columns; k++) expect(own.data[k]).toBeCloseTo(dTheta[offset + k], 14);
      }
    }
  });
});
