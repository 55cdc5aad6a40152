import type { Words } from "../../words.js";

/** Its words. */
export const poisson: Words = {
  label: "Poisson loss",
  formula: "(1/K) Σₖ (aₖ − yₖ − yₖ log(aₖ / yₖ))",
  use: "For counts: the network answers a rate.",
};
