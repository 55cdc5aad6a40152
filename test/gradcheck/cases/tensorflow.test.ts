import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-core/dist/register_all_gradients.js";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { checkGradientsAsync } from "../../../src/gradcheck/checkGradients.js";

/** y = x · sigmoid(x), with its derivative written by hand for `tf.customGrad`, as one does to save memory. */
function swish(derivative: (x: tf.Tensor, s: tf.Tensor) => tf.Tensor) {
  return tf.customGrad((input, save) => {
    const x = input as tf.Tensor;
    (save as tf.GradSaveFunc)([x]);
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]): tf.Tensor => {
      const s = tf.sigmoid(saved[0]);
      return tf.mul(dy, derivative(saved[0], s));
    };
    return { value: tf.mul(x, tf.sigmoid(x)), gradFunc };
  });
}

const right = swish((x, s) => tf.add(s, tf.mul(x, tf.mul(s, tf.sub(1, s)))));
/** The term of the product rule that is so easily forgotten. */
const forgotten = swish((_, s) => s);

interface Parameters {
  W: Float32Array;
  b: Float32Array;
}

/** TensorFlow.js computes in float32 alone. */
function problem(activation: (x: tf.Tensor) => tf.Tensor) {
  const X = tf.tensor2d([0.3, -1.2, 0.8, 1.5, -0.4, 0.1], [2, 3]);
  const loss = (W: tf.Tensor, b: tf.Tensor): tf.Scalar =>
    tf.sum(tf.square(activation(tf.add(tf.matMul(tf.reshape(W, [3, 2]), X), tf.reshape(b, [3, 1])))));
  return {
    parameters: { W: Float32Array.of(0.5, -0.3, 0.8, 0.1, -0.7, 0.4), b: Float32Array.of(0.2, -0.1, 0.3) },
    cost: async ({ W, b }: Parameters): Promise<number> => {
      const value = tf.tidy(() => loss(tf.tensor1d(Float32Array.from(W)), tf.tensor1d(Float32Array.from(b))));
      const [number] = await value.data();
      value.dispose();
      return number;
    },
    gradients: async ({ W, b }: Parameters): Promise<{ dW: Float32Array; db: Float32Array }> => {
      const [dW, db] = tf.grads(loss)([tf.tensor1d(Float32Array.from(W)), tf.tensor1d(Float32Array.from(b))]);
      return { dW: Float32Array.from(await dW.data()), db: Float32Array.from(await db.data()) };
    },
  };
}

describe("a custom gradient of TensorFlow.js", () => {
  beforeAll(async () => {
    await tf.setBackend("cpu");
  });

  it("is found correct in spite of the noise of float32", async () => {
    const report = await checkGradientsAsync(problem(right));
    expect(report.blocks.map(({ name, verdict }) => `${name} ${verdict}`)).toEqual(["W correct", "b correct"]);
  });

  it("is found wrong where a term of the product rule is missing", async () => {
    const report = await checkGradientsAsync(problem(forgotten));
    expect(report.blocks.map(({ name, verdict }) => `${name} ${verdict}`)).toEqual(["W wrong", "b wrong"]);
  });
});
