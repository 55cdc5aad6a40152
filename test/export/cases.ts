import { Matrix } from "../../src/array/matrix.js";
import { blobs } from "../../src/data/generators/blobs.js";
import { Normalizer } from "../../src/data/normalizer.js";
import type { RunToExport } from "../../src/export/runToExport.js";
import { activation } from "../../src/network/activationLayer.js";
import { batchNorm } from "../../src/network/batchNorm.js";
import { concatenation } from "../../src/network/concatenation.js";
import { dense } from "../../src/network/dense.js";
import { layerNorm } from "../../src/network/layerNorm.js";
import { members } from "../../src/network/members.js";
import { network as networkOf } from "../../src/network/network.js";
import { periodic } from "../../src/network/periodic.js";
import { piecewiseLinear } from "../../src/network/piecewiseLinear.js";
import { residual } from "../../src/network/residual.js";
import { choiceText } from "../../src/ops/choiceText.js";
import { activationNumpy } from "../../src/ops/generated/activationNumpy.js";
import { activationPytorch } from "../../src/ops/generated/activationPytorch.js";
import { layerNumpy } from "../../src/ops/generated/layerNumpy.js";
import { layerPytorch } from "../../src/ops/generated/layerPytorch.js";
import { lossTraits } from "../../src/ops/generated/lossTraits.js";
import { structureNumpy } from "../../src/ops/generated/structureNumpy.js";
import { structurePytorch } from "../../src/ops/generated/structurePytorch.js";
import { type InitializerSpec, names } from "../../src/ops/names.js";
import { RandomState } from "../../src/random/randomState.js";
import { examplesFor, heads, layerProblems, targetsFor } from "../problems.js";
import { activationCases } from "./activationCases.js";

const points = { generator: "moons", options: { examples: 60, seed: 4 } } as const;
const others = { generator: "moons", options: { examples: 30, seed: 5 } } as const;
const threeClasses = { generator: "blobs", options: { examples: 60, centers: 3, seed: 1 } } as const;
const layers = [dense(6, "relu"), dense(4, "tanh"), dense(1, "sigmoid")];
const network = { inputs: 2, layers, seed: 3 };
const iterations = 200;

const curve = {
  X: Matrix.from([Array.from({ length: 40 }, (_, j) => j / 20 - 1)]),
  Y: Matrix.from([
    Array.from({ length: 40 }, (_, j) => (j / 20 - 1) ** 2),
    Array.from({ length: 40 }, (_, j) => 0.5 - j / 40),
  ]),
};
const curveNetwork = { inputs: 1, layers: [dense(8, "tanh"), dense(2, "linear")], seed: 1 };

const initializers: readonly InitializerSpec[] = [
  ...names.initializers,
  { type: "he", gain: 1.5 },
  { type: "glorotUniform", gain: 0.5 },
  { type: "normal", scale: 10 },
  { type: "uniform", limit: 0.3 },
  { type: "constant", value: -0.2 },
];

/** Every loss; targets that are numbers lie near and far from the outputs. */
const lossCases = heads.map(([activation, loss]): [string, RunToExport] => [
  `loss ${choiceText(loss, lossTraits)} of ${activation} outputs`,
  {
    network: { inputs: 1, layers: [dense(4, "tanh"), dense(3, activation)], loss, seed: 1 },
    training: { optimizer: "gradientDescent", learningRate: 0.1, iterations: 50, recordEvery: 10 },
    data: { X: curve.X, Y: targetsFor(loss, 3, curve.X.columns, new RandomState(2)) },
  },
]);

/** The same of two members that share weights. */
const memberLossCases = heads.map(([activation, loss]): [string, RunToExport] => {
  const data = { X: curve.X, Y: targetsFor(loss, 3, curve.X.columns, new RandomState(2)) };
  return [
    `loss ${choiceText(loss, lossTraits)} of members' ${activation} outputs`,
    {
      network: { inputs: 1, layers: [members(2, [dense(4, "tanh"), dense(3, activation)])], loss, seed: 1 },
      training: { optimizer: "gradientDescent", learningRate: 0.1, iterations: 30, recordEvery: 10 },
      data,
      validation: data,
    },
  ];
});

/** Every layer, alone and with all that acts on weights and units. */
const layerCases = layerProblems.flatMap(([name, problem]): [string, RunToExport][] => {
  const data = examplesFor(problem, 40, new RandomState(2));
  const { spec } = problem;
  return [
    [
      `layer ${name}`,
      { network: spec, training: { optimizer: "momentum", iterations: 50, recordEvery: 10 }, data, validation: data },
    ],
    [
      `layer ${name}, with dropout, L2 and mini-batches`,
      {
        network: spec,
        training: { optimizer: { type: "adam", weightDecay: 0.1 }, epochs: 8, batchSize: 16, l2: 0.5, keep: 0.9 },
        data,
      },
    ],
  ];
});

/** Every optimizer as it is by default. */
const optimizerCases = names.optimizers.map((optimizer): [string, RunToExport] => [
  `optimizer ${optimizer}`,
  { network, training: { optimizer, iterations: 50, recordEvery: 10 }, data: points },
]);

/** Runs that together have every option a program can have. */
export const cases: readonly (readonly [name: string, run: RunToExport])[] = [
  [
    "the initialization experiment",
    {
      network: {
        inputs: 2,
        layers: [dense(10, "relu"), dense(5, "relu"), dense(1, "sigmoid")],
        initializer: "he",
        seed: 3,
      },
      training: { optimizer: "gradientDescent", learningRate: 0.01, iterations: 500, recordEvery: 100 },
      data: { generator: "circles", options: { examples: 300, noise: 0.05, seed: 1 } },
    },
  ],
  ["the defaults", { network, data: points }],
  ...initializers.map((initializer): [string, RunToExport] => [
    `initializer ${JSON.stringify(initializer)}`,
    {
      network: { ...network, initializer },
      training: { optimizer: "gradientDescent", iterations: 50, recordEvery: 10 },
      data: points,
    },
  ]),
  [
    "an initializer and a bias of a layer's own",
    {
      network: {
        ...network,
        layers: [dense(6, "relu", { initializer: "glorot", bias: 0.1 }), dense(1, "sigmoid", { initializer: "zeros" })],
      },
      training: { iterations },
      data: points,
    },
  ],
  [
    "leaky ReLU, two slopes",
    {
      network: {
        ...network,
        layers: [dense(6, "leakyRelu"), dense(4, { type: "leakyRelu", slope: 0.2 }), dense(1, "sigmoid")],
      },
      training: { iterations },
      data: points,
    },
  ],
  [
    "sigmoid and linear hidden layers",
    {
      network: { ...network, layers: [dense(6, "sigmoid"), dense(4, "linear"), dense(1, "sigmoid")] },
      training: { iterations },
      data: points,
    },
  ],
  ...activationCases,
  ...lossCases,
  ...memberLossCases,
  ...layerCases,
  ...optimizerCases,
  ["one layer", { network: { inputs: 2, layers: [dense(1, "sigmoid")] }, training: { iterations }, data: points }],
  [
    "members that share weights, of weighted classes, on mini-batches",
    {
      network: { inputs: 2, layers: [members(4, [dense(6, "relu"), dense(1, "sigmoid")])], initializer: "glorot" },
      training: {
        iterations,
        batchSize: 16,
        classWeight: "balanced",
        keep: 0.9,
        l2: 0.1,
        earlyStopping: { patience: 5, metric: "rocAuc" },
      },
      data: points,
      validation: others,
    },
  ],
  [
    "softmax",
    {
      network: { inputs: 2, layers: [dense(5, "relu"), dense(3, "softmax")] },
      training: { iterations, classWeight: [1, 2, 0.5] },
      data: threeClasses,
      validation: blobs({ examples: 30, seed: 1 }),
    },
  ],
  [
    "softmax with the mean squared error",
    {
      network: { inputs: 2, layers: [dense(5, "relu"), dense(3, "softmax")], loss: "meanSquaredError" },
      training: { iterations },
      data: threeClasses,
    },
  ],
  [
    "sigmoid with the mean squared error",
    {
      network: { ...network, loss: "meanSquaredError" },
      training: { iterations, classWeight: "balanced" },
      data: points,
    },
  ],
  [
    "several sigmoid outputs",
    {
      network: { inputs: 1, layers: [dense(4, "tanh"), dense(2, "sigmoid")] },
      training: { iterations },
      data: { X: curve.X, Y: Matrix.from(curve.Y.toArray().map((row) => row.map((y) => (y > 0.2 ? 1 : 0)))) },
    },
  ],
  ["a regression", { network: curveNetwork, training: { iterations, optimizer: "momentum" }, data: curve }],
  ["L1", { network, training: { optimizer: "gradientDescent", learningRate: 0.3, iterations, l1: 0.7 }, data: points }],
  [
    "penalties of each layer, which change",
    {
      network,
      training: { epochs: 8, batchSize: 16, l1: [0.5, 0, 0.2], l2: 0.3, changes: [{ iteration: 9, l2: [0, 1, 2] }] },
      data: points,
    },
  ],
  ["L2", { network, training: { optimizer: "gradientDescent", learningRate: 0.3, iterations, l2: 0.7 }, data: points }],
  ["momentum", { network, training: { optimizer: { type: "momentum", momentum: 0.8 }, iterations }, data: points }],
  // PyTorch refuses `nesterov` with a momentum of 0.
  [
    "Nesterov momentum 0",
    { network, training: { optimizer: { type: "nesterov", momentum: 0 }, iterations }, data: points },
  ],
  [
    "RMSprop",
    { network, training: { optimizer: { type: "rmsprop", decay: 0.95, epsilon: 1e-6 }, iterations }, data: points },
  ],
  [
    "Adam",
    {
      network,
      training: { optimizer: { type: "adam", beta1: 0.8, beta2: 0.99, epsilon: 1e-7 }, iterations, l2: 0.1 },
      data: points,
    },
  ],
  ...names.optimizers.map((type): [string, RunToExport] => [
    `optimizer ${type} with weight decay`,
    { network, training: { optimizer: { type, weightDecay: 0.1 }, iterations: 50, recordEvery: 10 }, data: points },
  ]),
  [
    "momentum with weight decay, clipping and a moving average on a schedule",
    {
      network,
      training: {
        optimizer: { type: "momentum", weightDecay: 0.3 },
        learningRate: 0.3,
        schedule: "cosine",
        iterations,
        clipNorm: 0.3,
        average: { type: "ema", decay: 0.8 },
      },
      data: points,
      validation: others,
    },
  ],
  [
    "gradients clipped by norm and value",
    {
      network,
      training: { optimizer: "gradientDescent", learningRate: 0.3, iterations, l2: 0.5, clipNorm: 0.2, clipValue: 0.1 },
      data: points,
    },
  ],
  [
    "clipping that changes on the way",
    {
      network,
      training: {
        iterations,
        recordEvery: 20,
        clipValue: 0.05,
        changes: [
          { iteration: 20, clipNorm: 0.1 },
          { iteration: 40, clipValue: 0.02, clipNorm: 0.05 },
        ],
      },
      data: points,
    },
  ],
  [
    "a moving average of the weights, early stopping on it",
    {
      network,
      training: {
        optimizer: "gradientDescent",
        learningRate: 1,
        iterations: 500,
        recordEvery: 5,
        average: { type: "ema", decay: 0.9 },
        earlyStopping: { patience: 5, minDelta: 0.001, metric: "rocAuc" },
      },
      data: points,
      validation: others,
    },
  ],
  [
    "a moving average of the weights of mini-batches",
    { network, training: { epochs: 20, batchSize: 16, average: "ema" }, data: points, validation: others },
  ],
  [
    "stochastic weight averaging of mini-batches",
    {
      network,
      training: { epochs: 20, batchSize: 16, seed: 7, average: { type: "swa", from: 0.62 } },
      data: points,
      validation: others,
    },
  ],
  [
    "stochastic weight averaging of full batches",
    { network, training: { iterations, average: "swa", l2: 0.1 }, data: points },
  ],
  ["AdamW", { network, training: { optimizer: { type: "adam", weightDecay: 0.1 }, iterations }, data: points }],
  [
    "mini-batches",
    {
      network,
      training: { optimizer: "gradientDescent", epochs: 30, batchSize: 16, seed: 7, l2: 0.5, classWeight: "balanced" },
      data: points,
      validation: others,
    },
  ],
  [
    "mini-batches recorded out of step with the epochs",
    {
      network,
      training: { optimizer: "gradientDescent", iterations: 101, batchSize: 7, seed: 4_294_967_295, recordEvery: 9 },
      data: points,
    },
  ],
  // 700 examples draw more than the 1,024 words of a first helping.
  [
    "mini-batches of many",
    {
      network,
      training: { epochs: 2, batchSize: 100, seed: 1, recordEvery: 1 },
      data: { generator: "moons", options: { examples: 1500, seed: 4 } },
    },
  ],
  [
    "dropout",
    {
      network,
      training: { optimizer: "gradientDescent", learningRate: 0.3, iterations, keep: 0.86, seed: 5 },
      data: points,
    },
  ],
  [
    "dropout, one probability a layer and one of the inputs, with a clean cost",
    {
      network,
      training: { iterations, keep: [0.5, 1], inputKeep: 0.9, recordCleanCost: true, recordEvery: 20, l2: 0.1 },
      data: points,
    },
  ],
  ["dropout of the inputs alone", { network, training: { iterations, inputKeep: 0.7 }, data: points }],
  [
    "dropout on mini-batches with a clean cost",
    {
      network,
      training: { epochs: 20, batchSize: 16, keep: 0.8, recordCleanCost: true, classWeight: "balanced" },
      data: points,
    },
  ],
  [
    "dropout with the masks of the reference",
    {
      network,
      training: {
        optimizer: "gradientDescent",
        learningRate: 0.3,
        iterations,
        keep: 0.86,
        inputKeep: 0.9,
        dropoutReseed: 1,
      },
      data: points,
    },
  ],
  [
    "dropout with the masks of the reference on mini-batches",
    {
      network,
      training: { epochs: 20, batchSize: 16, keep: [0.6, 0.9], dropoutReseed: 1 },
      data: points,
    },
  ],
  [
    "early stopping on the cost",
    {
      network,
      training: {
        optimizer: "gradientDescent",
        learningRate: 1,
        iterations: 2000,
        recordEvery: 5,
        earlyStopping: { patience: 5, minDelta: 0.001 },
      },
      data: points,
      validation: others,
    },
  ],
  [
    "a temperature, after early stopping",
    {
      network,
      training: { iterations: 300, learningRate: 0.03, recordEvery: 10, earlyStopping: { patience: 3 } },
      data: points,
      validation: others,
      temper: true,
    },
  ],
  [
    "a temperature of several classes, of averaged weights in float32",
    {
      network: { inputs: 2, layers: [dense(8, "relu"), dense(3, "softmax")], seed: 2, dtype: "float32" },
      training: { epochs: 10, batchSize: 16, average: "ema" },
      data: threeClasses,
      validation: { generator: "blobs", options: { examples: 40, centers: 3, seed: 2 } },
      temper: true,
    },
  ],
  [
    "no temperature of a regression",
    { network: curveNetwork, training: { iterations: 20 }, data: curve, validation: curve, temper: true },
  ],
  ...(["accuracy", "f1", "rocAuc", "prAuc"] as const).map((metric): [string, RunToExport] => [
    `early stopping on ${metric}`,
    {
      network,
      training: {
        optimizer: "gradientDescent",
        learningRate: 0.3,
        iterations: 500,
        recordEvery: 10,
        earlyStopping: { patience: 4, metric },
      },
      data: points,
      validation: others,
    },
  ]),
  ...(["accuracy", "f1"] as const).map((metric): [string, RunToExport] => [
    `judged at a threshold, watching ${metric} at 0.5`,
    {
      network: { ...network, initializer: "he" },
      training: { iterations: 60, recordEvery: 5, earlyStopping: { patience: 4, metric } },
      data: points,
      validation: others,
      threshold: 1 / 21,
    },
  ]),
  ...(["accuracy", "f1"] as const).map((metric): [string, RunToExport] => [
    `early stopping on ${metric} of several classes`,
    {
      network: { inputs: 2, layers: [dense(5, "relu"), dense(3, "softmax")] },
      training: {
        optimizer: "gradientDescent",
        iterations: 300,
        recordEvery: 10,
        earlyStopping: { patience: 4, metric, minDelta: 0.01 },
      },
      data: threeClasses,
      validation: threeClasses,
    },
  ]),
  ...(["mse", "r2"] as const).map((metric): [string, RunToExport] => [
    `early stopping on ${metric}`,
    {
      network: curveNetwork,
      training: { iterations: 100, recordEvery: 5, earlyStopping: { patience: 3, metric } },
      data: curve,
      validation: curve,
    },
  ]),
  [
    "changes of everything on the way",
    {
      network,
      training: {
        optimizer: "gradientDescent",
        learningRate: 0.3,
        iterations,
        recordEvery: 10,
        changes: [
          { iteration: 0, l2: 0.2 },
          { iteration: 50, learningRate: 0.1, keep: [0.8, 1] },
          { iteration: 75, inputKeep: 0.9 },
          { iteration: 150, l2: 0, keep: 1, inputKeep: 1 },
        ],
      },
      data: points,
    },
  ],
  ...names.schedules.flatMap((type): [string, RunToExport][] => [
    [
      `the schedule ${type}`,
      { network, training: { learningRate: 0.05, iterations: 100, recordEvery: 5, schedule: type }, data: points },
    ],
    [
      `the schedule ${type} with a warm-up, batches and a change`,
      {
        network,
        training: {
          optimizer: "momentum",
          learningRate: 0.5,
          iterations: 60,
          batchSize: 16,
          schedule: { type, warmup: 0.2 },
          changes: [{ iteration: 30, learningRate: 0.2 }],
        },
        data: points,
      },
    ],
  ]),
  ...(["cost", "accuracy"] as const).map((metric): [string, RunToExport] => [
    `a plateau of the validation's ${metric}`,
    {
      network,
      training: {
        learningRate: 0.05,
        iterations: 120,
        recordEvery: 4,
        schedule: { type: "reduceOnPlateau", patience: 1, factor: 0.5, cooldown: 1, end: 0.1 },
        earlyStopping: { patience: 20, metric },
      },
      data: points,
      validation: others,
    },
  ]),
  [
    "schedules of λ and dropout, with changes",
    {
      network,
      training: {
        iterations: 100,
        recordEvery: 10,
        schedule: { type: "oneCycle", start: 0.1, end: 0.01 },
        l2: 0.5,
        l2Schedule: "linear",
        keep: 0.7,
        inputKeep: 0.9,
        keepSchedule: { type: "step", every: 0.4, factor: 0.5, warmup: 0.1 },
        changes: [{ iteration: 40, l2: 1, keep: 0.6 }],
      },
      data: points,
    },
  ],
  ...(["adam", "momentum"] as const).map((type): [string, RunToExport] => [
    `schedules of weight decay and learning rate: ${type}`,
    {
      network,
      training: {
        optimizer: { type, weightDecay: 0.3 },
        learningRate: 0.1,
        iterations: 80,
        recordEvery: 10,
        schedule: "cosine",
        weightDecaySchedule: { type: "linear", end: 0.2, warmup: 0.1 },
      },
      data: points,
    },
  ]),
  [
    "dropout of the reference that grows",
    {
      network,
      training: { iterations: 60, keep: 0.8, dropoutReseed: 1, keepSchedule: { type: "constant", warmup: 0.5 } },
      data: points,
    },
  ],
  [
    "changes with the masks of the reference",
    {
      network,
      training: {
        iterations: 100,
        dropoutReseed: 1,
        keep: [1, 0.8],
        changes: [
          { iteration: 50, keep: [0.8, 1] },
          { iteration: 60, keep: [0.7, 0.7] },
        ],
      },
      data: points,
    },
  ],
  [
    "norms behind a normalizer, and layers of several types that share an operation",
    {
      network: {
        inputs: 2,
        layers: [
          concatenation([
            { rows: [0, 1], layers: [periodic({ frequencies: 2, dimension: 3 })] },
            { rows: [1, 2], layers: [piecewiseLinear([[-1, 0, 1]], { dimension: 2 })] },
          ]),
          dense(4, "prelu"),
          batchNorm(),
          activation("prelu"),
          layerNorm(),
          residual([dense(4, "prelu")]),
          dense(1, "sigmoid"),
        ],
        seed: 1,
      },
      training: { optimizer: "momentum", iterations: 30, recordEvery: 10 },
      data: points,
      normalizer: Normalizer.fromJSON({ mean: [0.5, 0.25], variance: [0.75, 0.25] }),
    },
  ],
  [
    "a normalizer",
    {
      network,
      training: { iterations },
      data: points,
      validation: others,
      normalizer: Normalizer.fromJSON({ mean: [0.5, -1], variance: [4, 0] }),
    },
  ],
  [
    "float32",
    {
      network: { ...network, dtype: "float32" },
      training: { iterations: 100, batchSize: 20, keep: 0.9, l2: 0.1, classWeight: "balanced" },
      data: points,
      validation: others,
      normalizer: Normalizer.fromJSON({ mean: [0.5, 0], variance: [1, 0.25] }),
    },
  ],
  [
    "softmax in float32",
    {
      network: { inputs: 2, layers: [dense(5, "leakyRelu"), dense(3, "softmax")], dtype: "float32" },
      training: { optimizer: "gradientDescent", iterations: 100 },
      data: threeClasses,
    },
  ],
  [
    "twelve layers",
    {
      network: {
        inputs: 2,
        layers: [...Array.from({ length: 11 }, () => dense(4, "tanh")), dense(1, "sigmoid")],
        initializer: "xavier",
        seed: 2,
      },
      training: { iterations: 50, l2: 0.1, keep: 0.95 },
      data: points,
    },
  ],
];

/** The runs of which every operation has a text in a language. */
export function casesIn(language: "numpy" | "pytorch"): typeof cases {
  const texts = {
    numpy: { ...activationNumpy, ...layerNumpy, ...structureNumpy },
    pytorch: { ...activationPytorch, ...layerPytorch, ...structurePytorch },
  }[language];
  return cases.filter(([, run]) =>
    networkOf(run.network).program.steps.every(({ op, site }) => site !== undefined || Object.hasOwn(texts, op)),
  );
}
