import type { Dataset } from "../../data/dataset.js";
import { predict } from "../../engine/predict.js";
import { predictedClasses } from "../../metrics/predictedClasses.js";
import { forward } from "../../network/forward.js";
import { lossOf } from "../../network/loss.js";
import type { Network } from "../../network/network.js";
import type { PenaltyStrength } from "../../network/penalty.js";
import type { Detector, Finding, Observations } from "../finding.js";
import { say } from "../say.js";

/** Validation cost at the end over its least, with the training cost still falling and the two so far apart. */
const mostRise = 1.25;
const leastCostGap = 0.1;
/** Accuracy on the training examples less that on the validation examples, beyond what chance explains. */
const mostGap = 0.1;
/** Examples of each that are looked at, at most. */
const enough = 4096;

/**
 * The network knows its training examples by heart: what it gets wrong elsewhere grows while it gets still better on them,
 * or it is right far more often on them at the end.
 * Source: AutoTrainer; Goodfellow et al., "Deep Learning" (2016), §7.8; Ng, "Machine Learning Yearning" (2018), ch. 20.
 */
export const overfitting: Detector = (observations) => {
  const found = risen(observations) ?? apart(observations);
  if (found === undefined) return [];
  const { best, spec } = observations.run;
  const stopEarly = best === undefined && found.iteration !== undefined;
  return [
    {
      ...found,
      advice: stopEarly ? say("doctor.advice.stopEarly") : say("doctor.advice.regularize"),
      patch: { training: { l2: stronger(spec.l2 ?? 0) } },
    },
  ];
};

/** Ten times λ, of each, and at least 0.1. */
function stronger(strength: PenaltyStrength): PenaltyStrength {
  const more = (lambda: number): number => Math.max(0.1, 10 * lambda);
  return typeof strength === "number" ? more(strength) : strength.map(more);
}

type Measured = Omit<Finding, "advice">;

/** The validation cost rises while the training cost falls. */
function risen({ run: { history, best }, network, validation }: Observations): Measured | undefined {
  const costs = history.flatMap(({ validation, iteration, dataCost }) =>
    validation?.cost === undefined ? [] : [{ iteration, cost: validation.cost, dataCost }],
  );
  if (costs.length < 8) return undefined;
  const least = costs.reduce((a, b) => (b.cost < a.cost ? b : a));
  const last = costs[costs.length - 1];
  const rise = last.cost / least.cost;
  const gap = last.cost - last.dataCost;
  if (!(rise > mostRise && last.dataCost < 0.8 * least.dataCost && gap > leastCostGap)) return undefined;
  // Of a rare class one example, of which the network becomes surer that it is none, lifts the mean alone.
  if (validation !== undefined && last.cost - least.cost <= 2 * standardError(network, validation)) return undefined;
  return {
    symptom: "overfitting",
    iteration: least.iteration,
    measured: rise,
    threshold: mostRise,
    why:
      best === undefined
        ? say("doctor.why.validationRises", { step: least.iteration, times: rise })
        : say("doctor.why.validationRisesBestKept", { step: least.iteration, times: rise }),
  };
}

/** The weights at the end know the training examples far better than others. */
function apart({ network, data, validation, ended }: Observations): Measured | undefined {
  if (!ended || validation === undefined || !hasClasses(network)) return undefined;
  const [training, other] = [data, validation].map((part) => rightOf(network, part));
  const examples = Math.min(enough, validation.X.columns);
  const gap = training - other;
  // Two standard errors of the validation accuracy: a few examples more or less say nothing.
  if (!(gap - 2 * Math.sqrt((other * (1 - other)) / examples) > mostGap)) return undefined;
  return {
    symptom: "overfitting",
    measured: gap,
    threshold: mostGap,
    why: say("doctor.why.accuracyGap", { training, validation: other }),
  };
}

/** Of the mean cost of examples such as these, by how much the costs of the first of them differ. */
function standardError(network: Network, { X, Y }: Dataset): number {
  const few = Array.from({ length: Math.min(enough, X.columns) }, (_, j) => j);
  const { cache } = forward(network, X.selectColumns(few));
  const [Z, A] = [network.program.logits, network.program.output].map((value) => cache.values[value]);
  const costs = Array.from(lossOf(network).perExample(Z, A, Y.selectColumns(few)).data);
  const mean = costs.reduce((sum, cost) => sum + cost, 0) / costs.length;
  const square = costs.reduce((sum, cost) => sum + (cost - mean) ** 2, 0);
  return Math.sqrt(square / Math.max(1, costs.length - 1) / X.columns);
}

/** Whether each example belongs to one class, so that answers are right or wrong. */
function hasClasses({ loss: { task }, layers }: Network): boolean {
  return task === "multiclass" || (task === "binary" && layers.at(-1)?.units === 1);
}

/** Share of the first examples that the network gets right. */
function rightOf(network: Network, { X, Y }: Dataset): number {
  const few = Array.from({ length: Math.min(enough, X.columns) }, (_, j) => j);
  const predicted = predictedClasses(predict(network, X.selectColumns(few)));
  const actual = predictedClasses(Y.selectColumns(few));
  return actual.filter((label, j) => label === predicted[j]).length / actual.length;
}
