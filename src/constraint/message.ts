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
  /** Sentences within the sentence, by what they are there: the `cause` of a factor, the `bugs` that give the same numbers. */
  readonly parts?: Readonly<Record<string, readonly Message[]>>;
}

/** What a sentence is made of: each a number, a name, or a list of names. What is undefined is left out. */
export type Values = Readonly<Record<string, number | string | readonly string[] | undefined>>;

/** The sentences of a room in one language, by id: each a function of what stands in it. */
export type Words = Readonly<Record<string, (values: never) => string>>;

/** The same sentences in another language: no id may be missing, and each takes the same values. */
export type SameWords<English extends Words> = {
  readonly [Id in keyof English]: (...values: Parameters<English[Id]>) => string;
};

/** What stands in a sentence. */
type ValuesOf<Sentence> = Sentence extends (values: infer Given) => string ? Given : never;

/** Ids of the sentences that need no more than these values. */
export type IdsOf<English extends Words, Given = undefined> = {
  [Id in keyof English & string]: Given extends ValuesOf<English[Id]> ? Id : never;
}[keyof English & string];

/** Makes messages of one catalogue; parts are handed to the sentence in words. */
export interface Say<English extends Words> {
  <Id extends IdsOf<English>>(id: Id): Message<Id>;
  <Id extends keyof English & string, Part extends string = never>(
    id: Id,
    values: Omit<ValuesOf<English[Id]>, Part> & Values,
    parts?: Readonly<Record<Part, readonly Message[]>>,
  ): Message<Id>;
}

/** What makes the messages of a catalogue, which is needed for its types alone: `sayingOf<typeof words>()`. */
export function sayingOf<English extends Words>(): Say<English> {
  return messageOf;
}

/** The message that has these values in the sentence `id`. */
export function messageOf<Id extends string>(id: Id, values: Values = {}, parts?: Message["parts"]): Message<Id> {
  const numbers: Record<string, number> = {};
  const names: Record<string, string | readonly string[]> = {};
  for (const name in values) {
    const value: Values[string] = values[name];
    if (typeof value === "number") numbers[name] = value;
    else if (value !== undefined) names[name] = value;
  }
  return { id, numbers, names, ...(parts && { parts }) };
}

/**
 * A message in words, behind the places where it is so: `data.csv: line 3 has 1 cell`.
 *
 * @param words the catalogue of a language that knows the sentence
 * @throws RangeError for an id that the catalogue does not have
 */
export function inWords({ id, numbers, names, parts = {}, at = [] }: Message, words: Words): string {
  // A catalogue's functions take the values that its messages were made of.
  const sentence = Object.hasOwn(words, id) ? (words[id] as unknown as (values: Values) => string) : undefined;
  if (typeof sentence !== "function") throw new RangeError(`the catalogue has no sentence ${id}`);
  const inside = Object.entries(parts).map(([name, all]) => [name, all.map((part) => inWords(part, words))]);
  const places = at.map((place) => (typeof place === "string" ? place : inWords(place, words)));
  return [...places, sentence({ ...numbers, ...names, ...Object.fromEntries(inside) })].join(": ");
}

/** Whether two messages say the same. */
export function isSame(a: Message, b: Message): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
