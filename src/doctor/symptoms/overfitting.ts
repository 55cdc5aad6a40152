import type { Symptom } from "../finding.js";

/** Validation cost at the end over its least, with the training cost still falling; and the gap in accuracy. */
const mostRise = 1.25;
const mostGap = 0.1;

/** The network goes on learning its training examples by heart. Source: AutoTrainer; Goodfellow et al., "Deep Learning" (2016), §7.8. */
export const overfitting: Symptom = ({ run: { history, spec, best } }) => {
  const costs = history.flatMap(({ validation, iteration, dataCost }) =>
    validation?.cost === undefined ? [] : [{ iteration, cost: validation.cost, dataCost }],
  );
  if (costs.length < 8) return [];
  const least = costs.reduce((a, b) => (b.cost < a.cost ? b : a));
  const last = costs[costs.length - 1];
  const rise = last.cost / least.cost;
  const gap = last.cost - last.dataCost;
  if (!(rise > mostRise && last.dataCost < 0.8 * least.dataCost && gap > mostGap)) return [];
  const kept = best !== undefined;
  return [
    {
      symptom: "overfitting",
      iteration: least.iteration,
      measured: rise,
      threshold: mostRise,
      why:
        `after step ${least.iteration} the validation cost rose to ${rise.toFixed(2)} times its least while the training cost fell` +
        `${kept ? "; the best weights were kept" : ""}`,
      advice: `${kept ? "" : "early stopping, "}L2 (a larger λ), dropout, or more data`,
      patch: { training: { l2: Math.max(0.1, 10 * (spec.l2 ?? 0)) } },
    },
  ];
};
