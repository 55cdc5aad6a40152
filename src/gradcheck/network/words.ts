import type { SameWords } from "../../constraint/message.js";
import { activationBugs } from "../../ops/generated/activationBugs.js";
import { layerBugs } from "../../ops/generated/layerBugs.js";
import { words } from "../words.js";
import { bugWords } from "./bugs/words.js";
import { plantingWords } from "./planting/words.js";

type Facets = typeof activationBugs;
type StepFacets = typeof layerBugs;
type Intersection<Union> = (Union extends unknown ? (of: Union) => void : never) extends (of: infer All) => void
  ? All
  : never;

/** What activations say of their own derivatives, all together. */
const derivativeWords = Object.assign({}, ...Object.values(activationBugs).map((facet) => facet.words)) as Intersection<
  Facets[keyof Facets]["words"]
>;

/** The same of layers' own steps. */
const stepWords = Object.assign({}, ...Object.values(layerBugs).map((facet) => facet.words)) as Intersection<
  StepFacets[keyof StepFacets]["words"]
>;

/** In English, all that the check has to say: of any gradient, of networks, of known bugs and of those that are planted. */
export const networkWords = {
  "network.penaltyAlone": ({ name }: { name: string }) =>
    `d${name} is (λ/m) ${name}, the penalty, and nothing else: no gradient of the examples arrives`,
  "network.sameNumbers": ({ bugs }: { bugs: readonly string[] }) =>
    `one of these, which give the same numbers here: ${bugs.join("; or ")}`,
  "network.inLayers": ({ layers, bug }: { layers: readonly string[]; bug: readonly string[] }) =>
    `in layers ${layers.join(", ")}: ${bug.join()}`,

  ...words,
  ...bugWords,
  ...plantingWords,
  ...derivativeWords,
  ...stepWords,
};

/** All sentences of the check in one language. */
export type CheckWords = SameWords<typeof networkWords>;
