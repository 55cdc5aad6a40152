import { OptionError } from "../constraint/constraint.js";
import { type Dataset, exampleCount } from "../data/dataset.js";
import type { Engine } from "../engine/plan.js";
import type { Network } from "../network/network.js";
import { requireTargets } from "./evaluate.js";
import { exampleWeights } from "./exampleWeights.js";
import type { SessionOptions } from "./options.js";
import { parseTrainingSpec } from "./parseTraining.js";
import type { Pause } from "./pause.js";
import { requireBatches } from "./requireBatches.js";
import { runLengthOf } from "./runLength.js";
import { RunState } from "./runState.js";

/** The state of the run that a caller asks for, at its beginning; throws as `train` does. */
export function runStateOf(
  network: Network,
  data: Dataset,
  { validation, sampleWeights, engine: _, onRecord, ...given }: SessionOptions,
  engine: Engine,
  pause: Pause,
): RunState {
  const spec = parseTrainingSpec(given);
  requireTargets(network, data, "train(): data");
  if (validation !== undefined) requireTargets(network, validation, "train(): validation");
  else if (spec.earlyStopping !== undefined) {
    throw new OptionError("train(): earlyStopping watches a validation set; give one as options.validation");
  }
  const runLength = runLengthOf(spec, exampleCount(data));
  const { batchSize, recordEvery } = runLength;
  requireBatches("train()", network, exampleCount(data), batchSize);
  const setup = {
    network,
    data,
    // Parsed again, so that the same spec is written in the same order, whatever was left to the data.
    spec: parseTrainingSpec({ ...spec, batchSize, recordEvery }),
    runLength,
    engine,
    weights: exampleWeights(data, { ...spec, sampleWeights }),
    validation,
    onRecord,
  };
  return new RunState(setup, given, pause);
}
