import { describe, expect, it } from "vitest";
import { Matrix } from "../../src/array/matrix.js";
import { predictMembers } from "../../src/engine/predictMembers.js";
import { dense } from "../../src/network/dense.js";
import { network, networkWith } from "../../src/network/network.js";
import { RandomState } from "../../src/random/randomState.js";
import { evaluate } from "../../src/training/evaluate.js";
import { evaluateMembers } from "../../src/training/evaluateMembers.js";
import { heads, targetsFor } from "../problems.js";

const X = Matrix.from([[-2, -0.5, 0.25, 1, 3]]);

describe("evaluateMembers()", () => {
  it("takes the cost of the mean probability, worked by hand", () => {
    // σ(0) = 0.5 and σ(ln 3) = 0.75: their mean is 0.625.
    const models = [0, Math.log(3)].map((bias) =>
      networkWith({ inputs: 1, layers: [dense(1, "sigmoid")] }, Float64Array.of(0, bias)),
    );
    const data = { X: Matrix.row([1, 2]), Y: Matrix.row([1, 0]) };
    const { cost, accuracy } = evaluateMembers(models, data);
    expect(cost).toBeCloseTo((-Math.log(0.625) - Math.log(0.375)) / 2, 15);
    expect(accuracy).toBe(0.5);
  });

  it.each(heads)("of copies of one network is what the network has alone: %s, %j", (activation, loss) => {
    const one = network({ inputs: 1, layers: [dense(4, "tanh"), dense(3, activation)], loss, seed: 2 });
    const data = { X, Y: targetsFor(loss, 3, X.columns, new RandomState(2)) };
    const alone = evaluate(one, data);
    const together = evaluateMembers([one, networkWith(one.spec, one.theta.slice())], data);
    expect(Object.keys(together)).toEqual(Object.keys(alone));
    for (const [name, value] of Object.entries(alone)) {
      expect(together[name as keyof typeof together], name).toBeCloseTo(value, 12);
    }
    expect(evaluateMembers([one], data)).toEqual(alone);
  });

  it.each(["float64", "float32"] as const)("stays finite where all members are sure and wrong, in %s", (dtype) => {
    const spec = { inputs: 1, layers: [dense(1, "sigmoid")], dtype } as const;
    const sure = (sign: number) =>
      networkWith(spec, dtype === "float64" ? Float64Array.of(0, 900 * sign) : Float32Array.of(0, 900 * sign));
    const data = { X: Matrix.row([1, 2]).as(dtype), Y: Matrix.row([1, 0]).as(dtype) };
    expect(predictMembers([sure(1), sure(1)], data.X).mean.toArray()).toEqual([[1, 1]]);
    // −ln 2⁻⁵³, for one of two examples.
    expect(evaluateMembers([sure(1), sure(1)], data).cost).toBeCloseTo((53 * Math.LN2) / 2, 10);
    // Those that contradict each other say one half.
    expect(evaluateMembers([sure(1), sure(-1)], data).cost).toBeCloseTo(Math.LN2, 10);
  });

  it("refuses what cannot be judged", () => {
    const one = network({ inputs: 1, layers: [dense(1, "sigmoid")] });
    const data = { X: Matrix.row([1]), Y: Matrix.row([1]) };
    expect(() => evaluateMembers([], data)).toThrow("there are no networks; give one at least");
    const wide = network({ inputs: 2, layers: [dense(1, "sigmoid")] });
    expect(() => evaluateMembers([one, wide], data)).toThrow("the network takes 2 features");
  });
});
