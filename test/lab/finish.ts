import type { Experiment } from "../../lab/experiment/experiment.js";
import { LabRun } from "../../lab/worker/labRun.js";
import type { Snapshot } from "../../lab/worker/protocol.js";

/** Each run of an experiment to its end, as the page's workers make it. */
export async function finish({ data, runs }: Experiment): Promise<Snapshot[]> {
  return Promise.all(
    runs.map(async (spec) => {
      const run = new LabRun(spec, data);
      await run.advance(Number.POSITIVE_INFINITY, new AbortController().signal);
      const snapshot = run.look({ boundary: 0, layers: true, doctor: "all", known: 0 });
      run.release();
      return snapshot;
    }),
  );
}

/** The same experiment on other points, from other weights, in other batches. */
export function reseeded({ data, runs }: Experiment, seed: number): Experiment {
  return {
    data: { ...data, seed },
    runs: runs.map((run) => ({ ...run, network: { ...run.network, seed }, training: { ...run.training, seed } })),
  };
}
