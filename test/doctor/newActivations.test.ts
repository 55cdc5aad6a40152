import { describe, expect, it } from "vitest";
import { Matrix } from "../../src/array/matrix.js";
import type { Observations } from "../../src/doctor/finding.js";
import { findingInWords } from "../../src/doctor/findingInWords.js";
import { observe } from "../../src/doctor/observe.js";
import { deadUnits } from "../../src/doctor/symptoms/deadUnits.js";
import { saturatedUnits } from "../../src/doctor/symptoms/saturatedUnits.js";
import type { Window } from "../../src/engine/readings.js";
import { dense } from "../../src/network/dense.js";
import { type Network, network } from "../../src/network/network.js";
import { exp } from "../../src/numeric/exp.js";
import { type EntrywiseDefinition, entrywise, scalarOf } from "../../src/ops/activation/activation.js";
import { IdleUnits } from "../../src/training/idleUnits.js";
import { train } from "../../src/training/train.js";

/** Activations unlike those of the registry, written out here. */
const clipped = entrywise({
  keeps: "output",
  traits: { range: [-1, 1], dies: true, saturates: { low: -1, high: 1 }, initializer: "xavier" },
  pieces: [
    { to: -1, value: () => -1, derivative: () => 0 },
    { to: 1, value: (z) => z, derivative: () => 1 },
    { value: () => 1, derivative: () => 0 },
  ],
});
const softsign = entrywise({
  keeps: "input",
  traits: { range: [-1, 1], saturates: { low: -1, high: 1 }, initializer: "xavier" },
  pieces: [{ value: (z) => z / (1 + Math.abs(z)), derivative: (z) => 1 / (1 + Math.abs(z)) ** 2 }],
});
const exponential = entrywise({
  keeps: "output",
  traits: { range: [-1, Number.POSITIVE_INFINITY], saturates: { low: -1 }, initializer: "lecun" },
  pieces: [
    { to: 0, value: (z) => exp(z) - 1, derivative: (_z, a) => a + 1 },
    { value: (z) => z, derivative: () => 1 },
  ],
});

const curveOf = ({ traits, pieces }: EntrywiseDefinition) => ({ traits, pieces, numbers: () => ({}) });

/** The outputs of units, a row each, whose sums are these. */
function outputs(definition: EntrywiseDefinition, Z: readonly (readonly number[])[]): Window {
  const { value } = scalarOf(definition, {});
  const data = Float64Array.from(Z.flatMap((row) => row.map(value)));
  return { rows: Z.length, columns: Z[0].length, stride: Z[0].length, data };
}

describe("shares of units that do not learn", () => {
  it("count a clipped unit as dead at either end, and one at 0 as alive", () => {
    const Z = [
      [-2, -3, -9],
      [2, 3, 9],
      [-2, 3, 9],
      [0, 0, 0],
      [-2, 0.5, 9],
    ];
    expect(new IdleUnits(curveOf(clipped)).dead(outputs(clipped, Z))).toBe(3 / 5);
    // The last is at an end for two examples of three, and learns from the third.
    expect(new IdleUnits(curveOf(clipped)).saturated(outputs(clipped, Z))).toBe(3 / 5);
  });

  it("count a softsign as saturated beyond |z| = 9 for more than half of the examples", () => {
    const Z = [
      [-9.5, 10, 0],
      [-8.5, 8.5, 8.5],
      [0, 0, 20],
    ];
    expect(new IdleUnits(curveOf(softsign)).saturated(outputs(softsign, Z))).toBe(1 / 3);
  });

  it("count a unit that levels off on one side only where it is there for every example", () => {
    const Z = [
      [-6, -7, -8],
      [-6, -7, 0.1],
      [6, 7, 8],
    ];
    expect(new IdleUnits(curveOf(exponential)).saturated(outputs(exponential, Z))).toBe(1 / 3);
    expect(new IdleUnits(curveOf(exponential)).dead(outputs(exponential, Z))).toBe(0);
  });

  it("see no unit of zero weights as one that does not learn", () => {
    for (const one of [clipped, softsign, exponential]) {
      const A = outputs(one, [[0, 0, 0]]);
      expect([new IdleUnits(curveOf(one)).dead(A), new IdleUnits(curveOf(one)).saturated(A)]).toEqual([0, 0]);
    }
  });
});

const data = { X: Matrix.row([1, 2, 3, 4]), Y: Matrix.row([0, 1, 0, 1]) };

/** A network whose hidden layer has this activation instead of its own, after a run of its own; its sums are X times `scale`. */
async function examined(definition: EntrywiseDefinition, scale: number): Promise<Observations> {
  const model = network({ inputs: 1, layers: [dense(4, "relu"), dense(1, "sigmoid")] });
  const run = await train(model, data, { iterations: 10, learningRate: 1e-6 });
  model.parameters.W1.data.fill(scale);
  const [hidden, output] = model.layers;
  const { traits, pieces } = definition;
  const changed: Network = {
    ...model,
    layers: [{ ...hidden, activation: { ...hidden.activation, traits, pieces } }, output],
    program: {
      ...model.program,
      steps: model.program.steps.map((step) => (step.op === "relu" ? { ...step, operation: definition } : step)),
    },
  };
  const observations = observe({ network: changed, data, run }, true);
  if (observations === undefined) throw new Error("the history has no signals");
  const moments = observations.moments.map((moment) => ({
    ...moment,
    signals: moment.signals.map((layer) => ({ ...layer, saturated: 1 })),
  }));
  return { ...observations, moments };
}

describe("the doctor", () => {
  it("says where the units are saturated, and which start fits", async () => {
    const why = async (definition: EntrywiseDefinition) =>
      saturatedUnits(await examined(definition, 100)).map((finding) => {
        const { why, advice } = findingInWords(finding);
        return [why, advice, finding.patch?.network];
      });
    // Its units are dead, and not said to be saturated too.
    expect(await why(clipped)).toEqual([]);
    expect(await why(softsign)).toEqual([
      [
        "100 % of the units of layer 1 have |z| ≥ 9 for most examples, where their slope is almost 0",
        "normalize the inputs, and start from Xavier",
        { initializer: "xavier" },
      ],
    ]);
    expect(await why(exponential)).toEqual([
      [
        "100 % of the units of layer 1 have z ≤ −5 for every example, where their slope is almost 0",
        "normalize the inputs, and start from LeCun",
        { initializer: "lecun" },
      ],
    ]);
  });

  it("says at which values units are dead, of those that can die", async () => {
    const [finding] = deadUnits(await examined(clipped, 100));
    const { why, advice } = findingInWords(finding);
    expect(why).toContain("4 of 4 units of layer 1 are −1 or 1 for every training example");
    expect(advice).toContain("Xavier initialization");
    for (const one of [clipped, exponential, softsign]) {
      expect(deadUnits(await examined(one, one === clipped ? 0.1 : 100))).toEqual([]);
    }
  });
});
