import type { Said } from "./codedError.js";
import { requireRecord } from "./kinds.js";
import { inWords, type Message, type Words } from "./message.js";

/**
 * What an error says, in the words of another catalogue.
 *
 * @param words sentences by code, of as many rooms as there are; `SameWords<typeof …>` is the type of one that is whole
 * @returns the error's `message`, which is English, where the catalogue has no sentence of its code, as none has
 *   one for `prose`
 *
 * @example
 * import { dense, errorInWords, OptionError } from "gradproof";
 * const words = {
 *   "option.wholeNumber": ({ where, given }: { where: string; given: string }) => `${where} : ${given} ne convient pas`,
 * };
 * let text = "";
 * try {
 *   dense(0, "relu");
 * } catch (error) {
 *   if (error instanceof OptionError) text = errorInWords(error, words);
 * }
 * text; // => "dense(): units : 0 ne convient pas"
 */
export function errorInWords(error: Said, words: Words): string {
  requireRecord("errorInWords(): error", error, "an error of the library");
  requireRecord("errorInWords(): words", words, "sentences by code");
  const { code, details, message } = error;
  requireRecord("errorInWords(): error.details", details);
  const said: Message = { id: code, ...details };
  const known = [said, ...(details.at ?? [])].every(
    (part) => typeof part === "string" || Object.hasOwn(words, part.id),
  );
  return known ? inWords(said, words) : message;
}
