import type { Detector, Observations } from "../finding.js";
import { say } from "../say.js";

/** A rise of the cost by this part of the cost of chance is a swing; so many of the entries may be one. */
const swing = 0.03;
const most = 0.2;

/**
 * A cost that goes up as often as down: the steps leap over the valley. Judged over the second half of the run, and not where
 * the cost is noisy by itself: with dropout, and with the statistics of small batches, as of batch norm. With a schedule of the
 * learning rate it is the last quarter, since large steps before are what it is for. Source: AutoTrainer (Zhang et al. 2021).
 */
export const oscillation: Detector = (observations) => {
  const { history, spec } = observations.run;
  const { chance, sureOverGuess } = observations;
  const from = spec.schedule === undefined ? 1 / 2 : 3 / 4;
  const costs = history.slice(Math.floor(history.length * from)).map(({ dataCost }) => dataCost);
  if (costs.length < 10 || isNoisy(observations)) return [];
  const rise = swing * sureOverGuess;
  const rises = costs.filter((cost, k) => k > 0 && cost - costs[k - 1] > rise * chance).length;
  const share = rises / (costs.length - 1);
  if (!(share > most)) return [];
  const rate = spec.learningRate;
  return [
    {
      symptom: "oscillation",
      measured: share,
      threshold: most,
      why: say("doctor.why.oscillation", { rise, share, from }),
      advice: say("doctor.advice.calmerSteps"),
      ...(rate !== undefined && { patch: { training: { learningRate: Number((rate / 3).toPrecision(2)) } } }),
    },
  ];
};

function isNoisy({ network: { program }, data, run: { spec } }: Observations): boolean {
  const ofRun = (typeof spec.keep === "number" ? [spec.keep] : (spec.keep ?? [])).some((keep) => keep < 1);
  const ofLayers = program.sites.some(({ keep = 1 }) => keep < 1);
  const inBatches = (spec.batchSize ?? data.X.columns) < data.X.columns;
  return ofRun || ofLayers || (inBatches && program.steps.some(({ operation }) => operation.wholeBatch === true));
}
