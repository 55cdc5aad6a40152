import { parseTrainingSpec, type TrainingSpec } from "gradproof";
import { runLengthOf } from "gradproof/training";

/** History entries of a run: more than a chart has columns for. */
const MOST_ENTRIES = 600;

/**
 * Steps between the history entries of a run that does not say: as many entries as a chart can show; with early stopping they
 * are its checks, one an epoch.
 *
 * @param m training points
 */
export function recordEveryOf(training: TrainingSpec, m: number): number {
  if (training.recordEvery !== undefined) return training.recordEvery;
  const { iterations, stepsPerEpoch } = runLengthOf(parseTrainingSpec(training), m);
  const thinned = Math.ceil(iterations / MOST_ENTRIES);
  if (stepsPerEpoch === 1) return thinned;
  return training.earlyStopping ? stepsPerEpoch : stepsPerEpoch * Math.ceil(thinned / stepsPerEpoch);
}
