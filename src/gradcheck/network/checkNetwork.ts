import type { Dataset } from "../../data/dataset.js";
import type { Network } from "../../network/network.js";
import { Pause } from "../../training/pause.js";
import { checkTwice } from "../checkTwice.js";
import { driveAsync } from "../drive.js";
import { evaluate } from "../problem.js";
import type { GradientReport } from "../report.js";
import type { NetworkCheckOptions } from "./networkOptions.js";
import { networkProblem } from "./networkProblem.js";
import { networkReport } from "./networkReport.js";
import { at, type NetworkSubject, trainerOf } from "./networkSubject.js";
import { subjectOf } from "./subjectOf.js";

const where = "checkNetwork()";

/**
 * Checks the gradient that trains a network: what the engine computes, penalty, weights of the examples and dropout
 * included, against the cost of the readable forward pass in float64.
 *
 * The step that is checked is held still: its batch, its dropout masks, and near each point the branches that its ReLUs, and
 * whatever else has kinks, take there, so that the cost is smooth and kinks cannot confuse the check. The check is made at the
 * network's weights and again after a little training of a copy, since some errors show only away from the start. In
 * exhaustive mode a moved weight of a chain of dense layers costs a change of rank 1, not a forward pass.
 *
 * @param network left as it is
 * @param data features × examples and outputs × examples
 * @param options those of `checkGradients`; λ, dropout, weights and batch size as in `train`; the engine; or a backward pass
 *   of your own in its place
 * @returns the report, its verdict the worst of both points; the event loop runs on meanwhile
 * @throws OptionError for options out of range; ShapeError or RangeError for data or weights that do not fit or are not
 *   finite; the signal's reason
 *
 * @example
 * import { backward, checkNetwork, dense, forward, network } from "gradproof";
 * import { circles } from "gradproof/data";
 * const model = network({ inputs: 2, layers: [dense(4, "relu"), dense(1, "sigmoid")], seed: 3 });
 * const data = circles({ examples: 20, noise: 0.05, seed: 1 });
 * const report = await checkNetwork(model, data, { l2: 0.7, keep: 0.8 });
 * report.verdict; // => "correct"
 * // A backward pass of one's own, which leaves the penalty out:
 * const own = await checkNetwork(model, data, {
 *   l2: 0.7,
 *   gradients: (at, step) => backward(at, forward(at, step.X, step).cache, step.Y).gradients,
 * });
 * own.blocks.map(({ name, verdict }) => `${name} ${verdict}`); // => ["W1 wrong", "b1 correct", "W2 wrong", "b2 correct"]
 */
export async function checkNetwork(
  network: Network,
  data: Dataset,
  options: NetworkCheckOptions = {},
): Promise<GradientReport> {
  const { subject, check } = subjectOf(where, network, data, options);
  const asked = checkTwice(networkProblem(where, subject), check, where, function* () {
    const trained = yield* evaluate(() => trainedCopy(subject, check.trainingSteps));
    return trained && { ...noEvaluations, problem: networkProblem(where, { ...subject, network: trained }) };
  });
  return networkReport(await driveAsync(asked, { signal: check.signal, pause: new Pause() }));
}

/** The engine's own steps are not counted. */
const noEvaluations = { costEvaluations: 0, gradientEvaluations: 0 };

/** The network after some training; undefined where that leads nowhere. */
function trainedCopy(subject: NetworkSubject, steps: number): Network | undefined {
  const copy = at(subject.network, subject.network.theta);
  const trainer = trainerOf(subject, copy);
  try {
    const made = trainer.advance(0, steps);
    trainer.sync();
    return made === steps && copy.theta.every(Number.isFinite) ? copy : undefined;
  } finally {
    trainer.release();
  }
}
