/** What stands in a sentence; a list of names is joined by the language. */
export interface Details {
  readonly numbers: Readonly<Record<string, number>>;
  readonly names: Readonly<Record<string, string | readonly string[]>>;
  /** Where it is so, the outermost place first: a name, such as a file's path, or a sentence, such as `line 3`. */
  readonly at?: readonly (string | Message)[];
}

/** What is to be said, as plain data: which sentence, and what stands in it. The words are a catalogue's. */
export interface Message<Id extends string = string> extends Details {
  /** Such as `csv.cells`: the room's word, then the sentence. */
  readonly id: Id;
}

/** What a sentence is made of: each a number, a name, or a list of names. What is undefined is left out. */
export type Values = Readonly<Record<string, number | string | readonly string[] | undefined>>;

/** The sentences of a room in one language, by id: each a function of what stands in it. */
export type Words = Readonly<Record<string, (values: never) => string>>;

/** The same sentences in another language: no id may be missing, and each takes the same values. */
export type SameWords<English extends Words> = {
  readonly [Id in keyof English]: (...values: Parameters<English[Id]>) => string;
};

/** The message that has these values in the sentence `id` of a catalogue. */
export function messageOf<English extends Words, Id extends keyof English & string>(
  id: Id,
  values: Parameters<English[Id]>[0] & Values,
): Message<Id> {
  const numbers: Record<string, number> = {};
  const names: Record<string, string | readonly string[]> = {};
  for (const name in values) {
    const value: Values[string] = values[name];
    if (typeof value === "number") numbers[name] = value;
    else if (value !== undefined) names[name] = value;
  }
  return { id, numbers, names };
}

/**
 * A message in words, behind the places where it is so: `data.csv: line 3 has 1 cell`.
 *
 * @param words the catalogue of a language that knows the sentence
 * @throws Error for an id that the catalogue does not have
 */
export function inWords({ id, numbers, names, at = [] }: Message, words: Words): string {
  if (!Object.hasOwn(words, id)) throw new Error(`the catalogue has no sentence ${id}`);
  // A catalogue's functions take the values that its messages were made of.
  const sentence = words[id] as (values: Values) => string;
  const places = at.map((place) => (typeof place === "string" ? place : inWords(place, words)));
  return [...places, sentence({ ...numbers, ...names })].join(": ");
}
