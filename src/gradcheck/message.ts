import { inWords, type Message, type Values, type Words } from "../constraint/message.js";

/** What the check has to say, as plain data: a sentence's id, and what stands in it. */
export interface CheckMessage<Id extends string = string> extends Message<Id> {
  /** Sentences within the sentence, by what they are there: the `causes` of a factor, the `bugs` that give the same numbers. */
  readonly parts?: Readonly<Record<string, readonly CheckMessage[]>>;
}

/** What a sentence is made of. */
type ValuesOf<Sentence> = Sentence extends (values: infer Given) => string ? Given : never;

/** Ids of the sentences that need no more than these values. */
export type IdsOf<English extends Words, Given = Values> = {
  [Id in keyof English & string]: Given extends ValuesOf<English[Id]> ? Id : never;
}[keyof English & string];

/** Makes a message of one catalogue; its parts are handed to the sentence in words. */
export type Say<English extends Words> = <Id extends keyof English & string, Part extends string = never>(
  id: Id,
  values: Omit<ValuesOf<English[Id]>, Part> & Values,
  parts?: Readonly<Record<Part, readonly CheckMessage[]>>,
) => CheckMessage<Id>;

/** What makes the messages of a catalogue, which is needed for its types alone. */
export function sayingOf<English extends Words>(): Say<English> {
  return (id, values, parts) => {
    const entries = Object.entries<Values[string]>(values);
    const numbers = entries.filter((entry): entry is [string, number] => typeof entry[1] === "number");
    const names = entries.filter((entry): entry is [string, string | string[]] => typeof entry[1] !== "number");
    const message = { id, numbers: Object.fromEntries(numbers), names: Object.fromEntries(names) };
    return parts === undefined ? message : { ...message, parts };
  };
}

/** A message with its parts in the words of a catalogue. */
export function messageIn({ parts = {}, ...message }: CheckMessage, words: Words): string {
  const inside = Object.entries(parts).map(([name, messages]) => [
    name,
    messages.map((part) => messageIn(part, words)),
  ]);
  return inWords({ ...message, names: { ...message.names, ...Object.fromEntries(inside) } }, words);
}

/** Whether two messages say the same. */
export function isSame(a: CheckMessage, b: CheckMessage): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
