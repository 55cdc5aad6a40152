import type { Detector } from "../finding.js";
import { say } from "../say.js";
import { takenAsTheyAre } from "../takenAsTheyAre.js";

/** Largest over smallest deviation of the features, and mean over deviation of one. */
const mostSpread = 30;
const mostOffset = 10;

/** Features on scales so different that one step size cannot serve all of their weights. Source: LeCun et al. 1998, "Efficient BackProp", §4.3. */
export const inputScale: Detector = ({ network, data: { X, featureNames } }) => {
  const taken = takenAsTheyAre(network.program);
  const name = (i: number): string | number => featureNames?.[i] ?? i + 1;
  const features = Array.from({ length: X.rows }, (_, i) => {
    const x = X.rowData(i);
    let mean = 0;
    for (const value of x) mean += value / x.length;
    let variance = 0;
    for (const value of x) variance += (value - mean) ** 2 / x.length;
    return { i, mean, deviation: Math.sqrt(variance) };
  }).filter(({ i, deviation }) => deviation > 0 && taken.has(i));
  if (features.length === 0) return [];
  const widest = features.reduce((a, b) => (b.deviation > a.deviation ? b : a));
  const narrowest = features.reduce((a, b) => (b.deviation < a.deviation ? b : a));
  const spread = widest.deviation / narrowest.deviation;
  const far = features.reduce((a, b) => (Math.abs(b.mean) / b.deviation > Math.abs(a.mean) / a.deviation ? b : a));
  const offset = Math.abs(far.mean) / far.deviation;
  const common = {
    symptom: "inputsNotNormalized",
    advice: say("doctor.advice.normalize"),
    patch: { normalize: true },
  } as const;
  if (spread > mostSpread) {
    return [
      {
        ...common,
        measured: spread,
        threshold: mostSpread,
        why: say("doctor.why.featureSpread", { wide: name(widest.i), narrow: name(narrowest.i), times: spread }),
      },
    ];
  }
  if (offset > mostOffset) {
    return [
      {
        ...common,
        measured: offset,
        threshold: mostOffset,
        why: say("doctor.why.featureOffset", { feature: name(far.i), times: offset }),
      },
    ];
  }
  return [];
};
