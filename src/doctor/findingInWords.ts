import { inWords, type SameWords } from "../constraint/message.js";
import type { Finding, SymptomName } from "./finding.js";
import { words as english } from "./words.js";

/** All sentences of the doctor in one language. */
export type DoctorWords = SameWords<typeof english>;

/** What a finding says to a person. */
export interface FindingInWords {
  /** Such as `dead units`. */
  readonly symptom: string;
  /** One sentence: what was measured and why that is bad. */
  readonly why: string;
  /** One sentence: what to change. */
  readonly advice: string;
}

/**
 * A finding as a person reads it.
 *
 * @param words the sentences of a language; default English
 *
 * @example
 * import { dense, diagnose, findingInWords, network, train } from "gradproof";
 * import { circles } from "gradproof/data";
 * const data = circles({ examples: 100, seed: 1 });
 * const model = network({ inputs: 2, layers: [dense(8, "relu"), dense(1, "sigmoid")], initializer: "zeros" });
 * const run = await train(model, data, { iterations: 300, optimizer: "gradientDescent" });
 * const [finding] = diagnose({ network: model, data, run });
 * const { symptom, why, advice } = findingInWords(finding);
 * symptom; // => "symmetry"
 * why; // => "all 8 units of layer 1 are equal, so they learn the same: the layer is worth one unit"
 * advice; // => "start from He instead of zeros or a constant"
 */
export function findingInWords({ symptom, why, advice }: Finding, words: DoctorWords = english): FindingInWords {
  return { symptom: symptomInWords(symptom, words), why: inWords(why, words), advice: inWords(advice, words) };
}

/**
 * The name of a symptom as a person reads it.
 *
 * @param words the sentences of a language; default English
 *
 * @example
 * import { symptomInWords } from "gradproof";
 * symptomInWords("overRegularized"); // => "over-regularized"
 */
export function symptomInWords(symptom: SymptomName, words: DoctorWords = english): string {
  return inWords({ id: `doctor.symptom.${symptom}`, numbers: {}, names: {} }, words);
}
