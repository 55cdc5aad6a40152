import { findLearningRate, network, type RatePoint, type RateSearch } from "gradproof";
import type { PointSource } from "gradproof/pipeline";
import { notOfSearches } from "gradproof/training";
import type { RunSpec } from "../experiment/experiment.js";
import { preparedPoints } from "./preparedPoints.js";

/**
 * Searches a learning rate for a run, from the weights it starts with.
 *
 * @param signal ends the search after the step it is at
 * @throws OptionError for a run that cannot be made
 */
export async function searchRate(
  run: RunSpec,
  data: PointSource,
  signal: AbortSignal,
  onStep: (point: RatePoint) => void = () => undefined,
): Promise<RateSearch> {
  const settings = Object.entries(run.training).filter(([key]) => !notOfSearches.some((one) => one === key));
  return findLearningRate(network(run.network), preparedPoints(run, data).train, {
    ...Object.fromEntries(settings),
    signal,
    onStep,
  });
}
