import { requireRecord } from "../../constraint/kinds.js";
import { inWords, type Message } from "../../constraint/message.js";
import { type CheckWords, networkWords } from "./words.js";

/**
 * What a gradient check has to say, in words: the reason or the explanation of a block, a note of the report, the title of a bug
 * to plant.
 *
 * @param words all sentences of the check in a language; default English
 * @throws RangeError for a message that the catalogue does not have
 *
 * @example
 * import { checkGradients } from "gradproof";
 * import { messageInWords } from "gradproof/gradcheck";
 * const parameters: { b: [number, number] } = { b: [1, 2] };
 * const cost = ({ b: [p, q] }: typeof parameters) => p ** 2 + q ** 2;
 * const report = checkGradients({ parameters, cost, gradients: ({ b: [p, q] }) => ({ db: [-2 * p, -2 * q] }) });
 * const explanation = report.blocks[0]?.explanation;
 * explanation?.id; // => "cause.factor"
 * const text = explanation && messageInWords(explanation);
 * text; // => "db is -1.000 × the numerical gradient in all 2 entries: the sign is wrong"
 */
export function messageInWords(message: Message, words: CheckWords = networkWords): string {
  requireRecord("messageInWords(): message", message, "a message of a report");
  requireRecord("messageInWords(): words", words);
  return inWords(message, words);
}
