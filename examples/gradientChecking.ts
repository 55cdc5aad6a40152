/**
 * Is this backward pass right? Compare every entry of its gradient with a difference quotient of the cost, then plant two
 * bugs and see both of them named.
 */
import { backward, blockVerdicts, cost, dense, forward, Matrix, network, networkWith, textbookCheck } from "gradproof";

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

const J = (theta: Float64Array): number => {
  const moved = networkWith(model.spec, theta);
  return cost(moved, forward(moved, X), Y).cost;
};
const blocks = model.layout.map(({ name, offset, rows, columns }) => ({ name, offset, length: rows * columns }));

function wrongBlocks(dTheta: ArrayLike<number>): string[] {
  const { difference, approximation } = textbookCheck(J, model.theta, dTheta);
  console.log(`difference ${difference.toExponential(2)}`);
  const verdicts = blockVerdicts(blocks, dTheta, approximation, J(Float64Array.from(model.theta)));
  return verdicts.filter(({ verdict }) => verdict === "wrong").map(({ name }) => name);
}

const { dTheta, gradients } = backward(model, forward(model, X).cache, Y);
export const ofCorrect = wrongBlocks(dTheta);
console.log("correct backward pass, wrong blocks:", ofCorrect);

for (let k = 0; k < gradients.dW2.data.length; k++) gradients.dW2.data[k] *= 2;
for (let k = 0; k < gradients.db1.data.length; k++) gradients.db1.data[k] *= 4;
export const ofPlanted = wrongBlocks(dTheta);
console.log("with two planted bugs, wrong blocks:", ofPlanted);
