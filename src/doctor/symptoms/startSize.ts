import type { Matrix } from "../../array/matrix.js";
import type { Message } from "../../constraint/message.js";
import type { Detector, Finding, Observations } from "../finding.js";
import { fittingStart } from "../fittingStart.js";
import { say } from "../say.js";

/**
 * Variance of a layer's weights at the start over the 2/n of He, and the 1/n of Xavier over it: the start that fits an
 * activation has the one or the other, LeCun's that of Xavier.
 */
const most = 2.7;
/** Weights whose variance tells something: of fewer, chance alone makes it many times too large or too small. */
const fewest = 16;
/** First cost over that of logits of 0, or share of a hidden layer's units that are saturated, at which a large start does harm. */
const mostCost = 3;
const mostSaturated = 0.5;
/** Part of the inputs' size that a small start leaves in the last hidden layer, where it does harm. */
const leastLeft = 0.1;

/**
 * Weights that start far from the variance which keeps signals in size. The variance alone is no illness: it counts where
 * the signals show the harm. Source: TheDeepChecker (Ben Braiek & Khomh 2022) for the ratio.
 */
export const startSize: Detector = (observations) => {
  const { network, data, moments, nothingLearned } = observations;
  const [{ iteration, signals }] = moments;
  if (iteration !== 0) return [];
  const layers = startOf(observations);
  const [large] = layers.filter(({ overTwo }) => overTwo > most).sort((a, b) => b.overTwo - a.overTwo);
  const why = large && harmOf(large, observations);
  if (large !== undefined && why !== undefined) {
    return [
      {
        ...another(network),
        symptom: "startTooLarge",
        layer: large.layer,
        measured: large.overTwo,
        threshold: most,
        why,
      },
    ];
  }
  const [small] = layers
    .filter(({ layer, overOne }) => layer < signals.length && overOne < 1 / most)
    .sort((a, b) => a.overOne - b.overOne);
  if (small === undefined || !nothingLearned) return [];
  const left = signals[signals.length - 2].activation.deviation / rootMeanSquare(data.X);
  if (!(left < leastLeft)) return [];
  return [
    {
      ...another(network),
      symptom: "startTooSmall",
      layer: small.layer,
      measured: small.overOne,
      threshold: 1 / most,
      why: say("doctor.why.startTooSmall", { layer: small.layer, times: small.overOne, left }),
    },
  ];
};

interface Start {
  readonly layer: number;
  /** Variance of its weights over 2/n. */
  readonly overTwo: number;
  /** Variance of its weights over 1/n. */
  readonly overOne: number;
}

function startOf({ network, moments: [{ signals }] }: Observations): Start[] {
  return signals.flatMap(({ layer, weightNorm, distinct }) => {
    const { W, units, inputs } = network.layers[layer - 1];
    const { sums, activation } = network.program.unitLayers[layer - 1];
    // What a norm takes in hand before the activation may be of any size.
    if (sums.outputs[0] !== activation.inputs[0]) return [];
    // Units that are all equal have an illness of their own.
    if (W.data.length < fewest || (units > 1 && distinct === 1)) return [];
    const overOne = (weightNorm ** 2 / W.data.length) * inputs;
    return [{ layer, overTwo: overOne / 2, overOne }];
  });
}

/** What shows that a layer's large start does harm; undefined where nothing does. */
function harmOf(
  { layer, overTwo: times }: Start,
  { moments: [{ signals, dataCost }], zeroCost, sureOverGuess }: Observations,
): Message | undefined {
  const saturated = signals.slice(0, -1).find((hidden) => hidden.saturated > mostSaturated);
  if (saturated !== undefined) {
    const { layer: saturatedLayer, saturated: share } = saturated;
    return say("doctor.why.startTooLargeSaturates", { layer, times, saturatedLayer, share });
  }
  const costTimes = dataCost / zeroCost;
  return costTimes > mostCost * sureOverGuess
    ? say("doctor.why.startTooLargeCosts", { layer, times, costTimes })
    : undefined;
}

function another(network: Observations["network"]): Pick<Finding, "iteration" | "advice" | "patch"> {
  const { initializer } = fittingStart(network);
  return {
    iteration: 0,
    advice: say("doctor.advice.fittingStart", { initializer }),
    patch: { network: { initializer } },
  };
}

function rootMeanSquare({ data }: Matrix): number {
  let squares = 0;
  for (const value of data) squares += value * value;
  return Math.sqrt(squares / data.length);
}
