/**
 * Fifty images of each digit are few: alone they are learned by heart; changed a little in every epoch they are understood.
 */
import { type Augmentation, dense, evaluate, network, train } from "gradproof";
import { digits } from "gradproof/data";

const test = digits({ examples: 2000, seed: 1000 });
const augmentation: Augmentation = {
  height: 28,
  width: 28,
  // Small turns, shifts of up to 2 pixels, a hand that trembles. No flip: a mirrored 2 is no digit.
  steps: ["rotation", "shift", "elastic"],
};

export const accuracies: Record<string, { train: number; test: number }> = {};

for (const [name, extra] of Object.entries({ none: {}, augmentation: { augmentation } })) {
  for (const seed of [1, 2, 3, 4, 5]) {
    const training = digits({ examples: 500, seed });
    const model = network({
      inputs: 784,
      layers: [dense(64, "relu"), dense(10, "softmax")],
      initializer: "he",
      seed,
    });
    await train(model, training, { epochs: 30, batchSize: 50, learningRate: 0.002, seed, ...extra });
    accuracies[`${name}, seed ${seed}`] = {
      train: evaluate(model, training).accuracy ?? 0,
      test: evaluate(model, test).accuracy ?? 0,
    };
  }
}

console.table(accuracies);
