import type { Detector, Finding } from "../finding.js";
import { say } from "../say.js";

const least = 0.5;

/**
 * Dropout that leaves less than half of the units, or of the features; the smallest of all that the run has, its dropout
 * layers among them. Source: UMLAUT (Schoop et al. 2021); Srivastava et al. 2014.
 */
export const dropoutMisused: Detector = ({ network: { program }, run: { spec } }) => {
  const hidden = spec.keep === undefined ? [] : typeof spec.keep === "number" ? [spec.keep] : spec.keep;
  const places: readonly (Pick<Finding, "layer" | "patch"> & { readonly keep: number; readonly features?: true })[] = [
    ...hidden.map((keep, l) => ({ keep, layer: l + 1, patch: { training: { keep: 0.8 } } })),
    ...program.sites.flatMap(({ keep }) => (keep === undefined ? [] : [{ keep }])),
    { keep: spec.inputKeep ?? 1, features: true },
  ];
  const { keep, features, ...place } = places.reduce((a, b) => (b.keep < a.keep ? b : a));
  if (keep >= least) return [];
  return [
    {
      symptom: "dropoutMisused",
      ...place,
      measured: keep,
      threshold: least,
      why: features ? say("doctor.why.featuresDropped", { keep }) : say("doctor.why.dropoutMisused", { keep }),
      advice: features ? say("doctor.advice.keepMoreFeatures") : say("doctor.advice.keepMore"),
    },
  ];
};
