import { OptionError, requireNumber, requireObject, show } from "../constraint/constraint.js";
import { requireRecord } from "../constraint/kinds.js";
import { type Dataset, exampleCount, selectExamples } from "../data/dataset.js";
import type { EngineOption } from "../engine/choose.js";
import { dense } from "../network/dense.js";
import { lossOf } from "../network/loss.js";
import { lossIn, network, networkWith } from "../network/network.js";
import { parseNetworkSpec } from "../network/parseSpec.js";
import type { NetworkSpec } from "../network/spec.js";
import { outputTargets } from "../ops/loss/outputTargets.js";
import { outputActivationOf } from "../ops/names.js";
import { RandomStream } from "../random/streams.js";
import { trainingConstraints } from "../training/constraints.js";
import { evaluate, requireTargets } from "../training/evaluate.js";
import { evaluateMembers } from "../training/evaluateMembers.js";
import type { TrainingSpec } from "../training/spec.js";
import { trainMembers } from "../training/trainMembers.js";
import type { CurvePoint } from "./curvePoint.js";
import { type CurveReading, curveThresholds, readCurve } from "./curveReading.js";
import { meanAndSpread } from "./ranking.js";

/** What a learning curve is made from. */
export interface LearningCurveOptions {
  readonly network: NetworkSpec;
  /** All training examples there are. */
  readonly data: Dataset;
  readonly validation: Dataset;
  /** How each network is trained; its λ is that of the curve over sizes. Default: as `train`. */
  readonly training?: TrainingSpec | undefined;
  /** Training-set sizes, rising. Default: halves of what there is, down to a 32nd, but at least 8. */
  readonly sizes?: readonly number[] | undefined;
  /** Values of λ, rising. Default 0, 0.01, 0.1, 1, 10, 100; an empty list leaves that curve out. */
  readonly lambdas?: readonly number[] | undefined;
  /** Networks a point: each with weights and a draw of examples of its own. 1 to 1,000, default 3. */
  readonly seeds?: number | undefined;
  /**
   * Networks of an ensemble, which takes the place of each network: its members learn from one draw of examples and its errors are those
   * of their mean prediction. 1 to 1,000, default 1.
   */
  readonly members?: number | undefined;
  /** Training error, relative to guessing, that would be good enough. Default 0.3. */
  readonly goal?: number | undefined;
  readonly engine?: EngineOption | undefined;
  readonly onProgress?: ((progress: { readonly done: number; readonly total: number }) => void) | undefined;
  /** Ends it with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** Error against training-set size and against λ, and what they say. */
export interface LearningCurve {
  readonly bySize: readonly CurvePoint[];
  /** At full size. */
  readonly byLambda: readonly CurvePoint[];
  /** Cost of always predicting the training set's mean, or its shares of the classes: what an error of 1 is. */
  readonly baseline: number;
  readonly reading: CurveReading;
}

const known = [
  ...["network", "data", "validation", "training", "sizes", "lambdas", "seeds", "members", "goal"],
  ...["engine", "onProgress", "signal"],
];
const defaultLambdas = [0, 0.01, 0.1, 1, 10, 100];

/**
 * Bias or variance? Trains on more and more examples, and with more and more λ, and reads the errors.
 *
 * An error is the data cost over that of guessing without features (class shares, or the mean): 0 is perfect, 1 has learned
 * nothing; for a regression it is the share of the variance left, 1 − R². Every network takes the same number of steps,
 * whatever its training-set size, and smaller sets are parts of larger ones. High bias: training error above `goal`.
 * High variance: validation error more than 0.1, and more than twice the spread, above the training error.
 *
 * @throws OptionError for options out of range; ShapeError or RangeError for data that do not fit the network;
 *   NonFiniteCostError where a run diverges; the signal's reason when it is aborted
 *
 * Source: A. Ng, "Machine learning yearning" (2018), chapters 20 to 32.
 *
 * @example
 * import { dense } from "gradproof";
 * import { circles } from "gradproof/data";
 * import { learningCurve } from "gradproof/sweep";
 * const { reading, bySize } = await learningCurve({
 *   network: { inputs: 2, layers: [dense(1, "sigmoid")] }, // a line cannot part two circles
 *   data: circles({ examples: 64, seed: 1 }),
 *   validation: circles({ examples: 64, seed: 2 }),
 *   training: { learningRate: 0.1, iterations: 100 },
 * });
 * bySize.map(({ examples }) => examples); // => [8, 16, 32, 64]
 * reading.verdict; // => "high bias"
 */
export async function learningCurve(options: LearningCurveOptions): Promise<LearningCurve> {
  requireObject("learningCurve()", options, known);
  const { data, validation, training = {}, signal, onProgress, engine } = options;
  const spec = parseNetworkSpec(options.network);
  const probe = network(spec);
  requireTargets(probe, data, "learningCurve(): data");
  requireTargets(probe, validation, "learningCurve(): validation");
  const m = exampleCount(data);
  const sizes = rising("sizes", options.sizes ?? halves(m), {
    kind: "number",
    whole: true,
    min: 1,
    max: m,
  });
  if (sizes.length === 0) throw new OptionError("learningCurve(): sizes is empty; give at least one training-set size");
  const lambdas = rising("lambdas", options.lambdas ?? defaultLambdas, trainingConstraints.l2);
  const seeds = requireNumber("learningCurve(): seeds", options.seeds ?? 3, {
    kind: "number",
    whole: true,
    min: 1,
    max: 1000,
  });
  const size = requireNumber("learningCurve(): members", options.members ?? 1, {
    kind: "number",
    whole: true,
    min: 1,
    max: 1000,
  });
  const goal = requireNumber("learningCurve(): goal", options.goal ?? curveThresholds.goal, {
    kind: "number",
    above: 0,
    max: 1,
  });
  requireRecord("learningCurve(): training", training);
  const { epochs, iterations, ...rest } = training;
  const { l2: own = 0 } = training;
  if (typeof own !== "number") {
    throw new OptionError(
      "learningCurve(): training.l2 must be one number for all layers, which the curve over λ varies",
    );
  }
  const batch = Math.min(training.batchSize ?? m, m);
  const steps = epochs === undefined ? (iterations ?? 1000) : epochs * Math.ceil(m / batch);
  const baseline = evaluate(guessing(spec, data), data).cost;
  if (!(baseline > 0)) throw new OptionError("learningCurve(): all targets are the same, so there is nothing to learn");
  const total = (sizes.length + lambdas.length) * seeds;
  let done = 0;

  const point = async (examples: number, l2: number): Promise<CurvePoint> => {
    signal?.throwIfAborted();
    const later = (seed: number, k: number): number => (seed + k) % 2 ** 32;
    const ensembles = Array.from({ length: seeds }, (_, s) => {
      // Smaller sets are parts of larger ones, or the draw would add to the curve's noise.
      const order = new RandomStream(later(training.seed ?? 0, s), "split", 1).permutation(m);
      const part = selectExamples(data, order.subarray(0, examples));
      return Array.from({ length: size }, (_, k) => ({
        network: network({ ...spec, seed: later(spec.seed, s * size + k) }),
        data: part,
        options: {
          ...rest,
          l2,
          iterations: steps,
          batchSize: Math.min(batch, examples),
          seed: later(training.seed ?? 0, s * size + k),
          ...(training.earlyStopping ? { validation } : { recordEvery: steps }),
        },
      }));
    });
    const runs = await trainMembers(ensembles.flat(), { engine, signal });
    signal?.throwIfAborted();
    const failed = runs.find(({ failure }) => failure !== undefined);
    if (failed?.failure !== undefined) throw failed.failure;
    const errors = { training: [] as number[], validation: [] as number[] };
    for (const ensemble of ensembles) {
      const networks = ensemble.map((member) => member.network);
      errors.training.push(evaluateMembers(networks, ensemble[0].data).cost / baseline);
      errors.validation.push(evaluateMembers(networks, validation).cost / baseline);
      onProgress?.({ done: ++done, total });
    }
    return { examples, l2, training: meanAndSpread(errors.training), validation: meanAndSpread(errors.validation) };
  };

  const bySize: CurvePoint[] = [];
  for (const examples of sizes) bySize.push(await point(examples, own));
  const byLambda: CurvePoint[] = [];
  for (const l2 of lambdas) byLambda.push(await point(m, l2));
  return { bySize, byLambda, baseline, reading: readCurve(bySize, byLambda, goal) };
}

function halves(m: number): number[] {
  const sizes = Array.from({ length: 6 }, (_, k) => Math.round(m / 2 ** (5 - k)));
  return sizes.filter((size) => size >= Math.min(8, m)).filter((size, i, all) => size !== all[i - 1]);
}

function rising(
  name: string,
  values: readonly number[],
  range: Parameters<typeof requireNumber>[2],
): readonly number[] {
  const where = `learningCurve(): ${name}`;
  if (!Array.isArray(values)) throw new OptionError(`${where} must be an array of numbers, got ${show(values)}`);
  for (const [i, value] of values.entries()) {
    requireNumber(`${where}[${i}]`, value, range);
    if (i > 0 && value <= values[i - 1])
      throw new OptionError(`${where} must rise, got ${value} after ${values[i - 1]}`);
  }
  return values;
}

/** A network without hidden layers whose weights are 0: its biases give each output the best answer to all examples. */
function guessing(spec: ReturnType<typeof parseNetworkSpec>, { Y }: Dataset) {
  const loss = lossIn(spec.loss);
  const { guess, logitOf } = lossOf({ loss });
  // Where any activation will do, not every one can give the best guess.
  const activation = outputActivationOf(loss.name);
  const theta = new (spec.dtype === "float32" ? Float32Array : Float64Array)(Y.rows * (spec.inputs + 1));
  for (let k = 0; k < Y.rows; k++) {
    const answer = guess(
      outputTargets(Y.rowData(k), (value) => value / Y.columns),
      Y.rows,
    );
    // Within half an example of 0 and 1: a class that all or none have would cost nothing to guess.
    const share = Math.min(1 - 0.5 / Y.columns, Math.max(0.5 / Y.columns, answer));
    theta[Y.rows * spec.inputs + k] = logitOf(loss.task === "regression" ? answer : share);
  }
  return networkWith(
    { inputs: spec.inputs, layers: [dense(Y.rows, activation)], loss: spec.loss, dtype: spec.dtype },
    theta,
  );
}
