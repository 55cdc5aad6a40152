import type { Symptom } from "../finding.js";

const least = 0.5;

/** Dropout that leaves less than half of the units. Source: UMLAUT (Schoop et al. 2021); Srivastava et al. 2014. */
export const dropoutMisused: Symptom = ({ run: { spec } }) => {
  const keep = spec.keep === undefined ? [] : typeof spec.keep === "number" ? [spec.keep] : spec.keep;
  const smallest = Math.min(1, ...keep);
  if (smallest >= least) return [];
  return [
    {
      symptom: "dropout misused",
      layer: keep.length > 1 ? keep.indexOf(smallest) + 1 : 1,
      measured: smallest,
      threshold: least,
      why: `only ${Math.round(100 * smallest)} % of the units are kept in a step`,
      advice: "keep 0.5 to 0.9 of the hidden units",
      patch: { training: { keep: 0.8 } },
    },
  ];
};
