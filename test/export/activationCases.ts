import { Matrix } from "../../src/array/matrix.js";
import type { RunToExport } from "../../src/export/runToExport.js";
import { dense } from "../../src/network/dense.js";
import { type ActivationSpec, activationNamed, hiddenActivations } from "../../src/ops/names.js";

/** Every activation that a hidden layer may have, and numbers of their own for those that take some. */
export const activations: readonly ActivationSpec[] = [
  ...hiddenActivations,
  { type: "leakyRelu", slope: 0.2 },
  { type: "elu", alpha: 0.5 },
];

/** Activations with parameters. */
const learned = hiddenActivations.filter((name) => activationNamed(name).parameters !== undefined);

const points = { generator: "moons", options: { examples: 60, seed: 4 } } as const;
const curve = {
  X: Matrix.row(Array.from({ length: 40 }, (_, j) => j / 10 - 2)),
  Y: Matrix.from([
    Array.from({ length: 40 }, (_, j) => (j / 20 - 1) ** 2),
    Array.from({ length: 40 }, (_, j) => 0.5 - j / 40),
  ]),
};

/** Runs that have every activation, hidden and at the output. */
export const activationCases: readonly (readonly [name: string, run: RunToExport])[] = [
  ...activations.flatMap((activation): [string, RunToExport][] => {
    const name = JSON.stringify(activation);
    return [
      [
        `hidden layers with ${name}`,
        {
          network: { inputs: 2, seed: 3, layers: [dense(6, activation), dense(4, activation), dense(1, "sigmoid")] },
          training: { optimizer: "gradientDescent", learningRate: 0.1, iterations: 60, recordEvery: 10 },
          data: points,
        },
      ],
      [
        `an output with ${name}`,
        {
          network: {
            inputs: 1,
            layers: [dense(4, "tanh"), dense(2, activation)],
            loss: "meanSquaredError",
            dtype: "float32",
            seed: 1,
          },
          training: { optimizer: "gradientDescent", learningRate: 0.1, iterations: 30, recordEvery: 10 },
          data: curve,
        },
      ],
    ];
  }),
  ...learned.flatMap((activation): [string, RunToExport][] => [
    [
      `what ${activation} learns, with all that acts on weights alone`,
      {
        network: { inputs: 2, seed: 3, layers: [dense(6, activation), dense(4, activation), dense(1, "sigmoid")] },
        training: {
          optimizer: { type: "adam", weightDecay: 0.1 },
          epochs: 10,
          batchSize: 16,
          l2: 0.5,
          keep: 0.9,
          classWeight: "balanced",
        },
        data: points,
      },
    ],
    [
      `what ${activation} learns in the second layer alone`,
      {
        network: { inputs: 2, seed: 3, layers: [dense(6, "relu"), dense(4, activation), dense(1, "sigmoid")] },
        training: { optimizer: "momentum", iterations: 50, recordEvery: 10 },
        data: points,
      },
    ],
  ]),
];
