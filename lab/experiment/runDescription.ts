import { type ActivationName, dense, type InitializerSpec, type NetworkSpec, type TrainingSpec } from "gradproof";

/** A network and its training in the few words that tell one run from another; the data decide on the rest. */
export interface RunDescription {
  /** Units of the hidden layers. */
  readonly hidden: readonly number[];
  /** Of the hidden layers. Default ReLU. */
  readonly activation?: ActivationName;
  /** Default He. */
  readonly initializer?: InitializerSpec;
  /** Activation of the output layer. Default sigmoid for one output, softmax for several. */
  readonly output?: ActivationName;
  /** Value every hidden bias starts from. Default 0. */
  readonly bias?: number;
  readonly training: TrainingSpec;
}

/** The network that is described, for so many features and outputs. */
export function describedNetwork(
  { hidden, activation = "relu", initializer = "he", output, bias }: RunDescription,
  inputs: number,
  outputs: number,
  seed: number,
): NetworkSpec {
  return {
    inputs,
    layers: [
      ...hidden.map((units) => dense(units, activation, bias === undefined ? {} : { bias })),
      dense(outputs, output ?? (outputs === 1 ? "sigmoid" : "softmax")),
    ],
    initializer,
    seed,
  };
}

/** Gradient descent over all examples at once. */
export const descent = (learningRate: number, iterations: number): TrainingSpec => ({
  optimizer: "gradientDescent",
  learningRate,
  iterations,
});

export const adam = (epochs: number, batchSize = 16): TrainingSpec => ({
  optimizer: "adam",
  learningRate: 0.01,
  epochs,
  batchSize,
});
