import { requireRecord } from "../constraint/kinds.js";
import { type Dataset, selectExamples } from "../data/dataset.js";
import { type Network, network as newNetwork } from "../network/network.js";
import type { NetworkSpec } from "../network/spec.js";
import { lossFor } from "../ops/names.js";
import { type Evaluation, evaluate, requireTargets, taskOf } from "../training/evaluate.js";
import { NonFiniteCostError } from "../training/nonFinite.js";
import { TrainingSession } from "../training/session.js";
import { farApart } from "./farApart.js";
import type { Finding, TrainedRun } from "./finding.js";
import { say } from "./say.js";

const examples = 16;
const iterations = 1000;
const stepsBetweenLooks = 100;
/**
 * All of these have to fail: small healthy networks fail from one start of three or so, and a learning rate that does not
 * fit is no illness of the network. The first start is the network's own.
 */
const starts = [0, 1, 2];
const learningRates = [0.01, 0.03];
/**
 * Share of wrong answers, or part of the targets' variance, in the best of these runs: two wrong answers of 16 are
 * forgiven, since an example may lie in the midst of another class.
 */
const most = 0.15;

/**
 * Tries whether a network can learn 16 training examples by heart: one that cannot has little hope with all of them.
 *
 * New networks of the same specification, from three starts each, take up to 1,000 full-batch steps of Adam on 16 examples
 * that lie far apart, of each class in turn, without regularization, with α = 0.01 and 0.03. Where none comes to at most
 * 15 % of wrong answers (or of the targets' variance), that is a finding. A model without hidden layers need not be able
 * to, so of it nothing is said; nor of data with fewer examples of different inputs.
 *
 * Most networks are through in 100 steps; one that fails takes as long as 96,000 examples of training.
 *
 * Source: TheDeepChecker (Ben Braiek & Khomh 2022); CS231n, "overfit a tiny subset of data".
 *
 * @param trainedRun a network, of which only the specification is used, and its training data as it takes them
 * @param options signal: ends the test without a finding
 * @returns one finding, or none
 *
 * @example
 * import { dense, network, overfitTest } from "gradproof";
 * import { circles } from "gradproof/data";
 * const data = circles({ examples: 100, seed: 1 });
 * const able = network({ inputs: 2, layers: [dense(10, "relu"), dense(1, "sigmoid")] });
 * await overfitTest({ network: able, data }); // => []
 * const tooSmall = network({ inputs: 2, layers: [dense(1, "relu"), dense(1, "sigmoid")] });
 * (await overfitTest({ network: tooSmall, data }))[0]?.symptom; // => "cannotFit"
 */
export async function overfitTest(
  trained: Pick<TrainedRun, "network" | "data">,
  options: { readonly signal?: AbortSignal } = {},
): Promise<Finding[]> {
  requireRecord("overfitTest(): trained", trained, "{ network, data }");
  requireRecord("overfitTest(): options", options);
  const { network, data } = trained;
  const { signal } = options;
  requireTargets(network, data, "overfitTest(): data");
  const isRegression = taskOf(network) === "regression";
  const chosen = farApart(data, examples, isRegression);
  const isDeep = network.layers.slice(0, -1).some(({ activation }) => !activation.traits.identity);
  if (!isDeep || chosen.length < examples) return [];
  const few = selectExamples(data, chosen);
  let least = Number.POSITIVE_INFINITY;
  for (const start of starts) {
    for (const learningRate of learningRates) {
      const seed = (network.spec.seed + start) % 2 ** 32;
      const fresh = newNetwork({ ...network.spec, ...byHeart(network), seed });
      least = Math.min(least, await leastError(fresh, few, learningRate, signal));
      if (!(least > most) || signal?.aborted) return [];
    }
  }
  const values = { steps: iterations, examples, error: least };
  return [
    {
      symptom: "cannotFit",
      measured: least,
      threshold: most,
      why: isRegression ? say("doctor.why.cannotFitNumbers", values) : say("doctor.why.cannotFitClasses", values),
      advice: say("doctor.advice.cannotFit"),
    },
  ];
}

/**
 * By what it is to learn: of the errors the squares, since whether a network can come to its targets does not depend on what
 * errors are said to cost, and the slopes of some, as of a high quantile, are too small for so few steps.
 */
function byHeart({ loss: { task, activation } }: Network): Pick<NetworkSpec, "loss"> {
  return task === "regression" && activation === undefined ? { loss: lossFor(task) } : {};
}

/** Least error in the course of training on these examples; the training ends where that is little. */
async function leastError(
  network: Network,
  few: Dataset,
  learningRate: number,
  signal: AbortSignal | undefined,
): Promise<number> {
  const options = { optimizer: "adam", learningRate, iterations, recordEvery: iterations } as const;
  const session = new TrainingSession(withoutDropout(network), few, options);
  let least = Number.POSITIVE_INFINITY;
  try {
    while (least > most && session.stopped === undefined && !signal?.aborted) {
      await session.advance(stepsBetweenLooks, { signal });
      least = Math.min(least, errorOf(evaluate(network, few)));
    }
  } catch (thrown) {
    if (!(thrown instanceof NonFiniteCostError)) throw thrown;
  } finally {
    session.release();
  }
  return least;
}

/** The same network, whose dropout layers keep every unit. */
function withoutDropout(network: Network): Network {
  const { program } = network;
  return { ...network, program: { ...program, sites: program.sites.map(({ keep: _, ...site }) => site) } };
}

function errorOf({ accuracy, r2 = 1 }: Evaluation): number {
  return 1 - (accuracy ?? r2);
}
