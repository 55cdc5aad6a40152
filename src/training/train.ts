import { requireRecord } from "../constraint/kinds.js";
import type { Dataset } from "../data/dataset.js";
import type { Network } from "../network/network.js";
import type { TrainOptions } from "./options.js";
import type { Run } from "./run.js";
import { TrainingSession } from "./session.js";

/**
 * Trains a network in place: `θ := θ − update(dθ)` with `dθ` the gradient of the cost on each batch.
 *
 * The cost is `(1/m) Σⱼ wⱼ ℓⱼ + λ/(2m) Σ‖W‖²`. With dropout it is the cost under that step's masks. History entries hold
 * the state *before* update step `iteration`; one more follows the last step. The event loop runs at least every 8 ms.
 *
 * A long run can be saved as it goes (`checkpoint`) and taken up again after whatever ended it (`resume`): it then comes
 * to the same numbers, to the last bit, as if nothing had happened.
 *
 * With `earlyStopping` the network is given the best weights back however the run ends; otherwise it keeps the last.
 *
 * @param network changed in place
 * @param data features × examples and outputs × examples
 * @param options see `TrainOptions`; the defaults are Adam, α = 0.001, 1,000 full-batch iterations
 * @returns the run: history, why it ended, the options as used; `String(run)` says in one line what was done, and by which
 *   defaults
 * @throws OptionError for options out of range, and while another call trains the network (train a copy, or await it);
 *   ShapeError or RangeError for data that does not fit; NonFiniteCostError when the cost becomes NaN or infinite
 *
 * @example
 * import { dense, Matrix, network, train } from "gradproof";
 * const model = network({ inputs: 1, layers: [dense(1, "linear")], initializer: "zeros" });
 * const data = { X: Matrix.row([0, 1, 2]), Y: Matrix.row([1, 3, 5]) }; // y = 2x + 1
 * const run = await train(model, data, { optimizer: "gradientDescent", learningRate: 0.1, iterations: 1000 });
 * run.stopped; // => "finished"
 * String(run); // => "1,000 full-batch steps of gradientDescent, α = 0.1 (by default: batch size); cost 11.7 → 1.66e-30; finished"
 * Math.round(model.parameters.W1.get(0, 0) * 1e6) / 1e6; // => 2
 */
export async function train(network: Network, data: Dataset, options: TrainOptions = {}): Promise<Run> {
  requireRecord("train(): options", options);
  const { checkpoint, resume, onProgress, signal, ...sessionOptions } = options;
  const session = new TrainingSession(network, data, sessionOptions);
  try {
    if (resume) session.resume(resume);
    const stopped = await session.advance(Number.POSITIVE_INFINITY, { checkpoint, onProgress, signal });
    if (stopped === "aborted") await session.finish(stopped);
    onProgress?.(session.progress());
    return session.run();
  } finally {
    // However the run ended, an exception of the caller's own included.
    session.release();
  }
}
