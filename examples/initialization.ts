/**
 * How a network starts decides whether it learns: one network, two noisy circles, four starts.
 *
 * Zeros never breaks the symmetry, large random weights start from an enormous cost, He and Xavier learn.
 */
import { dense, evaluate, type InitializerSpec, network, train } from "gradproof";
import { circles } from "gradproof/data";

const training = circles({ examples: 300, noise: 0.05, seed: 1 });
const test = circles({ examples: 100, noise: 0.05, seed: 2 });

const starts: Record<string, InitializerSpec> = {
  zeros: "zeros",
  "random × 10": { type: "normal", scale: 10 },
  He: "he",
  Xavier: "xavier",
};

export const accuracies: Record<string, { train: number; test: number }> = {};

for (const [name, initializer] of Object.entries(starts)) {
  const model = network({
    inputs: 2,
    layers: [dense(10, "relu"), dense(5, "relu"), dense(1, "sigmoid")],
    initializer,
    seed: 3,
  });
  await train(model, training, { optimizer: "gradientDescent", learningRate: 0.01, iterations: 15_000 });
  accuracies[name] = {
    train: evaluate(model, training).accuracy ?? 0,
    test: evaluate(model, test).accuracy ?? 0,
  };
}

console.table(accuracies);
