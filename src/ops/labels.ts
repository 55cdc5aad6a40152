import { type ChoiceSpec, complete, type OptionTable, type Registry } from "./choice.js";
import type { Words } from "./words.js";

/** Operations by name, of whatever kind. */
type Named = Readonly<Record<string, object>>;

/** Operations of one kind, with their words: a file of `vocabulary/` each, so that nobody bundles another kind. */
export interface Vocabulary<Operations extends Named> {
  readonly operations: Operations;
  readonly words: Readonly<Record<string, Words>>;
}

/**
 * What is said of an operation; of one without words, its name.
 *
 * @example
 * import { activationVocabulary, wordsOf } from "gradproof/ops";
 * wordsOf(activationVocabulary, "relu").label; // => "ReLU"
 */
export function wordsOf<Operations extends Named>(
  { words }: Vocabulary<Operations>,
  name: keyof Operations & string,
): Words {
  return words[name] ?? { label: name, formula: "", use: "" };
}

/**
 * An operation as a person writes it, with its numbers: `leaky ReLU 0.1`.
 *
 * @example
 * import { activationVocabulary, inWords } from "gradproof/ops";
 * inWords(activationVocabulary, { type: "leakyRelu", slope: 0.1 }); // => "leaky ReLU 0.1"
 */
export function inWords<Operations extends Registry>(
  vocabulary: Vocabulary<Operations>,
  spec: ChoiceSpec<Operations>,
): string {
  const { type, ...numbers } = complete(spec, vocabulary.operations);
  return [wordsOf(vocabulary, type).label, ...Object.values<unknown>(numbers).map(String)].join(" ");
}

/**
 * An operation as a person writes it, with the numbers that are not those it has by default: `Huber loss, δ = 2`.
 *
 * @example
 * import { lossVocabulary, withOwnNumbers } from "gradproof/ops";
 * withOwnNumbers(lossVocabulary, "huber"); // => "Huber loss"
 * withOwnNumbers(lossVocabulary, { type: "huber", delta: 2 }); // => "Huber loss, δ = 2"
 */
export function withOwnNumbers<Operations extends Registry>(
  vocabulary: Vocabulary<Operations>,
  spec: ChoiceSpec<Operations>,
): string {
  const { type, ...numbers } = complete(spec, vocabulary.operations);
  const given: Readonly<Record<string, unknown>> = numbers;
  const own = optionsOf(vocabulary, type).filter(({ key, option }) => given[key] !== option.default);
  // A label stands alone beside a field, and here in a sentence.
  const inSentence = (label: string): string =>
    /^[A-Z][a-z]/.test(label) ? label[0].toLowerCase() + label.slice(1) : label;
  return [wordsOf(vocabulary, type).label, ...own.map(({ key, label }) => `${inSentence(label)} = ${given[key]}`)].join(
    ", ",
  );
}

/**
 * Options of an operation: the name of each beside a field, its range and its default.
 *
 * @example
 * import { activationVocabulary, optionsOf } from "gradproof/ops";
 * optionsOf(activationVocabulary, "leakyRelu").map(({ key }) => key); // => ["slope"]
 */
export function optionsOf<Operations extends Registry>(
  vocabulary: Vocabulary<Operations>,
  name: keyof Operations & string,
): readonly { readonly key: string; readonly label: string; readonly option: OptionTable[string] }[] {
  const labels = wordsOf(vocabulary, name).options ?? {};
  const { options } = vocabulary.operations[name];
  return Object.entries(options).map(([key, option]) => ({ key, label: labels[key] ?? key, option }));
}
