import { OptionError, requireObject, show } from "../../constraint/constraint.js";
import type { Dataset } from "../../data/dataset.js";
import { chooseEngine, type EngineOption } from "../../engine/choose.js";
import type { Engine } from "../../engine/plan.js";
import type { Recipe } from "../../engine/trainer.js";
import type { Network } from "../../network/network.js";
import { penaltyOf } from "../../network/penalty.js";
import { keepOf } from "../../training/dropout.js";
import { exampleWeights } from "../../training/exampleWeights.js";
import type { TrainOptions } from "../../training/options.js";
import { parseTrainingSpec } from "../../training/parseTraining.js";
import { requireBatches } from "../../training/requireBatches.js";
import { type CheckOptions, type CompleteCheckOptions, checkOptionNames, parseCheckOptions } from "../checkOptions.js";
import type { NetworkGradients } from "./networkSubject.js";
import type { TrainingStep } from "./trainingStep.js";

/** How a network is checked: the options of the check, and those of training that its gradient depends on. */
export interface NetworkCheckOptions
  extends CheckOptions,
    Pick<
      TrainOptions,
      "l1" | "l2" | "keep" | "inputKeep" | "dropoutReseed" | "classWeight" | "sampleWeights" | "batchSize" | "engine"
    > {
  /** Of the random directions, and of the batch and the dropout masks as in `train`. Default 1. */
  readonly seed?: number;
  /** Steps of Adam, on a copy that the engine trains, after which the check is made again; 0 leaves that out. Default 20. */
  readonly trainingSteps?: number;
  /** Checks this backward pass instead of the engine's. It gets a network of its own and must return `{ dW1, db1, … }`. */
  readonly gradients?: NetworkGradients | undefined;
}

/** The same with everything decided. */
export interface CompleteNetworkCheck {
  readonly check: CompleteCheckOptions;
  readonly recipe: Recipe;
  readonly strengths: Pick<TrainingStep, "l1" | "l2">;
  readonly engine: Engine;
  readonly gradients: NetworkGradients | undefined;
}

const trainingKeys = ["l1", "l2", "keep", "inputKeep", "dropoutReseed", "classWeight", "batchSize"] as const;
const ownKeys = ["sampleWeights", "engine", "gradients"] as const;

const defaultSteps = 20;
/** Large enough to leave the start behind in a few steps. */
const learningRate = 0.01;

/** Defaults filled in, everything else refused with its name. */
export function parseNetworkCheck(
  where: string,
  network: Network,
  data: Dataset,
  given: NetworkCheckOptions,
): CompleteNetworkCheck {
  const options = requireObject(`${where}: options`, given, [...checkOptionNames, ...trainingKeys, ...ownKeys]);
  const { gradients, engine, sampleWeights } = options;
  if (gradients !== undefined && typeof gradients !== "function") {
    throw new OptionError(`${where}: gradients must be a function of a network and a step, got ${show(gradients)}`);
  }
  const check = parseCheckOptions(
    where,
    { trainingSteps: defaultSteps, ...some(options, checkOptionNames) },
    network.layout.map(({ name }) => name),
  );
  return speakingFor(where, () => {
    const { seed } = check;
    const spec = parseTrainingSpec({ ...some(options, trainingKeys), optimizer: "adam", learningRate, seed });
    const m = data.X.columns;
    const keep = keepOf(spec, network);
    const { dropoutReseed, l1 = 0, l2, optimizer, batchSize: wanted = m, classWeight } = spec;
    const batchSize = Math.min(wanted, m);
    requireBatches(where, network, m, batchSize);
    return {
      check,
      strengths: { l1, l2 },
      recipe: {
        X: data.X,
        Y: data.Y,
        weights: exampleWeights(data, { classWeight, sampleWeights: sampleWeights as ArrayLike<number> | undefined }),
        batchSize,
        drops: keep.map((p) => p < 1),
        dropoutReseed,
        seed,
        optimizer,
        settings: { learningRate, penalty: penaltyOf(network, { l1, l2 }, m, where), weightDecayFactor: 1, keep },
      },
      engine: chooseEngine(where, engine as EngineOption | undefined),
      gradients: gradients as NetworkGradients | undefined,
    };
  });
}

/** The options of these names. */
function some(options: Readonly<Record<string, unknown>>, keys: readonly string[]): object {
  return Object.fromEntries(keys.filter((key) => options[key] !== undefined).map((key) => [key, options[key]]));
}

/** What training says of its options, in the name of another function. */
function speakingFor<Result>(where: string, parse: () => Result): Result {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof OptionError)) throw error;
    throw new OptionError(error.message.replace(/^train\(\)/, where));
  }
}
