/**
 * Is this backward pass right? Hold its gradient against slopes of the cost, then plant two bugs and see both of them
 * named.
 */
import { backward, checkGradients, cost, dense, forward, Matrix, network, networkWith } from "gradproof";

const model = network({
  inputs: 4,
  layers: [dense(5, "relu"), dense(3, "relu"), dense(1, "sigmoid")],
  initializer: { type: "normal", scale: 1 },
  seed: 1,
});
const X = Matrix.from([
  [1.6, -0.6, -0.5],
  [-1.1, 0.9, -2.3],
  [1.7, -0.8, 0.3],
  [-0.2, 1.5, -2.1],
]); // features × examples
const Y = Matrix.row([1, 1, 0]);

type Parameters = Record<string, Matrix>;
const parameters: Parameters = Object.fromEntries(
  model.layers.flatMap(({ W, b }, i) => [
    [`W${i + 1}`, W],
    [`b${i + 1}`, b],
  ]),
);
const networkOf = (p: Parameters) =>
  networkWith(model.spec, Float64Array.from(Object.values(p).flatMap(({ data }) => [...data])));
const J = (p: Parameters) => cost(networkOf(p), forward(networkOf(p), X), Y).cost;
const gradients = (p: Parameters) => backward(networkOf(p), forward(networkOf(p), X).cache, Y).gradients;
const withBugs = (p: Parameters) => {
  const right = gradients(p);
  const times = (factor: number, A: Matrix) => Matrix.from(A.toArray().map((row) => row.map((a) => factor * a)));
  return { ...right, dW2: times(2, right.dW2), db1: times(4, right.db1) };
};

export const ofCorrect = checkGradients({ parameters, cost: J, gradients });
console.log(`${ofCorrect}\n`);
export const ofPlanted = checkGradients({ parameters, cost: J, gradients: withBugs });
console.log(String(ofPlanted));
