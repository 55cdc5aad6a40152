import {
  activation,
  batchNorm,
  concatenation,
  type Dataset,
  dense,
  dropout,
  embedding,
  type LayerSpec,
  type LossSpec,
  layerNorm,
  Matrix,
  type Network,
  network,
  periodic,
  piecewiseLinear,
  residual,
  scaling,
  type TrainingSpec,
  type TrainOptions,
} from "gradproof";
import { blobs, circles, moons } from "gradproof/data";
import {
  activationNamed,
  averageVocabulary,
  hiddenActivations,
  lossVocabulary,
  namesOf,
  optimizerVocabulary,
  scheduleVocabulary,
} from "gradproof/ops";
import { RandomStream } from "gradproof/random";

/** A run that is healthy, drawn from all that a run may be made of. */
export interface DrawnRun {
  readonly network: Network;
  readonly data: Dataset;
  readonly options: TrainOptions;
  /** What it is made of, for the table of results. */
  readonly parts: readonly string[];
}

/** A learning rate at which each optimizer learns these tasks. */
const learningRates = {
  adam: 0.01,
  nadam: 0.01,
  rmsprop: 0.005,
  lion: 0.002,
  adagrad: 0.05,
  gradientDescent: 0.03,
  momentum: 0.03,
  nesterov: 0.03,
} as const;

/** Those whose steps are as long as the gradient; those of the others have a length of their own. */
const proportional: readonly string[] = [
  "gradientDescent",
  "momentum",
  "nesterov",
] satisfies (keyof typeof learningRates)[];

const losses = namesOf(lossVocabulary.operations);
/** All but the hard sigmoid: with its slope of 1/6 it may be too slow to learn, which is no alarm. */
const hidden = hiddenActivations.filter((name) => name !== "hardSigmoid");
const optimizers = namesOf(optimizerVocabulary.operations);
const schedules = namesOf(scheduleVocabulary.operations).filter((name) => name !== "constant");
const averages = namesOf(averageVocabulary.operations);

/** The run of an index: in turn every loss, optimizer, schedule, average and hidden activation. */
export function drawHealthy(seed: number, index: number): DrawnRun {
  const random = new RandomStream(seed, "data", 3, index);
  const pick = <Value>(values: readonly Value[]): Value => values[Math.floor(values.length * random.random())];
  const chance = (p: number): boolean => random.random() < p;
  const name = losses[index % losses.length];
  const optimizer = optimizers[index % optimizers.length];
  const g = hidden[index % hidden.length];
  const traits = lossVocabulary.operations[name];
  const { task } = traits;
  const smoothing = "smoothing" in lossVocabulary.operations[name].options && chance(0.5);
  const loss = (smoothing ? { type: name, smoothing: pick([0.1, 0.3]) } : name) as LossSpec;

  const kind = pick(kinds);
  const data = examplesOf(task, "targets" in traits, kind, index, random);
  const outputs = data.Y.rows;
  const norm = pick([undefined, batchNorm(), layerNorm(), scaling()]);
  const normalizes = norm?.type === "batchNorm" || norm?.type === "layerNorm";
  const units = pick([12, 16, 24]);
  const layer = (own = units): LayerSpec[] =>
    norm === undefined ? [dense(own, g)] : [dense(own, "linear"), norm, activation(g)];
  const bodies: Readonly<Record<string, () => LayerSpec[]>> = {
    plain: () => [...layer(), ...layer()],
    residual: () => [...layer(), residual([...layer(), dense(units, "linear")]), activation(g)],
    "four residual blocks": () => [
      ...layer(),
      ...Array.from({ length: 4 }, () => residual([...layer(), dense(units, "linear")])),
      ...(norm === undefined ? [] : [norm, activation(g)]),
    ],
    branches: () => [concatenation([{ layers: layer(8) }, { layers: layer(8) }, {}]), ...layer()],
    dropout: () => [...layer(32), dropout(0.9), ...layer(32), dropout(0.8)],
  };
  // Many blocks without a norm let signals grow, which is no healthy network.
  const body = pick(Object.keys(bodies).filter((one) => one !== "four residual blocks" || normalizes));
  const front = kind === "codes" ? [embedding([6, 4], 4)] : kind === "encoded" ? [encoderOf(data, random)] : [];
  const output = "activation" in traits ? traits.activation : "linear";
  const model = network({
    inputs: data.X.rows,
    layers: [...front, ...bodies[body](), dense(outputs, output)],
    loss,
    initializer: activationNamed(g).traits.initializer,
    seed: index,
  });
  const schedule = chance(0.5) ? pick(schedules) : undefined;
  const average = chance(0.3) ? pick(averages) : undefined;
  const penalty = chance(0.3) ? pick(["l1", "l2"] as const) : undefined;
  // Slopes of squares and of counts know no bound, nor do steps that are proportional to them: such a run is clipped.
  const mayRunAway = proportional.includes(optimizer) && (name === "meanSquaredError" || name === "poisson");
  const training: TrainingSpec = {
    optimizer: chance(0.3) ? { type: optimizer, weightDecay: 0.01 } : optimizer,
    learningRate: learningRates[optimizer],
    epochs: 60,
    batchSize: 20,
    seed: index,
    ...(schedule && {
      schedule: chance(0.3) && schedule !== "oneCycle" ? { type: schedule, warmup: 0.2 } : schedule,
    }),
    ...(average && { average }),
    ...(penalty && { [penalty]: penalty === "l1" ? 0.02 : 0.3 }),
    ...((chance(0.2) || mayRunAway) && { clipNorm: 1 }),
  };
  return {
    network: model,
    data,
    options: training,
    parts: [
      `loss ${name}${smoothing ? " with label smoothing" : ""}`,
      `optimizer ${optimizer}`,
      `activation ${g}`,
      `layers: ${body}`,
      `inputs: ${kind}`,
      `norm: ${norm?.type ?? "none"}`,
      `schedule ${schedule ?? "none"}`,
      `average ${average ?? "none"}`,
      ...(penalty ? [`penalty ${penalty}`] : []),
    ],
  };
}

/** Inputs: plain numbers, numbers that an encoding takes, or codes of categories. */
const kinds = ["numbers", "numbers", "encoded", "codes"] as const;

function examplesOf(
  task: "binary" | "multiclass" | "regression",
  counts: boolean,
  kind: (typeof kinds)[number],
  seed: number,
  random: RandomStream,
): Dataset {
  const examples = 300;
  if (kind !== "codes" && task === "binary") return (seed % 2 ? circles : moons)({ examples, noise: 0.08, seed });
  if (kind !== "codes" && task === "multiclass") return blobs({ examples, spread: 0.7, seed });
  const value =
    kind === "codes" ? (i: number) => Math.floor((i === 0 ? 6 : 4) * random.random()) : random.normal.bind(random);
  const X = new Matrix(
    2,
    examples,
    Float64Array.from({ length: 2 * examples }, (_, k) => value(Math.floor(k / examples))),
  );
  // Of codes what each means: no order of them tells.
  const meaning = Array.from({ length: 6 }, (_, code) => [-1.5, 1, 0.5, -0.5, 1.5, -1][code]);
  const of = (i: number, j: number): number => (kind === "codes" ? meaning[X.get(i, j)] : X.get(i, j));
  const scores = Array.from({ length: examples }, (_, j) => Math.sin(1.5 * of(0, j)) + 0.7 * of(1, j));
  if (task === "regression") {
    const noisy = (s: number): number =>
      counts ? Math.round(Math.exp(1 + s) + 0.5 * random.normal()) : s + 0.1 * random.normal();
    return { X, Y: Matrix.row(scores.map((s) => (counts ? Math.max(0, noisy(s)) : noisy(s)))) };
  }
  if (task === "binary") return { X, Y: Matrix.row(scores.map((s) => (s > 0 ? 1 : 0))) };
  const Y = Matrix.zeros(3, examples);
  for (const [j, s] of scores.entries()) Y.set(s < -0.6 ? 0 : s < 0.6 ? 1 : 2, j, 1);
  return { X, Y };
}

/** An encoding of numbers, with bins between their least and most. */
function encoderOf({ X }: Dataset, random: RandomStream): LayerSpec {
  if (random.random() < 0.5) return periodic({ frequencies: 4, scale: 0.3 });
  const edges = Array.from({ length: X.rows }, (_, i) => {
    const x = X.rowData(i);
    const [low, high] = [Math.min(...x), Math.max(...x)];
    return Array.from({ length: 9 }, (_, t) => low + ((high - low) * t) / 8);
  });
  return piecewiseLinear(edges);
}
