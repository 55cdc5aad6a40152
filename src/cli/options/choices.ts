import { OptionError, requireName, show } from "../../constraint/constraint.js";
import { type ChoiceSpec, type NumberOption, namesOf, parseChoice, type Registry } from "../../ops/choice.js";
import { choiceFromText, choiceText, shortChoice } from "../../ops/choiceText.js";
import { defaultOf } from "./kinds.js";
import type { ChoiceNumbers, Option, Place } from "./option.js";
import { start } from "./runConfiguration.js";

/** One of the operations of a registry. */
export function choice<Operations extends Registry>(
  key: string,
  what: string,
  operations: Operations,
  place: Place<ChoiceSpec<Operations>>,
  /** `byDefault`: in words, where the start of a configuration does not hold it. */
  { byDefault }: { readonly byDefault?: string } = {},
): Option<ChoiceSpec<Operations>> {
  const now = place.get(start);
  return {
    ...place,
    brief: `${what}: ${Object.keys(operations).join(", ")}${defaultOf(byDefault ?? (now && choiceText(now, operations)))}`,
    placeholder: "NAME",
    search: "list",
    fromText: (flag, text) => choiceFromText(flag, text, operations),
    fromPlain: (where, value) => choiceFromPlain(where, value, operations),
    toPlain: (value) => choiceText(value, operations),
    numbers: numbersOf(key, operations, {
      get: (configuration) => listed(place.get(configuration)),
      set: (configuration, [value], given) => place.set(configuration, value, given),
    }),
  };
}

/** The same, or `none`, as it is by default. */
export function choiceOrNone<Operations extends Registry>(
  key: string,
  what: string,
  operations: Operations,
  place: Place<"none" | ChoiceSpec<Operations>>,
  byDefault = "none",
): Option<"none" | ChoiceSpec<Operations>> {
  const chosen = choice(key, what, operations, {
    get: (configuration) => {
      const value = place.get(configuration);
      return value === "none" ? undefined : value;
    },
    set: place.set,
  });
  return {
    ...chosen,
    ...place,
    brief: `${chosen.brief}, or none (default ${byDefault})`,
    fromText: (flag, text) => {
      const word = requireName(flag, text.split(":")[0], [...namesOf(operations), "none"]);
      return word === text && word === "none" ? word : chosen.fromText(flag, text);
    },
    fromPlain: (where, value) => (value === "none" ? value : chosen.fromPlain(where, value)),
    toPlain: (value) => (value === "none" ? value : chosen.toPlain(value)),
  };
}

/** One of the operations for all layers, or one a layer. */
export function choicePerLayer<Operations extends Registry>(
  key: string,
  what: string,
  operations: Operations,
  place: Place<readonly ChoiceSpec<Operations>[]>,
  /** With all numbers, where the place leaves some to other options. */
  whole: Place<readonly ChoiceSpec<Operations>[]> = place,
): Option<readonly ChoiceSpec<Operations>[]> {
  const texts = (specs: readonly ChoiceSpec<Operations>[]): string[] =>
    specs.map((spec) => choiceText(spec, operations));
  const now = place.get(start);
  return {
    ...place,
    brief: `${what}: ${Object.keys(operations).join(", ")}${defaultOf(now && texts(now))}`,
    placeholder: "NAME",
    search: "list",
    isList: true,
    fromText: (flag, text) => text.split(",").map((one) => choiceFromText(flag, one, operations)),
    fromPlain: (where, value) => {
      if (!Array.isArray(value)) return [choiceFromPlain(where, value, operations)];
      if (value.length > 0) return value.map((one, i) => choiceFromPlain(`${where}[${i}]`, one, operations));
      throw new OptionError(`${where} must name at least one, got ${show(value)}`);
    },
    toPlain: (value) => (value.length === 1 ? texts(value)[0] : texts(value)),
    numbers: numbersOf(key, operations, whole),
  };
}

function choiceFromPlain<Operations extends Registry>(
  where: string,
  value: unknown,
  operations: Operations,
): ChoiceSpec<Operations> {
  if (typeof value === "string") return choiceFromText(where, value, operations);
  return shortChoice(parseChoice(where, value, operations));
}

const listed = <T>(value: T | undefined): readonly T[] | undefined => (value === undefined ? undefined : [value]);

function nameIn<Operations extends Registry>(spec: ChoiceSpec<Operations>): string {
  const { type }: { readonly type: string } = typeof spec === "string" ? { type: spec } : spec;
  return type;
}

/** The numbers of all of them, and how one is set where it is taken. */
function numbersOf<Operations extends Registry>(
  key: string,
  operations: Operations,
  place: Place<readonly ChoiceSpec<Operations>[]>,
): ChoiceNumbers {
  const options: Readonly<Record<string, NumberOption>> = Object.assign(
    {},
    ...Object.values(operations).map((operation) => operation.options),
  );
  return {
    options,
    set: (configuration, option, value, given) => {
      const chosen = place.get(configuration) ?? [];
      const takes = (name: string): boolean => Object.hasOwn(operations[name].options, option);
      if (!chosen.some((spec) => takes(nameIn(spec)))) {
        const owners = Object.keys(operations).filter(takes);
        const names = [...new Set(chosen.map((spec) => nameIn(spec)))];
        const now = names.length === 0 ? "not given" : names.join(", ");
        throw new OptionError(
          `${key}.${option} is a number of ${owners.join(", ")}, but ${key} is ${now}; choose one that takes it`,
        );
      }
      if (given.has(key) && chosen.some((spec) => typeof spec === "object" && Object.hasOwn(spec, option))) {
        throw new OptionError(`${key}: ${option} is given twice, also as ${key}.${option}; leave one of them out`);
      }
      const changed = chosen.map((spec) => {
        const own = typeof spec === "string" ? { type: spec } : spec;
        if (!takes(nameIn(spec))) return spec;
        return parseChoice(`${key}.${option}`, { ...own, [option]: value }, operations);
      });
      return place.set(configuration, changed, new Set([key, `${key}.${option}`]));
    },
  };
}
