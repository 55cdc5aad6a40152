import { parseNetworkSpec, parseTrainingSpec } from "gradproof";
import { configurationVersion, type PointSource, plainPoints, pointsOf, wholeTraining } from "gradproof/pipeline";
import type { RunSpec } from "./experiment.js";
import { recordEveryOf } from "./recordEvery.js";

/**
 * A run of the lab as the configuration that `gradproof train --config FILE` takes: all of it, the points too, so that the
 * command line comes to the same weights.
 */
export function configurationFile({ name, network, training, normalize }: RunSpec, points: PointSource): string {
  const spec = parseTrainingSpec(training);
  const recordEvery = recordEveryOf(spec, pointsOf(points).train.X.columns);
  const file = {
    version: configurationVersion,
    ...(name !== "" && { name }),
    data: { normalize, normalizeTarget: false, points: plainPoints(points) },
    network: parseNetworkSpec(network),
    training: wholeTraining({ ...spec, recordEvery }),
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}
