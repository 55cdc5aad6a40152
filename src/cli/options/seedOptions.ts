import { networkConstraints } from "../../network/constraints.js";
import { dataConstraints } from "../../pipeline/constraints.js";
import { trainingConstraints } from "../../training/constraints.js";
import { number } from "./kinds.js";
import { inPart, type Place } from "./option.js";
import type { RunConfiguration } from "./runConfiguration.js";

const places = {
  data: inPart("data", "seed"),
  network: inPart("network", "seed"),
  training: inPart("training", "seed"),
};
const all = Object.values(places);

/** The seed of all parts, where it is one. */
export function sharedSeedOf(configuration: RunConfiguration): number | undefined {
  const [first, ...others] = all.map((place) => place.get(configuration));
  return others.every((seed) => seed === first) ? first : undefined;
}

/** The seed of one part, where the parts have not one in common. */
function alone(place: Place<number>): Place<number> {
  return {
    ...place,
    get: (configuration) => (sharedSeedOf(configuration) === undefined ? place.get(configuration) : undefined),
  };
}

/** Where random numbers come from: one seed for all, or one of a part. */
export const seedOptions = {
  seed: number(
    { ...trainingConstraints.seed, what: "seed of split, weights, shuffling and dropout" },
    {
      get: sharedSeedOf,
      set: (configuration, value, given) => all.reduce((now, place) => place.set(now, value, given), configuration),
    },
    { search: undefined },
  ),
  splitSeed: number(dataConstraints.seed, alone(places.data), { byDefault: "that of --seed", search: undefined }),
  weightsSeed: number({ ...networkConstraints.seed, what: "seed of the initial weights" }, alone(places.network), {
    byDefault: "that of --seed",
  }),
  trainingSeed: number(trainingConstraints.seed, alone(places.training), { byDefault: "that of --seed" }),
} as const;
