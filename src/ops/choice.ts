import { type NumberRange, requireName, requireNumber, requireObject } from "../constraint/constraint.js";

/** A number that an operation may be given: its range, and what it is where none is given. */
export interface NumberOption {
  readonly constraint: NumberRange;
  readonly default: number;
}

/** The options of an operation by name. */
export type OptionTable = Readonly<Record<string, NumberOption>>;

/** Values of options by name. */
export type Numbers = Readonly<Record<string, number>>;

/** Operations of one kind by name. */
export type Registry = Readonly<Record<string, { readonly options: OptionTable }>>;

/** Every option of a table with its number. */
export type Complete<Table extends OptionTable> = { readonly [Key in keyof Table]: number };

/** An operation as a specification names it: a bare name, which takes the defaults, or an object with its options. */
export type ChoiceSpec<Operations extends Registry> =
  | (keyof Operations & string)
  | {
      [Name in keyof Operations & string]: { readonly type: Name } & {
        readonly [Key in keyof Operations[Name]["options"]]?: number;
      };
    }[keyof Operations & string];

/** An operation with all its numbers. */
export type CompleteChoice<Operations extends Registry> = {
  [Name in keyof Operations & string]: { readonly type: Name } & Complete<Operations[Name]["options"]>;
}[keyof Operations & string];

/**
 * The names of a registry, for flags and messages.
 *
 * @example
 * import { namesOf, optimizerVocabulary } from "gradproof/ops";
 * namesOf(optimizerVocabulary.operations).includes("adam"); // => true
 */
export function namesOf<Operations extends Readonly<Record<string, object>>>(
  operations: Operations,
): readonly (keyof Operations & string)[] {
  return Object.keys(operations);
}

/**
 * Checks what a specification names, which may come from a file or a link, and returns it as it was given.
 *
 * @param where what the message begins with
 * @throws OptionError for an unknown name or option, and for a number out of range
 */
export function parseChoice<Operations extends Registry>(
  where: string,
  value: unknown,
  operations: Operations,
): ChoiceSpec<Operations> {
  const names = namesOf(operations);
  if (typeof value !== "object") return requireName(where, value, names);
  const { options } = operations[typeOf(where, value, operations)];
  const given = requireObject(where, value, ["type", ...Object.keys(options)]);
  for (const [key, { constraint }] of Object.entries(options)) {
    if (key in given) requireNumber(`${where}: ${key}`, given[key], constraint);
  }
  // Checked above, key by key.
  return { ...given } as ChoiceSpec<Operations>;
}

/** The name alone, whatever else is there: what may be depends on it. */
function typeOf<Operations extends Registry>(
  where: string,
  value: object | null,
  operations: Operations,
): keyof Operations & string {
  const { type } = requireObject(where, value, Object.keys(value ?? {}));
  return requireName(`${where}: type`, type, namesOf(operations));
}

/** The name of a choice and all its numbers. */
export function complete<Operations extends Registry>(
  spec: ChoiceSpec<Operations>,
  operations: Operations,
): CompleteChoice<Operations> {
  const given: { readonly type: string } & Readonly<Record<string, unknown>> =
    typeof spec === "string" ? { type: spec } : spec;
  const { options } = operations[given.type];
  const numbers = Object.entries(options).map(([key, option]) => [key, given[key] ?? option.default]);
  return { type: given.type, ...Object.fromEntries(numbers) } as CompleteChoice<Operations>;
}

/**
 * The name of a choice, given alone or with numbers.
 *
 * @example
 * import type { ActivationSpec } from "gradproof";
 * import { nameOf } from "gradproof/ops";
 * const spec: ActivationSpec = { type: "leakyRelu", slope: 0.1 };
 * nameOf(spec); // => "leakyRelu"
 */
export function nameOf<Name extends string>(spec: Name | { readonly type: Name }): Name {
  return typeof spec === "string" ? spec : spec.type;
}

/**
 * The numbers of a choice alone.
 *
 * @example
 * import type { ActivationSpec } from "gradproof";
 * import { activationVocabulary, numbersOf } from "gradproof/ops";
 * const spec: ActivationSpec = { type: "leakyRelu", slope: 0.1 };
 * numbersOf(spec, activationVocabulary.operations); // => { slope: 0.1 }
 */
export function numbersOf<Operations extends Registry>(spec: ChoiceSpec<Operations>, operations: Operations): Numbers {
  const { type: _, ...numbers } = complete(spec, operations);
  return numbers as unknown as Numbers;
}
