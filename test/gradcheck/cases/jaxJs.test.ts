import { defaultDevice, grad, init, lax, nn, numpy as np } from "@jax-js/jax";
import { beforeAll, describe, expect, it } from "vitest";
import { checkGradientsAsync } from "../../../src/gradcheck/checkGradients.js";

/**
 * A custom gradient in jax-js, which has no custom_vjp: the value of f with the derivative of g is
 * `g(x) + stopGradient(f(x) − g(x))`. Arrays are consumed by what uses them; `.ref` keeps one for another use.
 */
function withGradientOf(f: (x: np.Array) => np.Array, g: (x: np.Array) => np.Array): (x: np.Array) => np.Array {
  return (x) => {
    const surrogate = g(x.ref);
    return surrogate.ref.add(lax.stopGradient(f(x).sub(surrogate)));
  };
}

/** The derivative of tanh, by another road; and that of a straight line, which is wrong. */
const smooth = withGradientOf(np.tanh, (x) => nn.sigmoid(x.mul(2)).mul(2).sub(1)); // tanh x = 2 σ(2x) − 1
const straightThrough = withGradientOf(np.tanh, (x) => x);

function problem(activation: (x: np.Array) => np.Array) {
  const loss = (w: np.Array): np.Array =>
    np.sum(
      np.square(
        activation(
          np.matmul(
            np.array([
              [0.3, -1.2],
              [0.8, 1.5],
              [-0.4, 0.1],
            ]),
            w,
          ),
        ),
      ),
    );
  const gradient = grad(loss);
  return {
    parameters: { w: Float32Array.of(0.5, -0.3) },
    cost: async ({ w }: { w: Float32Array }): Promise<number> => (await loss(np.array([...w])).data())[0],
    gradients: async ({ w }: { w: Float32Array }): Promise<{ dw: Float32Array }> => ({
      dw: Float32Array.from(await gradient(np.array([...w])).data()),
    }),
  };
}

describe("a custom gradient of jax-js", () => {
  beforeAll(async () => {
    await init("cpu");
    defaultDevice("cpu");
  });

  it("is found correct in spite of the noise of float32", async () => {
    expect((await checkGradientsAsync(problem(smooth))).verdict).toBe("correct");
  });

  it("is found wrong where it is a straight-through estimate", async () => {
    expect((await checkGradientsAsync(problem(straightThrough))).verdict).toBe("wrong");
  });
});
