import { describe, expect, it } from "vitest";
import { Matrix } from "../../../src/array/matrix.js";
import { checkLayers } from "../../../src/gradcheck/network/checkLayers.js";
import type { GradientReport } from "../../../src/gradcheck/report.js";
import { activation } from "../../../src/network/activationLayer.js";
import { batchNorm } from "../../../src/network/batchNorm.js";
import { dense } from "../../../src/network/dense.js";
import { type LayerDefinitions, programOf } from "../../../src/network/program.js";
import type { LayerSpec } from "../../../src/network/spec.js";
import { entrywise } from "../../../src/ops/activation/activation.js";
import { structures } from "../../../src/ops/generated/structures.js";
import { names } from "../../../src/ops/names.js";
import type { Operation } from "../../../src/ops/op.js";
import { conv2d } from "../../ops/skeletons/layer/conv2d/conv2d.js";
import { layerDefinitions, layerProblems } from "../../problems.js";

const verdicts = ({ blocks }: GradientReport): string[] => blocks.map(({ name, verdict }) => `${name} ${verdict}`);

/** Fails with the report's own words. */
function expectCorrect(report: GradientReport): void {
  expect([report.verdict, String(report)]).toEqual(["correct", String(report)]);
}

describe("every operation of the registry, by itself", () => {
  it.each(layerDefinitions)(
    "layer %s: dX and the gradient of every parameter, in training and prediction",
    (_, layer) => {
      const { spec, inputs, codes } = layer.example;
      const program = programOf(inputs, [spec]);
      for (const training of [true, false]) {
        const report = checkLayers(inputs, [spec], { training });
        expectCorrect(report);
        expect(report.blocks.map(({ name }) => name)).toEqual([
          ...(codes === undefined ? ["X"] : []),
          ...program.layout.map(({ name }) => name),
        ]);
      }
    },
  );

  it.each(names.activations)("activation %s", (name) => {
    const program = programOf(3, [activation(name)]);
    const report = checkLayers(3, [activation(name)]);
    expectCorrect(report);
    expect(report.blocks).toHaveLength(1 + program.layout.length);
  });

  it("and every step that lowering adds, in the networks that the tests of all layers build", () => {
    const seen = new Set<string>();
    for (const [, { spec }] of layerProblems) {
      const program = programOf(spec.inputs, spec.layers);
      for (const { op } of program.steps) seen.add(op);
    }
    expect(Object.keys(structures).filter((name) => !seen.has(name))).toEqual([]);
  });

  it.each(layerProblems.filter(([name]) => !name.includes(" on ") && !name.includes(" at ")))(
    "layers together: %s",
    (_, { spec }) => expectCorrect(checkLayers(spec.inputs, spec.layers)),
  );
});

/** `A = gain ∘ X + shift`, each unit with its own; `slip` is what is wrong with its backward pass. */
function unitScale(slip: "none" | "dX" | "dGain"): Operation {
  return {
    keeps: "input",
    shapes: (inputs) => inputs,
    parameters: ([{ rows }]) => [
      { role: "gain", rows, columns: 1, start: 1, decays: false },
      { role: "shift", rows, columns: 1, start: 0, decays: false },
    ],
    forward([X], { parameters: [gain, shift] }) {
      const A = Matrix.zeros(X.rows, X.columns); // (units × examples)
      for (let i = 0; i < X.rows; i++) {
        for (let j = 0; j < X.columns; j++) A.set(i, j, gain.get(i, 0) * X.get(i, j) + shift.get(i, 0));
      }
      return { outputs: [A] };
    },
    backward([dA], { inputs: [X], parameters: [gain] }) {
      const dX = Matrix.zeros(X.rows, X.columns); // (units × examples)
      const [dGain, dShift] = [Matrix.zeros(X.rows, 1), Matrix.zeros(X.rows, 1)]; // (units × 1)
      for (let i = 0; i < X.rows; i++) {
        for (let j = 0; j < X.columns; j++) {
          dX.set(i, j, (slip === "dX" ? 1 : gain.get(i, 0)) * dA.get(i, j));
          dGain.set(i, 0, (slip === "dGain" ? 0 : dGain.get(i, 0)) + dA.get(i, j) * X.get(i, j));
          dShift.set(i, 0, dShift.get(i, 0) + dA.get(i, j));
        }
      }
      return { inputs: [dX], parameters: [dGain, dShift] };
    },
  };
}

/** Someone's own layer and activation beside the library's. */
function ownDefinitions(slip: "none" | "dX" | "dGain" | "derivative"): LayerDefinitions {
  const bent = entrywise({
    keeps: "input",
    traits: { range: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY], initializer: "xavier" },
    pieces: [
      {
        value: (z) => z + (Math.sqrt(z * z + 1) - 1) / 2,
        derivative: (z) => 1 + z / ((slip === "derivative" ? 1 : 2) * Math.sqrt(z * z + 1)),
      },
    ],
  });
  const operation = unitScale(slip === "derivative" ? "none" : slip);
  return {
    unitScale: { lower: (_, input, builder) => builder.add({ op: "unitScale", operation, inputs: [input] })[0] },
    bent: { lower: (_, input, builder) => builder.add({ op: "bent", operation: bent, inputs: [input] })[0] },
    conv2d: conv2d as unknown as LayerDefinitions[string],
  };
}

describe("a layer and an activation of one's own, in one call", () => {
  const specs = [dense(4, "tanh"), { type: "unitScale" }, { type: "bent" }, batchNorm()];

  it("are correct, alone and among others", () => {
    const definitions = ownDefinitions("none");
    expect(verdicts(checkLayers(3, [{ type: "unitScale" }], { definitions }))).toEqual([
      "X correct",
      "gain1 correct",
      "shift1 correct",
    ]);
    expect(verdicts(checkLayers(3, [{ type: "bent" }], { definitions }))).toEqual(["X correct"]);
    expectCorrect(checkLayers(3, specs, { definitions }));
  });

  it("may take images", () => {
    const image = { rows: 40, image: { height: 4, width: 5, channels: 2 } };
    const spec: LayerSpec & object = { type: "conv2d", channels: 3, size: 3, padding: "same" } as never;
    const report = checkLayers(image, [spec], { definitions: ownDefinitions("none") });
    expect(verdicts(report)).toEqual(["X correct", "W1 correct", "b1 correct"]);
  });

  it.each([
    ["dX", ["X wrong", "gain1 correct", "shift1 correct"]],
    ["dGain", ["X correct", "gain1 wrong", "shift1 correct"]],
  ] as const)("are wrong where %s is", (slip, expected) => {
    const report = checkLayers(3, [{ type: "unitScale" }], { definitions: ownDefinitions(slip) });
    expect(verdicts(report)).toEqual(expected);
  });

  it("are wrong where the derivative of the activation is, with all that lies below", () => {
    const report = checkLayers(3, specs, { definitions: ownDefinitions("derivative") });
    expect(verdicts(report)).toEqual([
      "X wrong",
      "W1 wrong",
      "b1 wrong",
      "gain1 wrong",
      "shift1 wrong",
      "gamma1 correct",
      "beta1 correct",
    ]);
  });
});

describe("what checkLayers is given", () => {
  it("are inputs of its own, or drawn by the seed", () => {
    const layers = [dense(3, "tanh")];
    const X = Matrix.from([
      [1, -2, 3],
      [0.5, 0, 1],
    ]);
    expect(checkLayers(2, layers, { X, mode: "exhaustive" }).blocks[0].shape).toEqual([2, 3]);
    const numerical = (seed: number) => checkLayers(2, layers, { seed }).blocks.map((block) => block.numerical);
    expect(numerical(3)).toEqual(numerical(3));
    expect(numerical(3)).not.toEqual(numerical(4));
  });

  it.each<[string, () => unknown, string]>([
    ["no layer", () => checkLayers(2, []), "layers must be one or more"],
    ["no number of inputs", () => checkLayers(0, [dense(3, "tanh")]), "inputs must be"],
    ["a layer that nobody defined", () => checkLayers(2, [{ type: "dens" }]), "layers[0]: type"],
    [
      "other rows",
      () => checkLayers(2, [dense(3, "tanh")], { X: Matrix.zeros(3, 5) }),
      "take 2 rows, got an X of 3 × 5",
    ],
    ["one example", () => checkLayers(2, [batchNorm()], { X: Matrix.zeros(2, 1) }), "at least 2 examples"],
    ["lists", () => checkLayers(2, [dense(3, "tanh")], { X: [[1], [2]] as never }), "must be a Matrix"],
    ["another option", () => checkLayers(2, [dense(3, "tanh")], { examples: 3 } as never), "examples"],
  ])("is refused: %s", (_, act, message) => expect(act).toThrow(message));
});
