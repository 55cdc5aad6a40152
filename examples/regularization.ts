/**
 * A network with more freedom than its 200 points deserve: alone it learns the noise, with L2 or dropout it does not.
 */
import { dense, evaluate, network, type TrainingSpec, train } from "gradproof";
import { pitch } from "gradproof/data";

const training = pitch({ seed: 1 });
const test = pitch({ seed: 2 });

const regularizers: Record<string, TrainingSpec> = {
  none: {},
  "L2, λ = 0.7": { l2: 0.7 },
  // Drop the line `dropoutReseed` for real dropout: it repeats the same masks at every step, as the reference does.
  "dropout, keep 0.86": { keep: 0.86, dropoutReseed: 1 },
};

export const accuracies: Record<string, { train: number; test: number }> = {};

for (const [name, regularizer] of Object.entries(regularizers)) {
  const model = network({
    inputs: 2,
    layers: [dense(20, "relu"), dense(3, "relu"), dense(1, "sigmoid")],
    initializer: "xavier",
    seed: 3,
  });
  await train(model, training, {
    optimizer: "gradientDescent",
    learningRate: 0.3,
    iterations: 30_000,
    ...regularizer,
  });
  accuracies[name] = {
    train: evaluate(model, training).accuracy ?? 0,
    test: evaluate(model, test).accuracy ?? 0,
  };
}

console.table(accuracies);
