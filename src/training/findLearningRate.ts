import { OptionError, requireNumber } from "../constraint/constraint.js";
import { requireRecord } from "../constraint/kinds.js";
import { type Dataset, exampleCount } from "../data/dataset.js";
import { chooseEngine } from "../engine/choose.js";
import { type Network, networkWith } from "../network/network.js";
import { requireTargets } from "./evaluate.js";
import { exampleWeights } from "./exampleWeights.js";
import type { SessionOptions } from "./options.js";
import { parseTrainingSpec } from "./parseTraining.js";
import { Pause } from "./pause.js";
import { RateCurve, type RatePoint, type RateSearch, rateAt } from "./rateCurve.js";
import { requireBatches } from "./requireBatches.js";
import { runLengthOf } from "./runLength.js";
import { StepMaker } from "./stepMaker.js";

/** The ranges of what a search for a learning rate may be given. */
export const rateSearchConstraints = {
  from: { kind: "number", what: "learning rate of the first step", above: 0 },
  to: { kind: "number", what: "learning rate of the last step", above: 0 },
  steps: { kind: "number", what: "steps of the search", whole: true, min: 10, max: 1_000_000 },
} as const;

/** What of a training sets its rate, its length, or is watched: a search takes none of it. */
export const notOfSearches = [
  ...(["learningRate", "schedule", "l2Schedule", "weightDecaySchedule", "keepSchedule", "changes"] as const),
  ...(["iterations", "epochs", "earlyStopping", "recordEvery", "recordCleanCost"] as const),
  ...(["validation", "onRecord"] as const),
] satisfies readonly (keyof SessionOptions)[];

/** What is searched, and what of a training the steps are made by. */
export interface RateSearchOptions extends Omit<SessionOptions, (typeof notOfSearches)[number]> {
  /** Default 1e-7. */
  readonly from?: number | undefined;
  /** Above `from`. Default 10. */
  readonly to?: number | undefined;
  /** From 10 on. Default 100. */
  readonly steps?: number | undefined;
  /** Ends the search after the current step; what was found so far is returned. */
  readonly signal?: AbortSignal | undefined;
  /** Called after each step. */
  readonly onStep?: ((point: RatePoint, step: number) => void) | undefined;
}

const watching = ["from", "to", "steps", "signal", "onStep", "engine", "sampleWeights"] as const;

/**
 * Looks for a learning rate: the learning rate range test. A copy of the network is trained while the rate grows from step to
 * step, each time by the same factor: `α = from · (to / from)^(t / (steps − 1))`. The search ends before its last step where the
 * smoothed cost has risen from its lowest by as much as it was at first, or is no longer finite.
 *
 * The suggestion is a tenth of the rate at which the smoothed cost was lowest. The cost is that of the step's batch, without
 * penalty, smoothed as `s := 0.8 s + 0.2 cost` and corrected for its start at 0. The network stays as it is.
 *
 * Sources: L. Smith 2017, "Cyclical learning rates for training neural networks", §3.3; ends and suggestion after fastai's
 * `lr_find` and its `minimum`.
 *
 * @param options what a training may have, but for what sets its rate, its length and what is watched; see `RateSearchOptions`
 * @throws OptionError for options out of range or none of its own; ShapeError or RangeError for data that does not fit
 *
 * @example
 * import { dense, findLearningRate, network, train } from "gradproof";
 * import { moons } from "gradproof/data";
 * const model = network({ inputs: 2, layers: [dense(8, "tanh"), dense(1, "sigmoid")], seed: 1 });
 * const data = moons({ examples: 100, noise: 0.1, seed: 1 });
 * const { suggestion = 0.001, points } = await findLearningRate(model, data, { batchSize: 16 });
 * suggestion > 0.01 && suggestion < 1; // => true
 * points[0]?.learningRate; // => 1e-7
 * const run = await train(model, data, { batchSize: 16, epochs: 20, learningRate: suggestion });
 * (run.history.at(-1)?.cost ?? 1) < 0.3; // => true
 */
export async function findLearningRate(
  network: Network,
  data: Dataset,
  options: RateSearchOptions = {},
): Promise<RateSearch> {
  const where = "findLearningRate()";
  requireRecord(`${where}: options`, options);
  const notTaken = notOfSearches.find((key) => Object.hasOwn(options, key));
  if (notTaken !== undefined) throw new OptionError(`${where}: ${notTaken} is not of a search; leave it out`);
  const { from = 1e-7, to = 10, steps = 100, signal, onStep, engine, sampleWeights } = options;
  requireNumber(`${where}: from`, from, rateSearchConstraints.from);
  requireNumber(`${where}: to`, to, { ...rateSearchConstraints.to, above: from });
  requireNumber(`${where}: steps`, steps, rateSearchConstraints.steps);
  const given = Object.entries(options).filter(([key]) => !watching.some((one) => one === key));
  const spec = parseTrainingSpec({ ...Object.fromEntries(given), learningRate: from, iterations: steps }, where);
  requireTargets(network, data, `${where}: data`);
  requireBatches(where, network, exampleCount(data), spec.batchSize ?? exampleCount(data));
  const copy = networkWith(network.spec, network.theta.slice());
  copy.state.set(network.state);
  const setup = {
    network: copy,
    data,
    spec,
    runLength: runLengthOf(spec, exampleCount(data)),
    engine: chooseEngine(where, engine),
    weights: exampleWeights(data, { ...spec, sampleWeights }),
  };
  const pause = new Pause();
  const curve = new RateCurve();
  const maker = new StepMaker(setup, pause);
  try {
    for (let step = 0; step < steps && signal?.aborted !== true; step++) {
      const learningRate = rateAt(from, to, step, steps);
      await maker.prepare(step);
      maker.trainer.set({ ...maker.settings, learningRate });
      const point = curve.add(learningRate, maker.trainer.gradient(step));
      if (point !== undefined) onStep?.(point, step);
      if (curve.ended !== undefined) break;
      maker.trainer.update();
      if (pause.due) await pause.take();
    }
  } finally {
    maker.trainer.release();
  }
  return curve.search(signal?.aborted === true);
}
