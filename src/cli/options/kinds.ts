import {
  describeRange,
  type NumberConstraint,
  type NumberRange,
  OptionError,
  requireName,
  requireNumber,
  show,
} from "../../constraint/constraint.js";
import { parseNumber, parseNumbers } from "../parse.js";
import type { Option, Place, Plain } from "./option.js";
import { start } from "./runConfiguration.js";

/** Anything of a row that its kind does not say. */
type Rest<T> = Partial<Pick<Option<T>, "search" | "instead">> & {
  /** In words, where the start of a configuration does not hold it. */
  readonly byDefault?: string;
};

/** A number. */
export function number(
  constraint: NumberConstraint,
  place: Place<number>,
  { byDefault, ...rest }: Rest<number> = {},
): Option<number> {
  return {
    ...place,
    brief: `${capitalize(constraint.what)}: ${describeRange(constraint)}${defaultOf(byDefault ?? place.get(start))}`,
    placeholder: "N",
    fromText: (flag, text) => parseNumber(flag, text, constraint),
    fromPlain: (where, value) => requireNumber(where, value, constraint),
    toPlain: (value) => value,
    search: constraint.whole ? "whole" : "any",
    ...rest,
  };
}

/** A number, or a word that says that there is none. */
export function numberOr<Word extends string>(
  word: Word,
  constraint: NumberConstraint,
  place: Place<number | Word>,
  { byDefault, ...rest }: Rest<number | Word> = {},
): Option<number | Word> {
  return {
    ...place,
    brief: `${capitalize(constraint.what)}: ${describeRange(constraint)}, or ${word}${defaultOf(byDefault ?? place.get(start))}`,
    placeholder: "N",
    fromText: (flag, text) => (text === word ? word : parseNumber(flag, text, constraint)),
    fromPlain: (where, value) => (value === word ? word : requireNumber(where, value, constraint)),
    toPlain: (value) => value,
    search: constraint.whole ? "whole" : "any",
    ...rest,
  };
}

/** One of several names. */
export function name<Name extends string>(
  what: string,
  known: readonly Name[],
  place: Place<Name>,
  { byDefault, ...rest }: Rest<Name> = {},
): Option<Name> {
  return {
    ...place,
    brief: `${what}: ${known.join(", ")}${defaultOf(byDefault ?? place.get(start))}`,
    placeholder: "NAME",
    fromText: (flag, text) => requireName(flag, text, known),
    fromPlain: (where, value) => requireName(where, value, known),
    toPlain: (value) => value,
    ...rest,
  };
}

/** One of several names; true and false say what they said up to version 3 of configurations. */
export function nameOrSwitch<Name extends string>(
  what: string,
  known: readonly Name[],
  { search, ...place }: Place<Name | boolean> & Pick<Option<unknown>, "search">,
): Option<Name | boolean> {
  const byDefault = place.get(start);
  return {
    ...place,
    brief: `${what}: ${known.join(", ")}${defaultOf(byDefault)}`,
    placeholder: "NAME",
    search,
    fromText: (flag, text) => (text === "true" || text === "false" ? text === "true" : requireName(flag, text, known)),
    fromPlain: (where, value) => (typeof value === "boolean" ? value : requireName(where, value, known)),
    toPlain: (value) => value,
  };
}

/** On or off: `--it`, `--no-it`. */
export function onOff(brief: string, place: Place<boolean>, rest: Rest<boolean> = {}): Option<boolean> {
  return {
    ...place,
    brief,
    placeholder: "",
    isSwitch: true,
    fromText: (where, text) => {
      if (text === "true" || text === "false") return text === "true";
      throw new OptionError(`${where} must be true or false, got ${show(text)}`);
    },
    fromPlain: (where, value) => {
      if (typeof value === "boolean") return value;
      throw new OptionError(`${where} must be true or false, got ${show(value)}`);
    },
    toPlain: (value) => value,
    ...rest,
  };
}

/** Some text. */
export function text(
  brief: string,
  placeholder: string,
  place: Place<string>,
  check: (where: string, value: unknown) => string,
): Option<string> {
  return { ...place, brief, placeholder, fromText: check, fromPlain: check, toPlain: (value) => value };
}

/** Numbers of a list, out of the text of a flag; `none` is an empty list. */
export function numbersFromText(flag: string, text: string, constraint: NumberRange): number[] {
  return text === "none" ? [] : parseNumbers(flag, text, constraint);
}

/** The same out of a file. */
export function requireNumbers(where: string, value: unknown, constraint: NumberRange): number[] {
  if (!Array.isArray(value)) throw new OptionError(`${where} must be an array of numbers, got ${show(value)}`);
  return value.map((entry, i) => requireNumber(`${where}[${i}]`, entry, constraint));
}

/** The text of a value, as a flag takes it. */
export function textOfPlain(value: Plain): string {
  if (typeof value !== "object") return String(value);
  return value.length === 0 ? "none" : value.join(",");
}

/** `(default 20)`, where there is one. */
export function defaultOf(value: Plain | undefined): string {
  return value === undefined ? "" : ` (default ${textOfPlain(value)})`;
}

function capitalize(sentence: string): string {
  // Latin letters only: λ and Λ are two things.
  return sentence.replace(/^[a-z]/, (letter) => letter.toUpperCase());
}
