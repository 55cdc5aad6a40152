import { describe, expect, it } from "vitest";
import { drawOperations } from "../../../calibration/gradcheck/operations.js";
import { Matrix } from "../../../src/array/matrix.js";
import { checkNetwork } from "../../../src/gradcheck/network/checkNetwork.js";
import { backward } from "../../../src/network/backward.js";
import { batchNorm } from "../../../src/network/batchNorm.js";
import { dense } from "../../../src/network/dense.js";
import { forward } from "../../../src/network/forward.js";
import { network } from "../../../src/network/network.js";
import { RandomState } from "../../../src/random/randomState.js";
import { targetsFor } from "../../problems.js";

// Both errors have the slope −τ here, and softmax's outputs the sum 1: whatever the parameters, the cost stays the same.
describe("a gradient in float32 that is 0 as a whole but for rounding", () => {
  const problem = (seed: number) => {
    const random = new RandomState(seed);
    const layers = [dense(5, "gelu"), dense(2, "softmax")] as const;
    const model = network({ inputs: 2, layers, loss: "quantile", initializer: "xavier", dtype: "float32", seed });
    // Targets above every output: all errors are negative.
    const data = { X: random.randn(2, 1), Y: random.uniform(1.5, 2, 2, 1) };
    return { model, data };
  };

  it("is not called wrong", async () => {
    for (let seed = 0; seed < 8; seed++) {
      const { model, data } = problem(seed);
      const report = await checkNetwork(model, data, { seed });
      expect([seed, report.verdict], String(report)).toEqual([seed, "correct"]);
    }
  });

  it("is called wrong where it is off by more", async () => {
    const { model, data } = problem(1);
    const { blocks } = await checkNetwork(model, data, {
      gradients: (at, step) => {
        const { gradients } = backward(at, forward(at, step.X, step).cache, step.Y, step);
        const dW2 = gradients.dW2.as("float64");
        dW2.set(0, 0, dW2.get(0, 0) + 1e-4);
        return { ...gradients, dW2 };
      },
    });
    expect(blocks.filter(({ verdict }) => verdict === "wrong").map(({ name }) => name)).toEqual(["W2"]);
  });
});

// Over two examples batch norm gives ±1 whatever it is given: what lies below it changes nothing, and has a gradient of 0.
describe("a gradient in float32 that batch norm over two examples makes 0", () => {
  const problem = (seed: number) => {
    const random = new RandomState(seed);
    const layers = [dense(4, "hardSigmoid"), batchNorm(), dense(5, "silu"), dense(2, "softmax")] as const;
    const model = network({ inputs: 1, layers, initializer: "glorot", dtype: "float32", seed });
    const data = { X: random.randn(1, 2), Y: targetsFor(model.loss.name, 2, 2, random) };
    return { model, data };
  };

  it("is not called wrong", async () => {
    for (let seed = 0; seed < 3; seed++) {
      const { model, data } = problem(seed);
      const report = await checkNetwork(model, data, { l1: 0.3, l2: 0.1, seed });
      expect([seed, report.verdict], String(report)).not.toEqual([seed, "wrong"]);
    }
    // Where the readable pass in float32 happens to round nothing, and the engine does.
    const { model, data, options } = drawOperations(3, 1784);
    const report = await checkNetwork(model, data, options);
    expect(report.verdict, String(report)).toBe("correct");
  });

  it("is called wrong where it is claimed to be more", async () => {
    const { model, data } = problem(1);
    const { blocks } = await checkNetwork(model, data, {
      gradients: (at, step) => {
        const { gradients } = backward(at, forward(at, step.X, step).cache, step.Y, step);
        return { ...gradients, db1: Matrix.from([[0.01], [0.02], [0.03], [0.04]]) };
      },
    });
    expect(blocks.filter(({ verdict }) => verdict === "wrong").map(({ name }) => name)).toEqual(["b1"]);
  });
});
