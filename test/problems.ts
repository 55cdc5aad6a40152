import { Matrix } from "../src/array/matrix.js";
import type { Dataset } from "../src/data/dataset.js";
import { activation } from "../src/network/activationLayer.js";
import { batchNorm } from "../src/network/batchNorm.js";
import { concatenation } from "../src/network/concatenation.js";
import { dense } from "../src/network/dense.js";
import { dropout } from "../src/network/dropout.js";
import { layerNorm } from "../src/network/layerNorm.js";
import { members } from "../src/network/members.js";
import { lossIn, network } from "../src/network/network.js";
import type { DropoutMasks } from "../src/network/passOptions.js";
import type { Program } from "../src/network/program.js";
import { residual } from "../src/network/residual.js";
import { scaling } from "../src/network/scaling.js";
import type { LayerSpec, NetworkSpec } from "../src/network/spec.js";
import { layers } from "../src/ops/generated/layers.js";
import { losses } from "../src/ops/generated/losses.js";
import type { LayerDefinition } from "../src/ops/layer/layer.js";
import type { LossDefinition } from "../src/ops/loss/loss.js";
import { type ActivationName, type LossName, type LossSpec, names } from "../src/ops/names.js";
import type { RandomState } from "../src/random/randomState.js";

/**
 * Every loss, as it is by default and with other numbers, with the output activation it is made for; where any will do, with
 * one that mixes its inputs and one that keeps them.
 */
export const heads: readonly (readonly [ActivationName, LossSpec])[] = names.losses.flatMap((name) => {
  const { activation } = lossIn(name);
  const made = names.activations.filter((one) => one === activation);
  return (made.length > 0 ? made : (["softmax", "linear"] as const)).flatMap((one) =>
    [name, ...withOtherNumbers(name)].map((loss) => [one, loss] as const),
  );
});

/** A loss with none of its numbers as by default; nothing where it takes none. */
function withOtherNumbers(name: LossName): LossSpec[] {
  const numbers = Object.entries(lossIn(name).options).map(([key, value]) => [key, value === 0 ? 0.1 : value / 2]);
  return numbers.length === 0 ? [] : [{ type: name, ...Object.fromEntries(numbers) } as LossSpec];
}

/** Targets that a loss accepts, outputs × examples: labels that alternate, one-hot columns, counts, or normal numbers. */
export function targetsFor(loss: LossSpec, outputs: number, examples: number, random: RandomState): Matrix {
  const { task, targets } = lossIn(loss);
  if (task === "regression") {
    const numbers = random.randn(outputs, examples);
    if (targets === "counts")
      for (const [k, y] of numbers.data.entries()) numbers.data[k] = Math.round(Math.abs(2 * y));
    return numbers;
  }
  const Y = Matrix.zeros(outputs, examples);
  for (let j = 0; j < examples; j++) {
    if (task === "multiclass") Y.set(j % outputs, j, 1);
    else for (let i = 0; i < outputs; i++) Y.set(i, j, (i + j) % 2);
  }
  return Y;
}

/** Targets moved, where needed, so far that no error a − y lies within 0.001 of a kink of the loss. */
export function awayFromKinks(spec: LossSpec, A: Matrix, Y: Matrix): Matrix {
  const { name, options } = lossIn(spec);
  const definition: LossDefinition = losses[name];
  const kinks = (definition.pieces?.(options) ?? []).flatMap(({ to = Number.POSITIVE_INFINITY }) => [to]);
  const moved = Y.data.map((y, k) => (kinks.some((e) => Math.abs(A.data[k] - y - e) < 1e-3) ? y + 0.01 : y));
  return new Matrix(Y.rows, Y.columns, moved);
}

/** A mask of 0 and 1, rows × examples, each 1 with probability `keep`. */
export function maskOf(rows: number, examples: number, keep: number, random: RandomState): Matrix {
  const D = random.rand(rows, examples);
  for (let k = 0; k < D.data.length; k++) D.data[k] = D.data[k] < keep ? 1 : 0;
  return D;
}

/** The definitions of the layers by type. */
export const layerDefinitions = Object.entries(layers) as unknown as readonly (readonly [
  type: string,
  definition: LayerDefinition<LayerSpec>,
])[];

/** A network that has a layer of some type. */
export interface LayerProblem {
  readonly spec: NetworkSpec;
  /** Where its inputs are codes, how many there are. */
  readonly codes?: number | undefined;
}

/** Networks of which the layers hold each other. */
const nested: readonly (readonly [name: string, layers: readonly LayerSpec[]])[] = [
  [
    "residual blocks, one in the other, with a norm before their activations",
    [
      residual([
        dense(5, "linear"),
        batchNorm(),
        activation("tanh"),
        residual([dropout(0.8), dense(5, "tanh")]),
        dense(3, "linear"),
      ]),
      activation("softplus"),
      dense(2, "sigmoid"),
    ],
  ],
  [
    "branches in branches, and with blocks of their own",
    [
      concatenation([
        { rows: [1, 4], layers: [residual([dense(2, "tanh")]), scaling()] },
        { name: "all", layers: [concatenation([{ rows: [0, 2] }, { rows: [2, 3], layers: [dense(2, "sigmoid")] }])] },
        { rows: [3, 4] },
      ]),
      layerNorm(),
      residual([concatenation([{ layers: [dense(3, "tanh")] }, { rows: [0, 4] }])]),
      dense(2, "sigmoid"),
    ],
  ],
  [
    "members that share norms, blocks and classes",
    [
      scaling(),
      members(2, [
        dense(4, "linear"),
        batchNorm(),
        activation("tanh"),
        dropout(0.8),
        residual([dense(4, "tanh")]),
        dense(3, "softmax"),
      ]),
    ],
  ],
];

/** Networks that a layer ends which can only be the last. */
function endsOfNetworks(type: string, layer: LayerSpec, inputs: number): [string, LayerProblem][] {
  const spec = { initializer: "xavier", seed: 3 } as const;
  return [
    [`${type} alone`, { spec: { ...spec, inputs, layers: [layer], loss: "meanSquaredError" } }],
    [`${type} after others`, { spec: { ...spec, inputs: 3, layers: [dense(inputs, "tanh"), layer] } }],
  ];
}

/** Every layer of the registry, by its example: on the inputs, between others, twice, and at the end; and layers in layers. */
export const layerProblems: readonly (readonly [name: string, problem: LayerProblem])[] = [
  ...layerDefinitions.flatMap(([type, { example, end }]): [string, LayerProblem][] => {
    const { spec: layer, inputs, codes } = example;
    if (end !== undefined) return endsOfNetworks(type, layer, inputs);
    const ahead = codes === undefined ? [dense(inputs, "tanh")] : [];
    const width = ahead.length > 0 ? 3 : inputs;
    const places: Readonly<Record<string, Omit<NetworkSpec, "inputs">>> = {
      "at the end": { layers: [...ahead, layer], loss: "meanSquaredError" },
      "on the inputs": { layers: [layer, dense(2, "sigmoid")] },
      ...(codes === undefined && {
        "between others": { layers: [...ahead, layer, dense(3, "tanh"), dense(2, "softmax")] },
        twice: { layers: [...ahead, layer, ...ahead, layer, dense(1, "linear")] },
      }),
    };
    return Object.entries(places).map(([place, spec]) => [
      `${type} ${place}`,
      { spec: { inputs: place === "on the inputs" ? inputs : width, initializer: "xavier", seed: 3, ...spec }, codes },
    ]);
  }),
  ...nested.map(([name, layers]): [string, LayerProblem] => [
    name,
    { spec: { inputs: 4, layers, initializer: "xavier", seed: 3 } },
  ]),
];

/** Examples for a network with a layer of some type: normal numbers or codes, and targets of its loss. */
export function examplesFor({ spec, codes }: LayerProblem, examples: number, random: RandomState): Dataset {
  const { program, loss } = network(spec);
  const X = codes === undefined ? random.randn(spec.inputs, examples) : random.rand(spec.inputs, examples);
  if (codes !== undefined) for (let k = 0; k < X.data.length; k++) X.data[k] = Math.floor(codes * X.data[k]);
  return { X, Y: targetsFor(loss.name, program.outputs, examples, random) };
}

/** The probability to keep a unit by site: `keep`, but for codes, which cannot be dropped. */
export function keepFor({ sites, codes }: Program, keep: number): readonly number[] {
  return sites.map((_, site) => (site === 0 && codes.length > 0 ? 1 : keep));
}

/** Masks for every place of a program where units may be dropped. */
export function masksFor(program: Program, examples: number, keep: number, random: RandomState): DropoutMasks {
  return keepFor(program, keep).map((kept, site) =>
    kept < 1 ? { D: maskOf(program.sites[site].rows, examples, kept, random), keep: kept } : undefined,
  );
}
