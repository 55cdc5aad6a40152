import { type ChoiceSpec, complete, type OptionTable, type Registry } from "./choice.js";
import { activations } from "./generated/activations.js";
import { activationWords } from "./generated/activationWords.js";
import { initializers } from "./generated/initializers.js";
import { initializerWords } from "./generated/initializerWords.js";
import { layers } from "./generated/layers.js";
import { layerWords } from "./generated/layerWords.js";
import { losses } from "./generated/losses.js";
import { lossWords } from "./generated/lossWords.js";
import { optimizers } from "./generated/optimizers.js";
import { optimizerWords } from "./generated/optimizerWords.js";
import type { Words } from "./words.js";

/** Operations by name, of whatever kind. */
type Named = Readonly<Record<string, object>>;

/** Operations of one kind, with their words. */
export interface Vocabulary<Operations extends Named> {
  readonly operations: Operations;
  readonly words: Readonly<Record<string, Words>>;
}

/** The activations. */
export const activationVocabulary: Vocabulary<typeof activations> = { operations: activations, words: activationWords };
/** How weights can start. */
export const initializerVocabulary: Vocabulary<typeof initializers> = {
  operations: initializers,
  words: initializerWords,
};
/** The layers. */
export const layerVocabulary: Vocabulary<typeof layers> = { operations: layers, words: layerWords };
/** The losses. */
export const lossVocabulary: Vocabulary<typeof losses> = { operations: losses, words: lossWords };
/** The optimizers. */
export const optimizerVocabulary: Vocabulary<typeof optimizers> = { operations: optimizers, words: optimizerWords };

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
