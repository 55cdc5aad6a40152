import { requireRecord } from "../constraint/kinds.js";
import { inWords, type SameWords } from "../constraint/message.js";
import type { Finding, SymptomName } from "./finding.js";
import { say } from "./say.js";
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
 * @throws RangeError for a sentence that the language does not have
 *
 * @example
 * import { dense, diagnose, findingInWords, network, train } from "gradproof";
 * import { circles } from "gradproof/data";
 * const data = circles({ examples: 100, seed: 1 });
 * const model = network({ inputs: 2, layers: [dense(8, "relu"), dense(1, "sigmoid")], initializer: "zeros" });
 * const run = await train(model, data, { iterations: 300, optimizer: "gradientDescent" });
 * const [first] = diagnose({ network: model, data, run }).map((finding) => findingInWords(finding));
 * first?.symptom; // => "symmetry"
 * first?.why; // => "all 8 units of layer 1 are equal, so they learn the same: the layer is worth one unit"
 * first?.advice; // => "start from He instead of zeros or a constant"
 */
export function findingInWords(finding: Finding, words: DoctorWords = english): FindingInWords {
  requireRecord("findingInWords(): finding", finding, "a finding of diagnose()");
  requireRecord("findingInWords(): words", words);
  const { symptom, why, advice } = finding;
  requireRecord("findingInWords(): finding.why", why);
  requireRecord("findingInWords(): finding.advice", advice);
  return { symptom: symptomInWords(symptom, words), why: inWords(why, words), advice: inWords(advice, words) };
}

/**
 * The name of a symptom as a person reads it.
 *
 * @param words the sentences of a language; default English
 * @throws RangeError for a symptom that the language does not know
 *
 * @example
 * import { symptomInWords } from "gradproof";
 * symptomInWords("overRegularized"); // => "over-regularized"
 */
export function symptomInWords(symptom: SymptomName, words: DoctorWords = english): string {
  requireRecord("symptomInWords(): words", words);
  return inWords(say(`doctor.symptom.${symptom}`), words);
}
