import type { Detector } from "../finding.js";
import { say } from "../say.js";

/** A rise of the cost by this part of the cost of chance is a swing; so many of the entries may be one. */
const swing = 0.03;
const most = 0.2;

/**
 * A cost that goes up as often as down: the steps leap over the valley. Judged over the second half of the run, and not with
 * dropout, whose cost is noisy by itself. With a schedule of the learning rate it is the last quarter, since large steps before are
 * what it is for. Source: AutoTrainer (Zhang et al. 2021).
 */
export const oscillation: Detector = ({ run: { history, spec }, chance }) => {
  const drops = (typeof spec.keep === "number" ? [spec.keep] : (spec.keep ?? [])).some((keep) => keep < 1);
  const from = spec.schedule === undefined ? 1 / 2 : 3 / 4;
  const costs = history.slice(Math.floor(history.length * from)).map(({ dataCost }) => dataCost);
  if (drops || costs.length < 10) return [];
  const rises = costs.filter((cost, k) => k > 0 && cost - costs[k - 1] > swing * chance).length;
  const share = rises / (costs.length - 1);
  if (!(share > most)) return [];
  const rate = spec.learningRate;
  return [
    {
      symptom: "oscillation",
      measured: share,
      threshold: most,
      why: say("doctor.why.oscillation", { rise: swing, share, from }),
      advice: say("doctor.advice.calmerSteps"),
      ...(rate !== undefined && { patch: { training: { learningRate: Number((rate / 3).toPrecision(2)) } } }),
    },
  ];
};
