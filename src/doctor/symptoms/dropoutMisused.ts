import type { Detector } from "../finding.js";
import { say } from "../say.js";

const least = 0.5;

/** Dropout that leaves less than half of the units. Source: UMLAUT (Schoop et al. 2021); Srivastava et al. 2014. */
export const dropoutMisused: Detector = ({ run: { spec } }) => {
  const keep = spec.keep === undefined ? [] : typeof spec.keep === "number" ? [spec.keep] : spec.keep;
  const smallest = Math.min(1, ...keep);
  if (smallest >= least) return [];
  return [
    {
      symptom: "dropoutMisused",
      layer: keep.length > 1 ? keep.indexOf(smallest) + 1 : 1,
      measured: smallest,
      threshold: least,
      why: say("doctor.why.dropoutMisused", { keep: smallest }),
      advice: say("doctor.advice.keepMore"),
      patch: { training: { keep: 0.8 } },
    },
  ];
};
