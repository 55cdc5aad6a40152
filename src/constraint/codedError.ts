import { type Details, messageOf, type Values, type Words } from "./message.js";

/** What an error says: which sentence, what stands in it, and the sentence in English. */
export interface Said {
  /** The sentence's id, such as `csv.cells`. */
  readonly code: string;
  readonly details: Details;
  /** The sentence in English. */
  readonly message: string;
}

/**
 * What all errors of the library have in common: beside the English `message`, the same as data. `code` names the
 * sentence and `details` holds what stands in it, for a program to act on or to say in another language. A message that
 * is in no catalogue has the code `prose` and no details.
 *
 * @example
 * import { CodedError } from "gradproof";
 * import { parseCsv } from "gradproof/csv";
 * let code = "";
 * try {
 *   parseCsv("x,y\n");
 * } catch (error) {
 *   if (error instanceof CodedError) code = error.code;
 * }
 * code; // => "csv.noRows"
 */
export class CodedError extends Error implements Said {
  // Not a property of its own: what is printed of an error, and what two are compared by, stays name and message.
  readonly #said: Said;

  /** @param said what `say` made of a catalogue's sentence, or prose */
  constructor(said: Said | string, options?: ErrorOptions) {
    const whole =
      typeof said === "string" ? { code: "prose", details: { numbers: {}, names: {} }, message: said } : said;
    super(whole.message, options);
    this.#said = whole;
  }

  /** The sentence's id, such as `csv.cells`; `prose` where the message is in no catalogue. */
  get code(): string {
    return this.#said.code;
  }

  get details(): Details {
    return this.#said.details;
  }
}

/** A sentence of a catalogue with what stands in it: `throw new FormatError(say(csvWords, "csv.noRows"))`. */
export function say<English extends Words, Id extends keyof English & string>(
  words: English,
  id: Id,
  ...[values]: Parameters<English[Id]> & (readonly [] | readonly [Values])
): Said {
  const { id: code, ...details } = messageOf(id, values);
  return { code, details, message: words[id](values as never) };
}

/**
 * The same said of a place: code and details stay, the place comes before the message.
 *
 * @param place a name, such as a file's path, or a sentence, such as `line 3`
 */
export function within(place: string | Said, { code, details, message }: Said): Said {
  const isName = typeof place === "string";
  const at = [isName ? place : { id: place.code, ...place.details }, ...(details.at ?? [])];
  return { code, details: { ...details, at }, message: `${isName ? place : place.message}: ${message}` };
}
