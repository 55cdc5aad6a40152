import { requireList, requireRecord } from "../constraint/kinds.js";
import { exampleCount } from "../data/dataset.js";
import { requireNetwork } from "../network/requireNetwork.js";
import { exampleWeights } from "../training/exampleWeights.js";
import { chanceCost, leastCost, sureOverGuess, zeroCost } from "./chance.js";
import type { Observations, TrainedRun } from "./finding.js";

/** Part of the cost of chance by which a run must have lowered it to have learned something. */
const learned = 0.05;
const roundings = 1e-12;

/** Moments of a run that goes on from which on nothing learned tells something: healthy runs may need a while to begin. */
const patience = 4;

/**
 * What the symptoms look at; undefined where the history has nothing to read.
 *
 * @param ended whether the run has come to its end
 */
export function observe(trained: TrainedRun, ended: boolean): Observations | undefined {
  requireRecord("diagnose(): trained", trained, "{ network, data, run }");
  const { network, data, validation, run } = trained;
  requireNetwork("diagnose(): network", network);
  exampleCount(data, "diagnose(): data");
  requireRecord("diagnose(): run", run, "a run, as train() gives it");
  requireList("diagnose(): run.history", run.history);
  const moments = run.history.flatMap((entry) => (entry.signals ? [{ ...entry, signals: entry.signals }] : []));
  const last = run.history[run.history.length - 1];
  if (moments.length === 0) return undefined;
  const weights = exampleWeights(data, { classWeight: run.spec.classWeight });
  const zero = zeroCost(network, data, weights);
  const least = leastCost(network, data, weights);
  const best = chanceCost(network, data, weights);
  // Where all targets are the same, chance costs nothing but roundings.
  const chance = best - least > roundings * zero ? best : zero;
  if (!(chance > least)) return undefined;
  const remaining = (last.dataCost - least) / (chance - least);
  return {
    network,
    data,
    validation,
    run,
    moments,
    chance,
    zeroCost: zero,
    sureOverGuess: sureOverGuess(network, data, weights),
    remaining,
    ended,
    nothingLearned: (ended || moments.length >= patience) && !(remaining < 1 - learned),
  };
}
