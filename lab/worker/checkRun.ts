import { checkNetwork, type NetworkCheckOptions, Normalizer, network, networkWith } from "gradproof";
import { plantableBugs, plantBugs } from "gradproof/gradcheck";
import { pointsOf } from "gradproof/pipeline";
import { type CheckResult, MOST_ENTRIES, type ToCheck } from "./checkProtocol.js";

/** Checks the gradient of a run at its weights, with a bug planted in its backward pass where one is asked for. */
export async function checkRun({ run, data, theta, iteration, training, bug }: ToCheck): Promise<CheckResult> {
  const { train } = pointsOf(data);
  const X = run.normalize ? Normalizer.fit(train.X).apply(train.X) : train.X;
  const points = { ...train, X };
  const model = theta === undefined ? network(run.network) : networkWith(run.network, theta);
  const { l1, l2 = 0, keep = 1, inputKeep = 1, batchSize, seed = 0 } = training;
  const options: NetworkCheckOptions = {
    ...(l1 !== undefined && { l1 }),
    l2,
    keep,
    inputKeep,
    ...(batchSize !== undefined && { batchSize }),
    seed,
    mode: model.theta.length <= MOST_ENTRIES ? "exhaustive" : "directions",
  };
  const bugs = plantableBugs(model, points, options);
  const possible = bug !== undefined && bugs.some(({ name, layers }) => name === bug && layers.length > 0);
  const planted = possible ? plantBugs(model, points, [bug], options) : undefined;
  const started = performance.now();
  const report = await checkNetwork(model, points, { ...options, ...(planted && { gradients: planted.gradients }) });
  const { verdict, blocks, notes, costEvaluations } = report;
  return {
    verdict,
    blocks,
    notes,
    costEvaluations,
    milliseconds: performance.now() - started,
    iteration,
    bugs,
    planted: planted && { bug: planted.bugs[0], blocks: planted.blocks },
  };
}
