import type { Matrix } from "../../array/matrix.js";
import type { Examination, Finding, Symptom } from "../finding.js";
import { fittingStart } from "../fittingStart.js";

/**
 * Variance of a layer's weights at the start over the 2/n of He, and the 1/n of Xavier over it: the start that fits an
 * activation has the one or the other, LeCun's that of Xavier.
 */
const most = 2.7;
/** Weights whose variance tells something: of fewer, chance alone makes it many times too large or too small. */
const fewest = 16;
/** First cost over that of even odds, or share of a hidden layer's units that are saturated, at which a large start does harm. */
const mostCost = 3;
const mostSaturated = 0.5;
/** Part of the inputs' size that a small start leaves in the last hidden layer, where it does harm. */
const leastLeft = 0.1;

/**
 * Weights that start far from the variance which keeps signals in size. The variance alone is no illness: it counts where
 * the signals show the harm. Source: TheDeepChecker (Ben Braiek & Khomh 2022) for the ratio.
 */
export const startSize: Symptom = (examination) => {
  const { network, data, moments, nothingLearned } = examination;
  const [{ iteration, signals }] = moments;
  if (iteration !== 0) return [];
  const layers = startOf(examination);
  const harm = harmOfLargeStart(examination);
  const [large] = layers.filter(({ overTwo }) => overTwo > most).sort((a, b) => b.overTwo - a.overTwo);
  if (large !== undefined && harm !== undefined) {
    return [
      {
        ...another(network),
        symptom: "start too large",
        layer: large.layer,
        measured: large.overTwo,
        threshold: most,
        why: `the weights of layer ${large.layer} start with ${formatRatio(large.overTwo)} times the variance of He, and ${harm}`,
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
      symptom: "start too small",
      layer: small.layer,
      measured: small.overOne,
      threshold: 1 / most,
      why:
        `the weights of layer ${small.layer} start with ${formatRatio(small.overOne)} times the variance of Xavier, ` +
        `and of the size of the inputs ${formatRatio(left)} is left in the last hidden layer`,
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

function startOf({ network, moments: [{ signals }] }: Examination): Start[] {
  return signals.flatMap(({ layer, weightNorm, distinct }) => {
    const { W, units, inputs } = network.layers[layer - 1];
    // Units that are all equal have an illness of their own.
    if (W.data.length < fewest || (units > 1 && distinct === 1)) return [];
    const overOne = (weightNorm ** 2 / W.data.length) * inputs;
    return [{ layer, overTwo: overOne / 2, overOne }];
  });
}

function harmOfLargeStart({ moments: [{ signals, dataCost }], evenOdds }: Examination): string | undefined {
  const saturated = signals.slice(0, -1).find((layer) => layer.saturated > mostSaturated);
  if (saturated !== undefined) {
    return `${Math.round(100 * saturated.saturated)} % of the units of layer ${saturated.layer} are saturated`;
  }
  const cost = dataCost / evenOdds;
  return cost > mostCost ? `the first cost is ${formatRatio(cost)} times that of a guess` : undefined;
}

function another(network: Examination["network"]): Pick<Finding, "iteration" | "advice" | "patch"> {
  const { initializer, label } = fittingStart(network);
  return { iteration: 0, advice: `${label} initialization, gain 1`, patch: { network: { initializer } } };
}

/** Such as `450`, `1.2`, `3.2e-7`. */
function formatRatio(ratio: number): string {
  if (ratio >= 10) return Math.round(ratio).toLocaleString("en-US");
  return ratio < 1e-3 ? ratio.toExponential(1) : ratio.toPrecision(2);
}

function rootMeanSquare({ data }: Matrix): number {
  let squares = 0;
  for (const value of data) squares += value * value;
  return Math.sqrt(squares / data.length);
}
